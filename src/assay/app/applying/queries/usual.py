"""By when applicants of a job usually hear, from the review clock's limit, and in which zone that is told."""

from datetime import datetime

from django.utils import timezone

from assay.app.clocks.rulebook import Setting, load_rulebook
from assay.app.clocks.rules import shipped_limits
from assay.app.pipeline.actions.applications import BandNotApprovedError, first_stage
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.timing import time_clock

_HOURS_PER_DAY = 24


def usual_reply(*, job_id: int, now: datetime) -> datetime | None:
    """Return by when somebody who applies ``now`` hears (aware UTC); ``None`` for a job that can take nobody yet."""
    setting = _setting(job_id, now)
    if setting is None:
        return None
    timing = time_clock(started_at=now, pauses=(), limit=setting.limit, ruler=setting.ruler)
    return timing.due_at or now + shipped_limits()[ClockKind.REVIEW].amount


def words_of_limit(*, job_id: int) -> str:
    """Return how long a first answer may take, in words: ``3 working days``; empty where nothing can be said."""
    setting = _setting(job_id, timezone.now())
    if setting is None:
        return ""
    hours, counting = setting.limit.hours, setting.limit.counting
    if counting is Counting.OPEN_DAYS and hours % _HOURS_PER_DAY == 0:
        return _count(hours / _HOURS_PER_DAY, "working day")
    return _count(hours, "hour" if counting is Counting.ELAPSED else "working hour")


def zone_of(*, job_id: int, now: datetime) -> str:
    """Return the zone of the office on whose calendar a job's clocks run."""
    setting = load_rulebook(now=now).setting(kind=ClockKind.REVIEW, job_id=job_id, stage_id=None)
    return str(setting.ruler.calendar.zone)


def _setting(job_id: int, now: datetime) -> Setting | None:
    try:
        stage = first_stage(job_id=job_id)
    except BandNotApprovedError:
        return None
    return load_rulebook(now=now).setting(kind=ClockKind.REVIEW, job_id=job_id, stage_id=stage.pk)


def _count(number: float, unit: str) -> str:
    return f"{number:g} {unit}" if number == 1 else f"{number:g} {unit}s"
