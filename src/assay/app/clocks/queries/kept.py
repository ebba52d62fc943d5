"""How well clocks are kept, and the clocks behind every number, as one person may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Q, QuerySet
from django.db.models.functions import TruncWeek

from assay.app.clocks.models import Clock
from assay.app.clocks.queries.views import ClockView, broken, list_views, owing, reasons_of, shown_rows
from assay.app.pipeline.funnel import visible_jobs
from assay.core.clocks.keeping import Kept, list_weeks
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.words import KIND_LABELS
from assay.platform.accounts.models import User

WEEKS = 12
PAGE = 50
_NOBODY = "Nobody"


class Show(StrEnum):
    """Which clocks a list holds."""

    RUNNING = "running"
    OVER = "over"
    UNSAID = "unsaid"
    YELLOW = "yellow"
    RESTING = "resting"
    ENDED = "ended"
    KEPT = "kept"
    BROKEN = "broken"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Which:
    """A choice of clocks; None means any. ``week`` is the Monday of the week in which they ended."""

    show: Show = Show.RUNNING
    kind: ClockKind | None = None
    owner_id: int | None = None
    job_id: int | None = None
    week: date | None = None

    def fields(self) -> dict[str, str]:
        """Return the choice as fields of an address."""
        pairs = {"show": self.show, "kind": self.kind, "owner": self.owner_id, "job": self.job_id, "week": self.week}
        return {name: str(value) for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """How many clocks of one group were kept; ``key`` is its id or kind, None where nobody owns them."""

    key: str | None
    label: str
    kept: Kept
    running: int
    over: int


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Clocks that ended in the last twelve weeks, by week and group, and how many run, warn or are over.

    ``unsaid`` are over now and ``owed`` ended late, both without a reason: together they are all that can be explained.
    """

    all: Kept
    weeks: tuple[tuple[date, Kept], ...]
    by_kind: tuple[KeptRow, ...]
    by_owner: tuple[KeptRow, ...]
    by_job: tuple[KeptRow, ...]
    running: int
    yellow: int
    over: int
    unsaid: int
    owed: int


@dataclass(frozen=True, slots=True)
class ClockPage:
    """One page of a list of clocks; ``next_offset`` is where the following one begins, if there is one."""

    rows: tuple[ClockView, ...]
    total: int
    next_offset: int | None


def get_kept(*, user: User, now: datetime, zone: str) -> KeptPage:
    """Return how well the clocks of the jobs that ``user`` may see are kept."""
    mine = Clock.objects.filter(application__job__in=visible_jobs(user=user))
    mondays = list_weeks(until=now.astimezone(ZoneInfo(zone)).date(), count=WEEKS)
    ended = mine.filter(stopped_at__gte=_midnight(mondays[0], zone), stopped_at__lte=now)
    found = {
        row["week"]: Kept(row["ended"] - row["broken"], row["ended"])
        for row in ended.annotate(week=TruncWeek("stopped_at", tzinfo=ZoneInfo(zone)))
        .values("week")
        .annotate(ended=Count("id"), broken=Count("id", filter=broken(now=now)))
    }
    by_day = {moment.date(): kept for moment, kept in found.items()}
    weeks = tuple((monday, by_day.get(monday, Kept(0, 0))) for monday in mondays)
    running = mine.filter(stopped_at=None, started_at__lte=now).aggregate(
        running=Count("id"),
        over=Count("id", filter=_over(now)),
        unsaid=Count("id", filter=_unsaid(now)),
        yellow=Count("id", filter=_yellow(now)),
    )
    return KeptPage(
        all=Kept(sum(one.kept for _, one in weeks), sum(one.ended for _, one in weeks)),
        weeks=weeks,
        by_kind=_by(mine, ended, now, key="kind", label="kind"),
        by_owner=_by(mine, ended, now, key="owner_id", label="owner__name"),
        by_job=_by(mine, ended, now, key="application__job_id", label="application__job__title"),
        owed=mine.filter(owing(now=now)).count(),
        **running,
    )


def list_clocks(*, user: User, which: Which, now: datetime, zone: str, offset: int = 0) -> ClockPage:
    """Return fifty of the clocks that a choice holds: running ones soonest due first, ended ones latest first."""
    rows = Clock.objects.filter(_condition(which, now), application__job__in=visible_jobs(user=user))
    if which.kind is not None:
        rows = rows.filter(kind=which.kind)
    if which.job_id is not None:
        rows = rows.filter(application__job_id=which.job_id)
    if which.owner_id is not None:
        rows = rows.filter(owner=which.owner_id or None)
    if which.week is not None:
        begins = _midnight(which.week, zone)
        rows = rows.filter(stopped_at__gte=begins, stopped_at__lt=_midnight(which.week + timedelta(days=7), zone))
    is_running = which.show in (Show.RUNNING, Show.OVER, Show.UNSAID, Show.YELLOW, Show.RESTING)
    order = [F("due_at").asc(nulls_last=True), "id"] if is_running else ["-stopped_at", "-id"]
    total = rows.count()
    found = list(shown_rows(rows=rows).order_by(*order)[offset : offset + PAGE])
    following = offset + PAGE if offset + PAGE < total else None
    return ClockPage(rows=list_views(rows=found, now=now), total=total, next_offset=following)


def _condition(which: Which, now: datetime) -> Q:
    running = Q(stopped_at=None, started_at__lte=now)
    ended = Q(stopped_at__lte=now)
    conditions: Mapping[Show, Q] = {
        Show.RUNNING: running,
        Show.OVER: running & _over(now),
        Show.UNSAID: running & _unsaid(now),
        Show.YELLOW: running & _yellow(now),
        Show.RESTING: running & Q(is_paused=True),
        Show.ENDED: ended,
        Show.KEPT: ended & (Q(due_at=None) | Q(stopped_at__lte=F("due_at"))),
        Show.BROKEN: broken(now=now),
        Show.OWED: owing(now=now),
    }
    return conditions[which.show]


def _over(now: datetime) -> Q:
    return Q(stopped_at=None, due_at__lt=now)


def _unsaid(now: datetime) -> Q:
    return _over(now) & ~Q(Exists(reasons_of()))


def _yellow(now: datetime) -> Q:
    return Q(stopped_at=None, is_paused=False, yellow_at__lte=now, due_at__gte=now)


def _by(mine: QuerySet[Clock], ended: QuerySet[Clock], now: datetime, *, key: str, label: str) -> tuple[KeptRow, ...]:
    names = list(dict.fromkeys([key, label]))
    counted = ended.values(*names).annotate(ended=Count("id"), broken=Count("id", filter=broken(now=now)))
    rows = {row[key]: _kept_row(row, key, label) for row in counted}
    current = mine.filter(stopped_at=None, started_at__lte=now).values(*names)
    for row in current.annotate(ended=Count("id"), broken=Count("id", filter=_over(now))):
        known = rows.get(row[key]) or _kept_row({**row, "ended": 0, "broken": 0}, key, label)
        rows[row[key]] = replace(known, running=row["ended"], over=row["broken"])
    return tuple(sorted(rows.values(), key=lambda one: (-one.over, -one.kept.ended - one.running, one.label)))


def _kept_row(row: Mapping[str, Any], key: str, label: str) -> KeptRow:
    spoken = KIND_LABELS[ClockKind(row[key])] if key == "kind" else row[label] or _NOBODY
    return KeptRow(
        key=None if row[key] is None else str(row[key]),
        label=spoken,
        kept=Kept(row["ended"] - row["broken"], row["ended"]),
        running=0,
        over=0,
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
