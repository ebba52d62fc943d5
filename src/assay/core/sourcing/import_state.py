"""The states of an import and of each thing in it."""

from enum import StrEnum


class BatchKind(StrEnum):
    """What an import is made of. A table may bring files along; then the import counts as a table."""

    FILES = "files"
    CSV = "csv"


class BatchState(StrEnum):
    """A draft can be changed; checking, running and reverting work in the background; the rest are ends."""

    DRAFT = "draft"
    CHECKING = "checking"
    RUNNING = "running"
    DONE = "done"
    REVERTING = "reverting"
    REVERTED = "reverted"
    FAILED = "failed"


class ItemKind(StrEnum):
    """What an item is. Archives and tables hold other items; files and rows become applicants."""

    FILE = "file"
    ROW = "row"
    ARCHIVE = "archive"
    TABLE = "table"


class ItemState(StrEnum):
    """What became of one item. ``refused`` says why in its message; nothing is dropped in silence.

    ``opened`` is the end of an archive or a table: its content became items of its own.
    """

    WAITING = "waiting"
    OPENED = "opened"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    NEEDS_PERSON = "needs_person"
    REFUSED = "refused"
    REVERTED = "reverted"
    KEPT = "kept"


APPLICANT_KINDS = (ItemKind.FILE, ItemKind.ROW)
CONTAINER_KINDS = (ItemKind.ARCHIVE, ItemKind.TABLE)
WORKING_STATES = (BatchState.CHECKING, BatchState.RUNNING, BatchState.REVERTING)
