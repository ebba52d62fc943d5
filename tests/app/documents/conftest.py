"""One applicant with a place to attach documents to, and who may look at them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.pipeline.cast import apply, make_job

from assay.app.documents.actions import attach_document, store_reading
from assay.app.documents.reader import ContainedReader
from assay.app.documents.viewing import close_studio
from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Application
from assay.core.pipeline.status import TeamRole
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"


@pytest.fixture(scope="session")
def reader() -> Iterator[ContainedReader]:
    with ContainedReader() as made:
        yield made
    close_studio()


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    Path(settings.FILES_DIR).mkdir()
    return tmp_path


@pytest.fixture
def application(recruiter: User, interviewer: User) -> Application:
    return apply(make_job(recruiter, team=[Seat(interviewer.pk, TeamRole.INTERVIEWER)]), "Ada Byron")


@pytest.fixture
def attach(own_files: Path, application: Application, recruiter: User, reader: ContainedReader) -> Callable[..., int]:
    """Attach a file of the fixtures (or other bytes) under a name, read it, and return the document's id."""

    def add(name: str, content: bytes | None = None) -> int:
        content = (FIXTURES / name).read_bytes() if content is None else content
        stored = store_bytes(content=content)
        document_id = attach_document(
            actor=recruiter, application_id=application.pk, stored_file_id=stored.pk, name=name
        )
        store_reading(document_id=document_id, reading=reader.read(content=content, name=name))
        return document_id

    return add
