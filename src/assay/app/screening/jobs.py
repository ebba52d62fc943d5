"""Screening in the background: again, with the rules of today and the role that the job pins."""

from assay.app.documents.actions import store_reading
from assay.app.documents.queries import list_documents
from assay.app.documents.reader import ContainedReader
from assay.app.pipeline.funnel import find_application
from assay.app.roles.queries import get_role_version
from assay.app.screening.actions import SCREEN_TASK, finish_screening, store_screening
from assay.app.screening.rules import load_rules
from assay.app.screening.stored import Reader, screen_stored
from assay.core.documents.document import Document, Unreadable, UnreadableReason
from assay.core.screening.screen import unscreened
from assay.platform.files.reading import DamagedFile, read_stored
from assay.platform.queue.tasks import background_task


@background_task(name=SCREEN_TASK)
def screen_application(*, application_id: int) -> None:
    """Read and screen every document of an application; the last one that can be screened becomes current."""
    with ContainedReader() as reader:
        screen_documents(application_id=application_id, reader=reader)


def screen_documents(*, application_id: int, reader: Reader) -> None:
    """Do it with a reader that is there already, which spares many applications in a row a process each."""
    role_version_id = find_application(application_id=application_id).job.role_id
    version, rules = get_role_version(role_version_id=role_version_id), load_rules()
    assert version is not None  # noqa: S101 - a job's role is protected from deletion
    role = version.role
    for document in list_documents(application_id=application_id):
        try:
            content = read_stored(sha256=document.sha256)
        except DamagedFile as damaged:
            lost = Unreadable(reason=UnreadableReason.CORRUPT, advice=str(damaged))
            reading: Document | Unreadable
            reading, result = lost, unscreened(unreadable=lost, role=role, rules=rules)
        else:
            reading, result = screen_stored(content=content, name=document.name, role=role, reader=reader, rules=rules)
        store_reading(document_id=document.id, reading=reading)
        store_screening(
            application_id=application_id,
            document_id=document.id,
            result=result,
            role_version_id=role_version_id,
        )
    finish_screening(application_id=application_id)
