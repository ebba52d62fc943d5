"""Whether an interview can be arranged as somebody filled it in: its kit, its time, its people, and what to warn of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from assay.app.interviewing.actions.cleaning import line_of, text_of
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.models import Interview, PlannedInterview
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.panel import list_panel_choices
from assay.app.interviewing.queries.diary import list_busy
from assay.app.interviewing.stored import kit_of_plan
from assay.app.pipeline.queries.jobs import JobView
from assay.app.requisitions.standing import gate_of_job
from assay.core.interviewing.kit import Kit
from assay.core.interviewing.states import InterviewState
from assay.core.interviewing.timing import Span, TimeRefused, find_clashes, find_zone, span_of
from assay.core.pipeline.stage import StageGroup
from assay.platform.accounts.models import User

LONGEST_PLACE = 500
LONGEST_TITLE, LONGEST_PURPOSE = 120, 2000
MOST_PANEL = 12
_FAR_AHEAD = timedelta(days=120)


class NeedsConfirming(InterviewRefused):
    """Raised for what can be meant but should be looked at again first; ``warnings`` are sentences."""

    def __init__(self, warnings: Sequence[str]) -> None:
        super().__init__(" ".join(warnings))
        self.warnings = tuple(warnings)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """When, where and with whom: a local day and time in ``time_zone``; ``candidate_zone`` is empty if unknown."""

    day: date
    at: time
    minutes: int
    time_zone: str
    candidate_zone: str = ""
    place: str = ""
    panel: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeTalk:
    """An interview that no plan holds."""

    title: str
    purpose: str = ""
    focus: tuple[str, ...] = ()


def kit_for(
    *, job: JobView, stage_id: int, planned_id: int | None, free: FreeTalk | None, minutes: int
) -> tuple[Kit, int]:
    """Return the kit to freeze and the stage it belongs to: the plan's, or ``free`` in the stage ``stage_id``."""
    if planned_id is not None:
        rows = PlannedInterview.objects.filter(stage__job_id=job.id, retired_at__isnull=True, stage__retired_at=None)
        row = rows.filter(pk=planned_id).first()
        if row is None:
            raise InterviewRefused("This interview is no longer in the plan. Choose another.", field="planned")
        return kit_of_plan(row), row.stage_id
    title = line_of(text=free.title, field="title", longest=LONGEST_TITLE) if free else ""
    if free is None or not title:
        raise InterviewRefused("Choose a planned interview, or give this one a name.", field="planned")
    focus = tuple(one for one in dict.fromkeys(free.focus) if one in competency_labels())
    purpose = text_of(text=free.purpose, field="purpose", longest=LONGEST_PURPOSE)
    return Kit(title=title, purpose=purpose, minutes=minutes, focus=focus), stage_id


def check_gate(*, job: JobView, stage_id: int) -> None:
    """Refuse an interview of a stage that waits for an approved band."""
    stage = next((one for one in job.stages if one.id == stage_id), None)
    if stage is None or not StageGroup(stage.group).needs_approved_band:
        return
    gate = gate_of_job(job_id=job.id)
    if not gate.is_open:
        raise InterviewRefused(" ".join(filter(None, (gate.why, gate.todo))))


def span_for(*, when: Arrangement) -> Span:
    """Return the moments (UTC) of an arrangement. Raises ``InterviewRefused`` for a time that cannot be meant."""
    try:
        zone = find_zone(name=when.time_zone)
        if when.candidate_zone:
            find_zone(name=when.candidate_zone, field="candidate_zone")
        return span_of(day=when.day, at=when.at, minutes=when.minutes, zone=zone)
    except TimeRefused as error:
        raise InterviewRefused(str(error), field=error.field) from error


def panel_for(*, job: JobView, panel: Sequence[int]) -> tuple[int, ...]:
    """Return who holds an interview, each once. Raises ``InterviewRefused`` for nobody and for who may not."""
    asked = tuple(dict.fromkeys(panel))
    if not asked:
        raise InterviewRefused("Choose who holds the interview.", field="panel")
    choices = {choice.user_id for choice in list_panel_choices(job=job)}
    if len(asked) > MOST_PANEL or not set(asked) <= choices:
        raise InterviewRefused("Somebody chosen may not hand in scorecards on this job.", field="panel")
    return asked


def place_of(*, text: str) -> str:
    """Return the place or link on one line."""
    return line_of(text=text, field="place", longest=LONGEST_PLACE)


def warn(
    *, span: Span, panel: Sequence[int], application_id: int, zone: str, except_id: int | None, is_past_fine: bool
) -> None:
    """Raise ``NeedsConfirming`` for whoever would be in two places at once, and for a time that is past or far off."""
    others = list_busy(around=span, user_ids=panel, except_id=except_id)
    names = {user.pk: user.display_name for user in User.objects.filter(pk__in=list(panel))}
    local = ZoneInfo(zone)
    warnings = [
        f"{names.get(clash.user_id, 'Somebody')} has another interview from "
        f"{clash.span.starts_at.astimezone(local):%H:%M} to {clash.span.ends_at.astimezone(local):%H:%M}."
        for clash in find_clashes(span=span, user_ids=panel, others=others)
    ]
    same = Interview.objects.filter(application_id=application_id, state=InterviewState.SCHEDULED)
    if same.filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at).exclude(pk=except_id or 0).exists():
        warnings.append("The candidate has another interview here at that time.")
    now = timezone.now()
    if span.starts_at < now and not is_past_fine:
        warnings.append("That time is past: the interview is noted as it took place, and no letter goes out.")
    if span.starts_at > now + _FAR_AHEAD:
        warnings.append("That is more than four months away.")
    if warnings:
        raise NeedsConfirming(warnings)
