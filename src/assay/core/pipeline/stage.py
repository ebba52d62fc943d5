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


def asks_for_band(*, group: StageGroup, position: int, from_group: StageGroup, from_position: int) -> bool:
    """Tell whether a move to a stage needs an approved band.

    Groups decide, not the order of a plan's stages: whoever comes from a group that needs none is asked for it, and
    so is every move on from there. A step back among stages that need one is not.
    """
    if not group.needs_approved_band:
        return False
    return not from_group.needs_approved_band or position > from_position
