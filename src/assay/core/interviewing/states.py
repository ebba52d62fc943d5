"""How far an interview is, and the four things an interviewer can recommend."""

from enum import StrEnum


class InterviewState(StrEnum):
    """Whether an interview is to come, took place, or will not."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Recommendation(StrEnum):
    """The overall recommendation of a scorecard. There is no middle."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"

    @property
    def label(self) -> str:
        """The words people see."""
        return ("Definitely not", "No", "Yes", "Definitely")[list(Recommendation).index(self)]
