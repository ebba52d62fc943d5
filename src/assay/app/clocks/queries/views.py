"""Clocks as pages, the inbox and cards show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assay.app.clocks.models import BreachReason, Clock
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.words import KIND_LABELS, ClockState, clock_state, left_in_words, time_in_words

_SHOWN = (
    "owner__name",
    "owner__email",
    "application__job_id",
    "application__applied_at",
    "application__recorded_at",
    "application__person__name",
    "application__person__email",
    "application__job__title",
    "application__stage__name",
)


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock: what is waited for, where, whose it is, how it stands, in words.

    ``applied_before`` is when they applied, where the clock counts from when the application came in here, later.
    ``time_words`` is the time left or over ("2 h left", "3 h late"), or how it ended.
    """

    id: int
    kind: ClockKind
    subject: str
    application_id: int
    job_id: int
    job_title: str
    name: str
    stage: str
    owner_id: int | None
    owner: str
    started_at: datetime
    applied_before: datetime | None
    stopped_at: datetime | None
    yellow_at: datetime | None
    due_at: datetime | None
    is_paused: bool
    state: ClockState
    time_words: str
    reason: str

    @property
    def label(self) -> str:
        """What is waited for, in words."""
        return KIND_LABELS[self.kind]

    @property
    def needs_reason(self) -> bool:
        """Tell whether a reason can be given and was not: it is over, running or not."""
        return self.state in (ClockState.RED, ClockState.BROKEN) and not self.reason


def reasons_of() -> QuerySet[BreachReason]:
    """Return the reasons given for the clock of an outer query."""
    keys = ("application_id", "kind", "subject", "started_at")
    return BreachReason.objects.filter(**{key: OuterRef(key) for key in keys})


def shown_rows(*, rows: QuerySet[Clock]) -> QuerySet[Clock]:
    """Return rows with all that a view needs and no more, in one statement."""
    own = [field.attname for field in Clock._meta.concrete_fields]
    return (
        rows.select_related("owner", "application__person", "application__job", "application__stage")
        .only(*own, *_SHOWN)
        .annotate(cause=reasons_of().values("cause")[:1])
    )


def broken(*, now: datetime) -> Q:
    """Return the condition of a clock that ended after its time."""
    return Q(stopped_at__lte=now, due_at__isnull=False, stopped_at__gt=F("due_at"))


def owing(*, now: datetime) -> Q:
    """Return the condition of a clock that was not kept, has ended, and has no reason."""
    return broken(now=now) & ~Q(Exists(reasons_of()))


def list_views(*, rows: Iterable[Clock], now: datetime) -> tuple[ClockView, ...]:
    """Return rows of ``shown_rows`` as views."""
    return tuple(_view(row, now) for row in rows)


def _view(row: Clock, now: datetime) -> ClockView:
    state = clock_state(
        now=now,
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        yellow_at=row.yellow_at,
        due_at=row.due_at,
        is_paused=row.is_paused,
    )
    application = row.application
    return ClockView(
        id=row.pk,
        kind=ClockKind(row.kind),
        subject=row.subject,
        application_id=application.pk,
        job_id=application.job_id,
        job_title=application.job.title,
        name=str(application.person),
        stage=application.stage.name,
        owner_id=row.owner_id,
        owner=row.owner.display_name if row.owner else "",
        started_at=row.started_at,
        applied_before=_applied_before(row),
        stopped_at=row.stopped_at,
        yellow_at=row.yellow_at,
        due_at=row.due_at,
        is_paused=row.is_paused,
        state=state,
        time_words=_time_words(row, now),
        reason=getattr(row, "cause", None) or "",
    )


def _applied_before(row: Clock) -> datetime | None:
    one = row.application
    return one.applied_at if one.applied_at < one.recorded_at == row.started_at else None


def _time_words(row: Clock, now: datetime) -> str:
    if row.stopped_at is None:
        return left_in_words(now=now, due_at=row.due_at, is_paused=row.is_paused)
    if row.due_at is not None and row.stopped_at > row.due_at:
        return f"{time_in_words(length=row.stopped_at - row.due_at)} late"
    return "planned in time" if row.stopped_at > now else "kept"
