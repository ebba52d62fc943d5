"""What clocks and work states are told about interviews and owed scorecards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from assay.app.interviewing.seat_sql import SEATS
from assay.core.interviewing.states import InterviewState
from assay.core.pipeline.facts import CardFact, InterviewFact

# A card of somebody who left the panel after handing it in still counts as in, and they owe nothing more.
_SEATS = f"""
    SELECT i.application_id, i.id, i.stage_id, i.state, i.created_at, i.starts_at, i.ends_at, i.ended_at,
        seat.user_id, seat.is_excused OR seat.panelist_id IS NULL, seat.submitted_at
    FROM interviewing_interview i
    LEFT JOIN LATERAL {SEATS} ON true
    WHERE i.application_id = ANY(%s)
    ORDER BY i.application_id, i.starts_at, i.id, seat.panelist_id, seat.card_id
"""  # noqa: S608 - made of constants


class _Row(NamedTuple):
    """A seat of an interview or a card handed in for it; ``user_id`` is None for an interview without either."""

    application_id: int
    interview_id: int
    stage_id: int
    state: str
    created_at: datetime
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    user_id: int | None
    is_excused: bool
    submitted_at: datetime | None


def list_interview_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[InterviewFact, ...]]:
    """Return every interview of these applications in time order, with the cards its panel handed in or owes.

    Applications without interviews are left out. No access check: for clocks. One statement whatever the number.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, [list(application_ids)])
        rows = [_Row(*row) for row in cursor.fetchall()]
    found: dict[int, list[InterviewFact]] = {}
    for _, seats in groupby(rows, key=lambda row: row.interview_id):
        members = list(seats)
        found.setdefault(members[0].application_id, []).append(_fact(members))
    return {application_id: tuple(facts) for application_id, facts in found.items()}


def _fact(seats: Sequence[_Row]) -> InterviewFact:
    interview = seats[0]
    cards = [CardFact(seat.user_id, seat.submitted_at, seat.is_excused) for seat in seats if seat.user_id is not None]
    has_card = any(card.submitted_at for card in cards)
    is_held = interview.state == InterviewState.HELD or (interview.state == InterviewState.SCHEDULED and has_card)
    return InterviewFact(
        interview_id=interview.interview_id,
        stage_id=interview.stage_id,
        state=InterviewState.HELD.value if is_held else interview.state,
        created_at=interview.created_at,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        cards=tuple(cards),
        closed_at=interview.ended_at,
    )
