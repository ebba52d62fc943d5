"""Clocks in words, for those who see no colour and those who read no tables."""

from datetime import datetime, timedelta
from enum import StrEnum

from assay.core.clocks.kinds import BreachCause, ClockKind

KIND_LABELS: dict[ClockKind, str] = {
    ClockKind.REVIEW: "Review of the application",
    ClockKind.STAGE: "Time in this stage",
    ClockKind.SCHEDULING: "Arranging an interview",
    ClockKind.FIRST_INTERVIEW: "First interview",
    ClockKind.FEEDBACK: "Feedback after the interview",
    ClockKind.DECISION: "Decision after the last card",
    ClockKind.OFFER: "Offer",
    ClockKind.REPLY: "Answer to the candidate",
    ClockKind.REQUEST: "Request of the candidate",
}
CAUSE_LABELS: dict[BreachCause, str] = {
    BreachCause.PANEL_NOT_AVAILABLE: "The panel had no time",
    BreachCause.DECIDER_NOT_AVAILABLE: "Whoever decides had no time",
    BreachCause.TOO_MANY_APPLICANTS: "Too many applicants at once",
    BreachCause.MISSING_INFORMATION: "Something was missing to go on",
    BreachCause.CANDIDATE_ASKED: "The candidate asked for later",
    BreachCause.APPROVAL_PENDING: "An approval was not there yet",
    BreachCause.OVERLOOKED: "It was overlooked",
    BreachCause.TECHNICAL: "Something technical",
    BreachCause.OTHER: "Another reason (say which)",
}
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_DAYS_FROM = timedelta(hours=48)
_HOURS_FROM = timedelta(minutes=90)


class ClockState(StrEnum):
    """How a clock stands. In time, warned, over; resting; and, once stopped, kept or not."""

    RUNNING = "running"
    YELLOW = "yellow"
    RED = "red"
    RESTING = "resting"
    AHEAD = "ahead"
    KEPT = "kept"
    BROKEN = "broken"

    @property
    def label(self) -> str:
        """The word beside the mark."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ClockState.RUNNING: "In time",
    ClockState.YELLOW: "Due soon",
    ClockState.RED: "Over",
    ClockState.RESTING: "Paused",
    ClockState.AHEAD: "Not begun",
    ClockState.KEPT: "Kept",
    ClockState.BROKEN: "Not kept",
}


def clock_state(
    *,
    now: datetime,
    started_at: datetime,
    stopped_at: datetime | None,
    yellow_at: datetime | None,
    due_at: datetime | None,
    is_paused: bool,
) -> ClockState:
    """Return how a clock stands at ``now`` (aware moments). What is over stays over, even while it rests."""
    if stopped_at is not None:
        return ClockState.BROKEN if due_at is not None and stopped_at > due_at else ClockState.KEPT
    if due_at is not None and now > due_at:
        return ClockState.RED
    if is_paused:
        return ClockState.RESTING
    if now < started_at:
        return ClockState.AHEAD
    return ClockState.YELLOW if yellow_at is not None and now >= yellow_at else ClockState.RUNNING


def time_in_words(*, length: timedelta) -> str:
    """Write a length of time in its largest sensible unit: "40 min", "5 h", "3 d". Less than a minute is one."""
    length = abs(length)
    if length >= _DAYS_FROM:
        return f"{round(length / _DAY)} d"
    if length >= _HOURS_FROM:
        return f"{round(length / _HOUR)} h"
    return f"{max(round(length / _MINUTE), 1)} min"


def left_in_words(*, now: datetime, due_at: datetime | None, is_paused: bool = False) -> str:
    """Return the time left on the wall clock as every page says it: "2 h left", "3 h late", "paused"."""
    if due_at is not None and now > due_at:
        return f"{time_in_words(length=now - due_at)} late"
    if is_paused:
        return "paused"
    if due_at is None:
        return "no end yet"
    return f"{time_in_words(length=due_at - now)} left"
