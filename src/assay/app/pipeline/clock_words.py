"""Clocks and stays in a few words, as cards and rows say them."""

from datetime import datetime

from assay.app.ui.formats import plural
from assay.core.clocks.words import left_in_words
from assay.core.pipeline.clock_state import ClockState


def clock_words(*, state: ClockState, due_at: datetime | None, now: datetime) -> str:
    """Say a clock: "2 d late", "5 h left", "paused"; nothing where nothing is owed."""
    if state is ClockState.PAUSED:
        return "paused"
    if state is ClockState.NONE or due_at is None:
        return ""
    return left_in_words(now=now, due_at=due_at)


def stay_words(*, days: float) -> str:
    """Say how long somebody has stood in a stage: "under a day", "1 day", "12 days"."""
    whole = round(days)
    return plural(whole, "day") if whole else "under a day"
