"""The words and icons with which pages speak of the states of an import and of its items."""

from dataclasses import dataclass

from assay.core.sourcing.import_state import BatchState, ItemState


@dataclass(frozen=True, slots=True)
class Wording:
    """A state in words: the label of a count or chip, its icon, and the kind of chip."""

    label: str
    icon: str
    kind: str = ""


AFTER: dict[ItemState, Wording] = {
    ItemState.WAITING: Wording("Waiting", "clock"),
    ItemState.OPENED: Wording("Opened", "check"),
    ItemState.IMPORTED: Wording("Came in", "circle-check", "strong"),
    ItemState.NEEDS_PERSON: Wording("Needs a person", "eye"),
    ItemState.DUPLICATE: Wording("Duplicate", "copy"),
    ItemState.REFUSED: Wording("Refused", "circle-x", "wrong"),
    ItemState.REVERTED: Wording("Taken back", "undo-2"),
    ItemState.KEPT: Wording("Kept", "flag"),
}
BEFORE: dict[ItemState, Wording] = {
    **AFTER,
    ItemState.WAITING: Wording("Not checked yet", "clock"),
    ItemState.OPENED: Wording("Goes with a row", "paperclip"),
    ItemState.IMPORTED: Wording("Will come in", "circle-check", "strong"),
    ItemState.NEEDS_PERSON: Wording("For a person to read", "eye"),
}
BATCHES: dict[BatchState, Wording] = {
    BatchState.DRAFT: Wording("Draft", "pencil", "outline"),
    BatchState.CHECKING: Wording("Dry run going on", "loader"),
    BatchState.RUNNING: Wording("Importing", "loader"),
    BatchState.DONE: Wording("Done", "check", "strong"),
    BatchState.REVERTING: Wording("Being taken back", "loader"),
    BatchState.REVERTED: Wording("Taken back", "undo-2"),
    BatchState.FAILED: Wording("Stopped", "triangle-alert", "wrong"),
}
