"""Why the clocks of an application rest although it is not on hold: the candidate holds the ball."""

from enum import StrEnum


class PauseCause(StrEnum):
    """What the candidate was asked for, or asked for."""

    ASKED_FOR_INFORMATION = "asked_for_information"
    CHOOSES_TIME = "chooses_time"
    WORKS_ON_SAMPLE = "works_on_sample"
    THINKS_ABOUT_OFFER = "thinks_about_offer"
    ASKED_FOR_LATER = "asked_for_later"

    @property
    def label(self) -> str:
        """The words people see."""
        return PAUSE_LABELS[self]


PAUSE_LABELS: dict[PauseCause, str] = {
    PauseCause.ASKED_FOR_INFORMATION: "was asked for something",
    PauseCause.CHOOSES_TIME: "chooses a time",
    PauseCause.WORKS_ON_SAMPLE: "works on a sample",
    PauseCause.THINKS_ABOUT_OFFER: "thinks about the offer",
    PauseCause.ASKED_FOR_LATER: "asked for more time",
}
