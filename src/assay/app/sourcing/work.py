"""What imports leave to the background, by name, so that actions need not know who does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assay.platform.queue.tasks import enqueue, enqueue_many

OPEN = "sourcing.open_container"
BEGIN = "sourcing.begin_import"
FILES = "sourcing.import_files"
ROWS = "sourcing.import_rows"
CHECK = "sourcing.check_files"
CHECK_END = "sourcing.end_check"
REVERT = "sourcing.revert_items"


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of an import: the items to do and whether they come with files."""

    item_ids: tuple[int, ...]
    has_files: bool


def enqueue_open(*, item_id: int, actor_id: int) -> None:
    """Queue the opening of an archive or a table."""
    enqueue(OPEN, item_id=item_id, actor_id=actor_id)


def enqueue_begin(*, batch_id: int, actor_id: int) -> None:
    """Queue the cutting of an import into pieces."""
    enqueue(BEGIN, batch_id=batch_id, actor_id=actor_id)


def enqueue_pieces(*, batch_id: int, actor_id: int, works: Iterable[Work]) -> None:
    """Queue the pieces of an import."""
    every = list(works)
    for name, has_files in ((ROWS, False), (FILES, True)):
        some = [work.item_ids for work in every if work.has_files is has_files]
        _enqueue_ids(name, batch_id, actor_id, some)


def enqueue_check(*, batch_id: int, actor_id: int, pieces: Sequence[tuple[int, ...]]) -> None:
    """Queue the reading of files for a dry run."""
    _enqueue_ids(CHECK, batch_id, actor_id, pieces)


def enqueue_check_end(*, batch_id: int, actor_id: int) -> None:
    """Queue the forecast of a dry run that has no files to read."""
    enqueue(CHECK_END, batch_id=batch_id, actor_id=actor_id)


def enqueue_revert(*, batch_id: int, actor_id: int, pieces: Sequence[tuple[int, ...]]) -> None:
    """Queue the pieces of a revert."""
    _enqueue_ids(REVERT, batch_id, actor_id, pieces)


def _enqueue_ids(name: str, batch_id: int, actor_id: int, pieces: Iterable[tuple[int, ...]]) -> None:
    enqueue_many(name, batches=[{"batch_id": batch_id, "actor_id": actor_id, "item_ids": list(ids)} for ids in pieces])
