"""What clocks there are, and the typed causes for one that was not kept."""

from enum import StrEnum


class ClockKind(StrEnum):
    """What somebody is waiting for. Each is started and stopped by facts alone."""

    REVIEW = "review"
    STAGE = "stage"
    SCHEDULING = "scheduling"
    FIRST_INTERVIEW = "first_interview"
    FEEDBACK = "feedback"
    DECISION = "decision"
    OFFER = "offer"
    REPLY = "reply"
    REQUEST = "request"


class Counting(StrEnum):
    """Which hours a limit counts. ``OPEN_DAYS`` counts day and night, but rests on days on which the office is closed:
    72 hours are three working days, to the hour at which they began."""

    OPEN_DAYS = "open_days"
    WORKING = "working"
    ELAPSED = "elapsed"

    @property
    def label(self) -> str:
        """The words people see."""
        return _COUNTING_LABELS[self]


_COUNTING_LABELS = {
    Counting.OPEN_DAYS: "hours of working days",
    Counting.WORKING: "office hours",
    Counting.ELAPSED: "hours, weekends included",
}


class BreachCause(StrEnum):
    """Why a clock was not kept. About the work, never about a person's nature."""

    PANEL_NOT_AVAILABLE = "panel_not_available"
    DECIDER_NOT_AVAILABLE = "decider_not_available"
    TOO_MANY_APPLICANTS = "too_many_applicants"
    MISSING_INFORMATION = "missing_information"
    CANDIDATE_ASKED = "candidate_asked"
    APPROVAL_PENDING = "approval_pending"
    OVERLOOKED = "overlooked"
    TECHNICAL = "technical"
    OTHER = "other"
