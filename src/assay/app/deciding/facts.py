"""What clocks are told about decisions: the way of an application through its plan, its reviews, holds and end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.facts import MoveFact, PauseFact, ReviewFact, waits_since
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.core.pipeline.work_state import CLOSED_PAUSE, HELD_PAUSE


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """The way of one application so far. A decision that was undone never happened, except that nobody could act on
    an application while it was closed or on hold by it: such times are ``pauses``.

    ``told_at`` is the last time a decision moved it on: its status page shows where it is. ``withdrawn_at`` is when
    the candidate took it back.
    """

    moves: tuple[MoveFact, ...]
    reviews: tuple[ReviewFact, ...]
    reviewed_at: datetime | None
    ended_at: datetime | None
    pauses: tuple[PauseFact, ...]
    told_at: datetime | None
    withdrawn_at: datetime | None = None


class _Row(NamedTuple):
    application_id: int
    id: int
    kind: str
    at: datetime
    undoes_id: int | None
    from_id: int
    from_group: str
    to_id: int
    to_group: str
    status_before: str
    held_until: date | None
    needs_review_before: bool
    status: str
    needs_review: bool
    applied_at: datetime
    recorded_at: datetime

    @property
    def came_in_at(self) -> datetime:
        return waits_since(applied_at=self.applied_at, recorded_at=self.recorded_at)


_DECISIONS = """
    SELECT d.application_id, d.id, d.kind, d.decided_at, d.undoes_id, d.from_stage_id, f."group", d.to_stage_id,
        t."group", d.status_before, d.held_until, d.needs_review_before, a.status, a.needs_review, a.applied_at,
        a.recorded_at
    FROM deciding_decision d
    JOIN pipeline_application a ON a.id = d.application_id
    JOIN pipeline_stage f ON f.id = d.from_stage_id
    JOIN pipeline_stage t ON t.id = d.to_stage_id
    WHERE d.application_id = ANY(%s)
    ORDER BY d.application_id, d.id
"""


def list_move_facts(*, application_ids: Collection[int]) -> Mapping[int, MoveFacts]:
    """Return the way of each of these applications about which anything was decided, in one statement.

    No access check: for clocks.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS, [list(application_ids)])
        found = [_Row(*row) for row in cursor.fetchall()]
    return {key: _facts(list(group)) for key, group in groupby(found, key=lambda row: row.application_id)}


def hold_ends_at(*, held_until: date) -> datetime:
    """Return when a hold ends: as its day begins."""
    return timezone.make_aware(datetime.combine(held_until, time()))


def _facts(rows: Sequence[_Row]) -> MoveFacts:
    undone = {row.undoes_id for row in rows}
    standing = [row for row in rows if row.kind != DecisionKind.UNDO and row.id not in undone]
    first, last = rows[0], rows[-1]
    moves = [MoveFact(first.from_id, StageGroup(first.from_group), first.came_in_at)]
    moves += [MoveFact(row.to_id, StageGroup(row.to_group), row.at) for row in standing if row.to_id != row.from_id]
    reviews = _reviews(rows, standing)
    told = [row.at for row in standing if row.to_id != row.from_id]
    return MoveFacts(
        moves=tuple(moves),
        reviews=reviews,
        reviewed_at=max((one.until for one in reviews if one.until is not None), default=None),
        ended_at=None if ApplicationStatus(last.status).is_live else last.at,
        pauses=tuple(_pauses(rows)),
        told_at=max(told, default=None),
        withdrawn_at=last.at if last.status == ApplicationStatus.WITHDRAWN else None,
    )


def _reviews(rows: Sequence[_Row], standing: Sequence[_Row]) -> tuple[ReviewFact, ...]:
    """Return the times in which it was up for review: a decision ends one only if nobody owes a review after it, and a
    hold that ran out before the next decision began one on its day."""
    owed_after = {row.id: later.needs_review_before for row, later in pairwise(rows)} | {
        rows[-1].id: rows[-1].needs_review
    }
    status_after = {row.id: later.status_before for row, later in pairwise(rows)} | {rows[-1].id: rows[-1].status}
    since = rows[0].came_in_at if rows[0].needs_review_before else None
    back: datetime | None = None
    found = []
    for row in standing:
        if since is None and back is not None and back < row.at:
            since = back
        if owed_after[row.id]:
            since = row.at if since is None else since
        elif since is not None:
            found.append(ReviewFact(since, max(row.at, since)))
            since = None
        is_held = status_after[row.id] == ApplicationStatus.HELD and row.held_until is not None
        back = hold_ends_at(held_until=row.held_until) if is_held and row.held_until is not None else None
    if since is not None:
        found.append(ReviewFact(since, None if rows[-1].needs_review else max(rows[-1].at, since)))
    return tuple(found)


def _pauses(rows: Sequence[_Row]) -> list[PauseFact]:
    found = []
    afterwards = [*((row.status_before, row.at) for row in rows[1:]), (rows[-1].status, None)]
    for row, (status, next_at) in zip(rows, afterwards, strict=True):
        if status == ApplicationStatus.HELD:
            ends = None if row.held_until is None else hold_ends_at(held_until=row.held_until)
            known = [one for one in (ends, next_at) if one is not None]
            found.append(PauseFact(HELD_PAUSE, row.at, min(known, default=None)))
        elif not ApplicationStatus(status).is_live and next_at is not None:
            found.append(PauseFact(CLOSED_PAUSE, row.at, next_at))
    return found
