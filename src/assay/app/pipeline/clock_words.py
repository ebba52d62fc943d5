"""Clocks and stays in a few words, as cards and rows say them."""

from datetime import datetime

from assay.app.ui.formats import duration, plural
from assay.core.pipeline.clock_state import ClockState

_MINUTE = 60


def clock_words(*, state: ClockState, due_at: datetime | None, now: datetime) -> str:
    """Say a clock: "2 d 3 h late", "5 h left", "paused"; nothing where nothing is owed."""
    if state is ClockState.PAUSED:
        return "paused"
    if state is ClockState.NONE or due_at is None:
        return ""
    length = duration((due_at - now).total_seconds() / _MINUTE)
    return f"{length} late" if state is ClockState.RED else f"{length} left"


def stay_words(*, days: float) -> str:
    """Say how long somebody has stood in a stage: "under a day", "1 day", "12 days"."""
    whole = round(days)
    return plural(whole, "day") if whole else "under a day"
