"""Who of a panel handed in a card and who still owes one, for lists of applicants: what a card says only where open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import connection

from assay.app.interviewing.seat_sql import SEATS
from assay.core.interviewing.opening import CardMark, Duty, Reader, can_see
from assay.core.interviewing.states import InterviewState, Recommendation
from assay.platform.accounts.models import User

_SEATS = f"""
    SELECT i.application_id, i.id, i.state, i.ends_at, coalesce(i.kit->>'title', ''), seat.user_id,
           coalesce(nullif(u.name, ''), u.email), seat.panelist_id IS NOT NULL, seat.is_excused, seat.card_id,
           seat.recommendation
    FROM interviewing_interview i
    CROSS JOIN LATERAL {SEATS}
    JOIN accounts_user u ON u.id = seat.user_id
    WHERE i.application_id = ANY(%s)
    ORDER BY i.application_id, i.starts_at, i.id, lower(u.name), seat.user_id
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class SeatMark:
    """One interviewer of one interview: ``is_in`` once their card is, else it is owed.

    ``recommendation`` is empty where the card is closed to the person looking.
    """

    name: str
    interview: str
    is_in: bool
    recommendation: str


@dataclass(frozen=True, slots=True)
class _Seat:
    """A row of the statement."""

    application_id: int
    interview_id: int
    state: InterviewState
    ends_at: datetime
    interview: str
    user_id: int
    name: str
    sits: bool
    is_excused: bool
    card_id: int | None
    recommendation: str | None

    def is_owed(self, now: datetime) -> bool:
        """Tell whether a card should be in by now: the talk is over, and one is asked of them."""
        is_over = self.state is InterviewState.HELD or (self.state is InterviewState.SCHEDULED and self.ends_at <= now)
        return is_over and self.card_id is None and not self.is_excused

    @property
    def duty(self) -> Duty:
        """The seat as the rule for opening cards knows it."""
        is_excused = self.is_excused or not self.sits
        return Duty(self.interview_id, self.state, is_excused=is_excused, is_card_in=self.card_id is not None)


def list_seat_marks(
    *,
    actor: User,
    application_ids: Collection[int],
    may_read_decisions: bool,
    may_decide: bool,
    now: datetime,
) -> Mapping[int, tuple[SeatMark, ...]]:
    """Return who handed in and who owes a card for each of these applications of one job, in one statement.

    Those without either are left out. Whoever calls this has asked the policy who may see the applications, and says
    what it lets the actor read on that job; what a card recommends is there only where ``opening`` opens the card.
    """
    if not application_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, [list(application_ids)])
        seats = [_Seat(row[0], row[1], InterviewState(row[2]), *row[3:]) for row in cursor.fetchall()]
    found: dict[int, tuple[SeatMark, ...]] = {}
    for application_id, group in groupby(seats, key=lambda seat: seat.application_id):
        members = tuple(group)
        duties = tuple(seat.duty for seat in members if seat.user_id == actor.pk)
        reader = Reader(actor.pk, may_read_decisions, may_decide, duties)
        marks = tuple(_mark(seat, reader) for seat in members if seat.card_id is not None or seat.is_owed(now))
        if marks:
            found[application_id] = marks
    return found


def _mark(seat: _Seat, reader: Reader) -> SeatMark:
    is_open = seat.card_id is not None and can_see(
        reader=reader, card=CardMark(seat.card_id, seat.user_id, is_submitted=True)
    )
    return SeatMark(
        name=seat.name,
        interview=seat.interview,
        is_in=seat.card_id is not None,
        recommendation=Recommendation(seat.recommendation).label if is_open and seat.recommendation else "",
    )
