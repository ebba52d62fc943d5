"""What an import needs: a job, a folder for its files, an outsider, and somebody who works the queue off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.app.sourcing.kit import make_job, press, uploaded, work_off

from assay.app.pipeline.models import Job
from assay.app.sourcing.models import ImportBatch
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.INTERVIEWER)


@pytest.fixture
def job(recruiter: User) -> Job:
    return make_job(recruiter)


@pytest.fixture
def desk(client: Client, recruiter: User) -> Client:
    """The recruiter's browser."""
    client.force_login(recruiter)
    return client


@pytest.fixture
def draft(desk: Client, job: Job) -> Callable[..., ImportBatch]:
    """Upload files through the plain form and return the draft they make."""

    def begin(files: dict[str, bytes]) -> ImportBatch:
        response = desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded(files)})
        assert response.status_code == 302, response.content[:500]
        work_off()
        return ImportBatch.objects.latest("id")

    return begin


@pytest.fixture
def imported(desk: Client, draft: Callable[..., ImportBatch]) -> Callable[..., ImportBatch]:
    """Upload files, import them and return the finished batch."""

    def run(files: dict[str, bytes]) -> ImportBatch:
        batch = draft(files)
        press(desk, batch, "start")
        work_off()
        batch.refresh_from_db()
        return batch

    return run
