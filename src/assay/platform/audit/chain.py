"""What makes the audit log trustworthy: each row's hash covers the row and the hash before it. Pure Python.

The database computes the same hashes (migration 0002); here they are computed again from the rows as they stand,
so that a database whose functions were changed cannot vouch for itself.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64
MOST_FAULTS_REPORTED = 100


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A row as the database holds it; ``data`` is the text of its JSON, exactly as PostgreSQL writes it."""

    sequence: int
    recorded_at: datetime
    actor_id: int | None
    verb: str
    object_type: str
    object_id: int
    why: str
    data: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain as it was at some time, kept outside of the database."""

    sequence: int
    hash: str
    anchored_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the chain, at the row it shows on."""

    sequence: int
    what: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check found. ``faults`` holds the first hundred of ``fault_count``; ``head`` is the last row's hash."""

    rows: int
    head_sequence: int
    head: str
    anchors: int
    fault_count: int
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault_count == 0


def row_hash(row: ChainRow) -> str:
    """Return the hash this row should have, given the previous hash it names."""
    moment = row.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    actor = "" if row.actor_id is None else str(row.actor_id)
    parts = (
        row.previous_hash,
        str(row.sequence),
        moment,
        actor,
        row.verb,
        row.object_type,
        str(row.object_id),
        row.why,
        row.data,
    )
    encoded = [part.encode("utf-8") for part in parts]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in encoded)).hexdigest()


def check_chain(*, rows: Iterable[ChainRow], anchors: Sequence[Anchor] = ()) -> ChainReport:
    """Check rows in the order of their sequence against each other and against anchors from outside.

    Finds rows that were altered, removed or put in another order; with anchors also a cut-off end and a chain
    that was built anew.
    """
    found = _Faults()
    expected, previous, count = 1, GENESIS, 0
    unmet: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        unmet.setdefault(anchor.sequence, []).append(anchor)
    for row in rows:
        count += 1
        _check_row(row, expected=expected, previous=previous, found=found)
        for anchor in unmet.pop(row.sequence, ()):
            if anchor.hash != row.hash:
                found.add(row.sequence, f"differs from the anchor of {_day(anchor)}: the chain was built anew")
        expected, previous = row.sequence + 1, row.hash
    for sequence, missed in sorted(unmet.items()):
        found.add(sequence, f"is gone, though the anchor of {_day(missed[0])} names it")
    return ChainReport(count, expected - 1, previous, len(anchors), found.count, tuple(found.first))


def _day(anchor: Anchor) -> str:
    return f"{anchor.anchored_at:%Y-%m-%d %H:%M}"


class _Faults:
    """Counts every fault and keeps the first ones."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Fault] = []

    def add(self, sequence: int, what: str) -> None:
        self.count += 1
        if len(self.first) < MOST_FAULTS_REPORTED:
            self.first.append(Fault(sequence, what))


def _check_row(row: ChainRow, *, expected: int, previous: str, found: _Faults) -> None:
    if row.sequence != expected:
        last = row.sequence - 1
        gap = f"{expected}" if last == expected else f"{expected} to {last}"
        found.add(expected, f"rows {gap} are missing" if last != expected else f"row {gap} is missing")
    elif row.previous_hash != previous:
        found.add(row.sequence, "does not continue from the row before it: it was moved, or that row was changed")
    if row_hash(row) != row.hash:
        found.add(row.sequence, "was altered: its content no longer matches its hash")
