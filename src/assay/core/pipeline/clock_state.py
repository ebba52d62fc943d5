"""How the clock of an application stands at a moment: worked out when it is read, so that it is never out of date."""

from datetime import datetime
from enum import StrEnum


class ClockState(StrEnum):
    """The colour of a clock. ``NONE``: nothing is owed; ``CALM``: it runs, and there is time."""

    RED = "red"
    YELLOW = "yellow"
    CALM = "calm"
    PAUSED = "paused"
    NONE = "none"


def clock_state(*, yellow_at: datetime | None, due_at: datetime | None, is_paused: bool, now: datetime) -> ClockState:
    """Return how a clock stands at ``now`` (all aware UTC). A pause comes before every colour; due means late."""
    if is_paused:
        return ClockState.PAUSED
    if due_at is None:
        return ClockState.NONE
    if now >= due_at:
        return ClockState.RED
    if yellow_at is not None and now >= yellow_at:
        return ClockState.YELLOW
    return ClockState.CALM


def whole_days(*, since: datetime, now: datetime) -> int:
    """Return how many times 24 hours have passed; 0 for a moment to come."""
    return max(0, (now - since).days)
