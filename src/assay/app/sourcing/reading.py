"""Read and screen the files of an import, outside of any transaction, in a contained process that is kept warm."""

import threading
from dataclasses import dataclass

from assay.app.documents.reader import ContainedReader
from assay.app.roles.queries import get_role_version
from assay.app.screening.rules import load_rules
from assay.app.screening.stored import screen_stored
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.plan import Finding
from assay.app.sourcing.rules import row_limits
from assay.core.documents.document import Document, Unreadable, UnreadableReason
from assay.core.screening.result import ScreeningResult
from assay.core.screening.screen import unscreened
from assay.core.sourcing.addresses import read_email
from assay.platform.files.reading import DamagedFile, read_stored

_kept = threading.local()


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as read, and as screened under the job's role; ``finding`` is what the rules of imports ask for."""

    reading: Document | Unreadable
    result: ScreeningResult
    finding: Finding


class FileReader:
    """Reads files for one import. The contained process is the thread's own and outlives the reader."""

    def __init__(self, *, batch: ImportBatch) -> None:
        version = get_role_version(role_version_id=batch.job.role_id)
        assert version is not None  # noqa: S101 - a job cannot lose the version it pins
        self._role, self._rules = version.role, load_rules()

    def read(self, *, item: ImportItem) -> FileRead:
        """Read and screen one item's file. Never raises for what is in the file or for bytes lost from the disk."""
        try:
            content = b"" if item.stored_file is None else read_stored(sha256=item.stored_file.sha256)
        except DamagedFile as damaged:
            lost = Unreadable(reason=UnreadableReason.CORRUPT, advice=str(damaged))
            result = unscreened(unreadable=lost, role=self._role, rules=self._rules)
            return FileRead(lost, result, Finding(unreadable=lost.advice))
        reading, result = screen_stored(
            content=content, name=item.name, role=self._role, reader=_contained_reader(), rules=self._rules
        )
        unreadable = reading.advice if isinstance(reading, Unreadable) else ""
        return FileRead(reading, result, Finding(email=_email(result), unreadable=unreadable))


def _contained_reader() -> ContainedReader:
    reader: ContainedReader | None = getattr(_kept, "reader", None)
    if reader is None:
        reader = _kept.reader = ContainedReader()
    return reader


def _email(result: ScreeningResult) -> str:
    try:
        return read_email(text=result.contact.email, most=row_limits().email)
    except ValueError:
        return ""
