"""What an application waits for, worked out from facts and never set by hand."""

from enum import StrEnum


class WorkState(StrEnum):
    """Whose move it is. ``PROGRESS`` is a live application for which nobody owes anything yet."""

    REVIEW = "review"
    SCHEDULING = "scheduling"
    INTERVIEW = "interview"
    FEEDBACK = "feedback"
    DECISION = "decision"
    OFFER = "offer"
    CANDIDATE = "candidate"
    HELD = "held"
    PROGRESS = "progress"
    DONE = "done"
