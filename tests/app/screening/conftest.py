"""A job and an applicant with documents that were really stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.app.pipeline.cast import STRONG, apply, make_job

from assay.app.documents.actions import attach_document
from assay.app.pipeline.models import Application
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes

RESUME = "Ada Byron\n\nExperience\nML Engineer, Tallyport\nJan 2021 - Present\n" + "\n".join(f"- {x}" for x in STRONG)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    Path(settings.FILES_DIR).mkdir()


@pytest.fixture
def application(recruiter: User) -> Application:
    return apply(make_job(recruiter), "Ada Byron", email="ada@applicant.example")


@pytest.fixture
def attach(application: Application, recruiter: User) -> Callable[[str, bytes], int]:
    """Attach bytes under a name and return the document's id."""

    def add(name: str, content: bytes) -> int:
        stored = store_bytes(content=content)
        return attach_document(actor=recruiter, application_id=application.pk, stored_file_id=stored.pk, name=name)

    return add
