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


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One step of a plan: a name for people and its group."""

    name: str
    group: StageGroup
