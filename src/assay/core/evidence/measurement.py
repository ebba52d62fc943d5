"""One observation of one competency of one person, with the evidence it stands on."""

from dataclasses import dataclass
from enum import StrEnum


class Observer(StrEnum):
    """Who or what observed. The reliability of each kind stands in the knowledge files."""

    RESUME_SCREEN = "resume_screen"
    PERSON = "person"
    INTERVIEW = "interview"


class MeasurementWithoutEvidence(ValueError):
    """Raised when a measurement claims something was seen but quotes nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote: page from 1 and the half-open character range in the document's text."""

    quote: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A level (0-4) for a competency, how reliable this kind of observation is (0-1), and its evidence.

    Raises ``MeasurementWithoutEvidence`` for a level above 0 that quotes nothing, and ``ValueError``
    for a level or a reliability outside its range.
    """

    competency: str
    level: float
    reliability: float
    observer: Observer
    evidence: tuple[Evidence, ...]
    rules_version: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.level <= 4.0:
            raise ValueError(f"level must lie between 0 and 4, not {self.level}")
        if not 0.0 <= self.reliability <= 1.0:
            raise ValueError(f"reliability must lie between 0 and 1, not {self.reliability}")
        if self.level > 0 and not self.evidence:
            raise MeasurementWithoutEvidence(f"{self.competency}: level {self.level} with no quote behind it")
