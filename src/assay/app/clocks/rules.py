"""The sheet of limits as the values that the core works with."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.ladder import Audience, Step
from assay.core.clocks.limits import Limit
from assay.knowledge.clocks.sheets import ClockSheet, LimitNote, load_clocks


def clock_sheet() -> ClockSheet:
    """Return the organisation's own sheet where its data folder holds one, else the shipped one."""
    return load_clocks(Path(settings.DATA_DIR) / "knowledge" / "clocks")


@cache
def shipped_limits() -> Mapping[ClockKind, Limit]:
    """Return the limit of each kind of clock that holds where nobody set another."""
    return {
        ClockKind(note.kind): Limit(note.hours, Counting(note.counting), note.yellow_share, note.is_off)
        for note in clock_sheet().limits
    }


def limit_note(*, kind: ClockKind) -> LimitNote:
    """Return a shipped limit with where it comes from."""
    return next(note for note in clock_sheet().limits if note.kind == kind)


@cache
def ladder() -> tuple[Step, ...]:
    """Return the steps of escalation in their order."""
    return tuple(
        Step(note.key, note.after_hours, tuple(Audience(name) for name in note.audience), note.by_letter)
        for note in clock_sheet().ladder
    )


def notice_before() -> timedelta:
    """Return how long before a promised moment a delay is told."""
    return timedelta(hours=clock_sheet().promises.notice_hours)


def extension() -> timedelta:
    """Return how much later the moment lies that takes the place of a promised one."""
    return timedelta(hours=clock_sheet().promises.extension_hours)
