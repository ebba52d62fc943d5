"""Offices with their holidays, limits with where they come from, and the office of a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from assay.app.clocks.calendars import UnknownCountryError, list_holidays
from assay.app.clocks.models import ClockRule, JobOffice, Office, Recount
from assay.app.clocks.rulebook import rule_row
from assay.app.clocks.rules import clock_sheet, limit_note, shipped_limits
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.limits import Limit, choose_rule
from assay.core.clocks.words import KIND_LABELS
from assay.platform.accounts.models import User

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which an office is closed, and why."""

    day: date
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office as its page shows it. ``hours`` holds for each weekday its spans as text ("09:00-17:30")."""

    id: int
    name: str
    country: str
    region: str
    time_zone: str
    hours: tuple[str, ...]
    closed_days: tuple[str, ...]
    is_default: bool
    revision: int
    jobs: int
    days_off: tuple[DayOff, ...]

    @property
    def week(self) -> tuple[tuple[str, str], ...]:
        """The weekdays with their hours in words."""
        return tuple((day, hours or "closed") for day, hours in zip(DAY_NAMES, self.hours, strict=True))


@dataclass(frozen=True, slots=True)
class LimitView:
    """The limit of one kind of clock: what holds, what it would be otherwise, and where that comes from.

    ``revision`` is that of the rule somebody set, 0 when none was set here.
    """

    kind: ClockKind
    label: str
    limit: Limit
    usual: Limit
    source: str
    reference: str
    is_set_here: bool
    revision: int


@dataclass(frozen=True, slots=True)
class JobClocks:
    """A job's office, its own limits, and those of its stages."""

    job: JobView
    office_id: int | None
    office: str
    limits: tuple[LimitView, ...]
    stages: tuple[tuple[int, str, LimitView], ...]


def list_offices(*, today: date) -> tuple[OfficeView, ...]:
    """Return every office, the default first, with its days off of this year and the next."""
    rows = Office.objects.prefetch_related("jobs").order_by("-is_default", "name")
    return tuple(_office(row, today) for row in rows)


def get_office(*, office_id: int, today: date) -> OfficeView:
    """Return one office or raise ``Http404``."""
    row = Office.objects.prefetch_related("jobs").filter(pk=office_id).first()
    if row is None:
        raise Http404("There is no such office.")
    return _office(row, today)


def list_limits() -> tuple[LimitView, ...]:
    """Return the limits of the whole house in the order of a hire."""
    rules = {ClockKind(row.kind): row for row in ClockRule.objects.filter(job=None, stage=None)}
    return tuple(_limit(kind, shipped_limits()[kind], rules.get(kind)) for kind in ClockKind)


def get_job_clocks(*, user: User, job_id: int) -> JobClocks:
    """Return what is set for a job. Raises ``Http404`` when ``user`` may not see it."""
    job = get_job(actor=user, job_id=job_id)
    rows = list(ClockRule.objects.all())
    house = [rule_row(rule=row) for row in rows if row.job_id is None]
    own = {(row.kind, row.stage_id): row for row in rows if row.job_id == job_id}
    usual = {
        kind: rule.limit
        if (rule := choose_rule(rules=house, kind=kind, job_id=job_id, stage_id=None)) is not None
        else shipped_limits()[kind]
        for kind in ClockKind
    }
    office = JobOffice.objects.select_related("office").filter(job_id=job_id).first()
    return JobClocks(
        job=job,
        office_id=office.office_id if office else None,
        office=office.office.name if office else default_office_name(),
        limits=tuple(_limit(kind, usual[kind], own.get((kind.value, None))) for kind in ClockKind),
        stages=tuple(
            (stage.id, stage.name, _limit(ClockKind.STAGE, usual[ClockKind.STAGE], own.get(("stage", stage.id))))
            for stage in job.stages
            if stage.group != "hired"
        ),
    )


def default_office_name() -> str:
    """Return the name of the office on whose calendar jobs without one run."""
    row = Office.objects.filter(is_default=True).first()
    return row.name if row is not None else f"{clock_sheet().office.name} (shipped, {clock_sheet().office.time_zone})"


def get_running_recount() -> tuple[datetime, int, int] | None:
    """Return when a recount began that is not done, how many applications it did and how many clocks moved."""
    row = Recount.objects.filter(finished_at=None).first()
    return None if row is None else (row.started_at, row.applications, row.moved)


def _office(row: Office, today: date) -> OfficeView:
    hours: Mapping[str, list[list[str]]] = row.hours
    spans = tuple(", ".join(f"{begin}-{end}" for begin, end in hours.get(str(day), [])) for day in range(7))
    return OfficeView(
        id=row.pk,
        name=row.name,
        country=row.country,
        region=row.region,
        time_zone=row.time_zone,
        hours=spans,
        closed_days=tuple(row.closed_days),
        is_default=row.is_default,
        revision=row.revision,
        jobs=len(row.jobs.all()),
        days_off=_days_off(row, today),
    )


def _days_off(row: Office, today: date) -> tuple[DayOff, ...]:
    try:
        public = list_holidays(country=row.country, region=row.region, years=(today.year, today.year + 1))
    except UnknownCountryError:
        public = {}
    found = {day: DayOff(day, name, is_own=False) for day, name in public.items()}
    for text in row.closed_days:
        day = date.fromisoformat(text)
        if day.year in (today.year, today.year + 1):
            found.setdefault(day, DayOff(day, "Own day off", is_own=True))
    return tuple(found[day] for day in sorted(found))


def _limit(kind: ClockKind, usual: Limit, rule: ClockRule | None) -> LimitView:
    note = limit_note(kind=kind)
    return LimitView(
        kind=kind,
        label=KIND_LABELS[kind],
        limit=usual if rule is None else rule_row(rule=rule).limit,
        usual=usual,
        source=note.source.title,
        reference=note.source.reference,
        is_set_here=rule is not None,
        revision=0 if rule is None else rule.revision,
    )
