"""Stages of a hiring plan and the groups that let the stages of different jobs be compared."""

from dataclasses import dataclass
from enum import StrEnum


class StageGroup(StrEnum):
    """Job-independent milestones, in the order of a hire."""

    APPLICATION = "application"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"

    @property
    def needs_approved_band(self) -> bool:
        """Tell whether a stage of this group is entered only with an approved band: interviews and all after them."""
        return self in (StageGroup.INTERVIEW, StageGroup.OFFER, StageGroup.HIRED)


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One step of a plan: a name for people and its group."""

    name: str
    group: StageGroup
