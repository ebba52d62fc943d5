"""The states of an import and of each thing in it."""

from enum import StrEnum


class BatchKind(StrEnum):
    """What an import is made of."""

    FILES = "files"
    CSV = "csv"


class BatchState(StrEnum):
    """A draft can be looked at and changed; a running batch works through its items; the rest are ends."""

    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    REVERTED = "reverted"
    FAILED = "failed"


class ItemState(StrEnum):
    """What became of one file or row. ``refused`` says why in its message; nothing is dropped in silence."""

    WAITING = "waiting"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    NEEDS_PERSON = "needs_person"
    REFUSED = "refused"
    REVERTED = "reverted"
    KEPT = "kept"
