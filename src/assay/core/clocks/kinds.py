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
