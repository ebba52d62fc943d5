"""Interviews as pages show them: when in whose local time, who holds them, whose card is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from assay.app.interviewing.actions.finding import find_interview
from assay.app.interviewing.models import Interview, Panelist
from assay.app.interviewing.stored import decode_kit
from assay.app.pipeline.funnel import visible_jobs
from assay.core.interviewing.kit import Kit
from assay.core.interviewing.states import InterviewState
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

MOST_MINE = 200


@dataclass(frozen=True, slots=True)
class SeatView:
    """Somebody on a panel: their time zone, whether they owe no card, and whether theirs is in. Never what it says."""

    user_id: int
    name: str
    time_zone: str
    is_excused: bool
    is_card_in: bool


@dataclass(frozen=True, slots=True)
class InterviewView:
    """An interview. Times are aware; ``time_zone`` is the arranger's, ``candidate_zone`` empty where unknown."""

    id: int
    application_id: int
    job_id: int
    job_title: str
    candidate: str
    stage_id: int
    stage_name: str
    kit: Kit
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    candidate_zone: str
    place: str
    state: InterviewState
    note: str
    revision: int
    panel: tuple[SeatView, ...]

    @property
    def minutes(self) -> int:
        """How long it is planned to take."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def is_link(self) -> bool:
        """Tell whether the place is an address to follow."""
        return self.place.startswith(("https://", "http://")) and " " not in self.place

    @property
    def is_ahead(self) -> bool:
        """Tell whether it is still expected to happen, as far as anybody said."""
        return self.state is InterviewState.SCHEDULED

    def seat_of(self, user_id: int) -> SeatView | None:
        """Return somebody's seat, or None."""
        return next((seat for seat in self.panel if seat.user_id == user_id), None)


@dataclass(frozen=True, slots=True)
class MyInterviews:
    """One person's interviews: running or to come by time, cards they owe oldest first, cards handed in lately."""

    owed: tuple[InterviewView, ...]
    ahead: tuple[InterviewView, ...]
    handed_in: tuple[InterviewView, ...]


def get_interview(*, actor: User, interview_id: int, action: Action = Action.SEE_APPLICANTS) -> InterviewView:
    """Return an interview. Raises ``Http404`` or ``Forbidden`` without ``action`` on its job."""
    row = find_interview(actor=actor, interview_id=interview_id, action=action)
    return next(iter(views_of(_rows().filter(pk=row.pk))))


def list_of_application(*, application_id: int) -> tuple[InterviewView, ...]:
    """Return the interviews of an application in the order of time; whoever calls has asked the policy."""
    return tuple(views_of(_rows().filter(application_id=application_id).order_by("starts_at", "id")))


def list_mine(*, actor: User, now: datetime) -> MyInterviews:
    """Return the interviews that somebody holds, on jobs that they may still see."""
    seats = Panelist.objects.filter(user=actor, interview__application__job__in=visible_jobs(user=actor))
    rows = _rows().filter(pk__in=seats.values("interview_id")).order_by("-starts_at", "-id")
    found = sorted(views_of(rows[:MOST_MINE]), key=lambda view: (view.starts_at, view.id))
    owed, ahead, handed_in = [], [], []
    for view in found:
        seat = view.seat_of(actor.pk)
        if seat is None or view.state in (InterviewState.CANCELLED, InterviewState.NO_SHOW):
            continue
        if seat.is_card_in:
            handed_in.append(view)
        elif seat.is_excused:
            continue
        elif view.ends_at <= now or view.state is InterviewState.HELD:
            owed.append(view)
        else:
            ahead.append(view)
    return MyInterviews(tuple(owed), tuple(ahead), tuple(reversed(handed_in))[:10])


def views_of(rows: Iterable[Interview]) -> Iterable[InterviewView]:
    """Return interviews as views; their panel, cards, job and person are fetched along."""
    return (_view(row) for row in rows)


def _rows() -> QuerySet[Interview]:
    rows = Interview.objects.select_related("application__job", "application__person", "stage")
    return rows.prefetch_related("panel__user", "scorecards")


def _view(row: Interview) -> InterviewView:
    handed_in = {card.author_id for card in row.scorecards.all() if card.submitted_at is not None}
    return InterviewView(
        id=row.pk,
        application_id=row.application_id,
        job_id=row.application.job_id,
        job_title=row.application.job.title,
        candidate=str(row.application.person),
        stage_id=row.stage_id,
        stage_name=row.stage.name,
        kit=decode_kit(row.kit),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.time_zone,
        candidate_zone=row.candidate_zone,
        place=row.place,
        state=InterviewState(row.state),
        note=row.note,
        revision=row.revision,
        panel=tuple(
            SeatView(
                seat.user_id,
                seat.user.display_name,
                seat.user.time_zone,
                is_excused=seat.excused_at is not None,
                is_card_in=seat.user_id in handed_in,
            )
            for seat in row.panel.all()
        ),
    )
