"""The plan of stages of one job while people stand in it: what makes a plan usable, which version of it was seen."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.pipeline.stage import StageGroup

MOST_STAGES = 20
LONGEST_NAME = 80


class StagePlanError(ValueError):
    """Raised for a plan that cannot be worked with; ``field`` says which row or part of the form to change."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class StageDraft:
    """A stage as somebody wants it: its id (None for a new one), name and group. Their order is the plan's."""

    id: int | None
    name: str
    group: StageGroup


@dataclass(frozen=True, slots=True)
class KeptStage:
    """A stage as it is kept: id, name, group, position, and whether it was taken out of the plan."""

    id: int
    name: str
    group: StageGroup
    position: int
    is_retired: bool


def check_plan(*, drafts: Sequence[StageDraft]) -> None:
    """Raise ``StagePlanError`` unless a job can be run on these stages.

    People begin somewhere that needs no approved band and are hired in the last stage, the only one of its group; no
    two stages share a name, since history and reports name them.
    """
    if len(drafts) > MOST_STAGES:
        raise StagePlanError(field="plan", message=f"A plan has at most {MOST_STAGES} stages.")
    names: set[str] = set()
    for number, draft in enumerate(drafts, 1):
        if not 1 <= len(draft.name) <= LONGEST_NAME:
            raise StagePlanError(
                field=f"name-{number}", message=f"Give every stage a name of 1 to {LONGEST_NAME} characters."
            )
        if draft.name.casefold() in names:
            raise StagePlanError(field=f"name-{number}", message=f"Two stages are called “{draft.name}”. Rename one.")
        names.add(draft.name.casefold())
    if not drafts or drafts[-1].group is not StageGroup.HIRED:
        raise StagePlanError(field="plan", message="The last stage is the one in which people are hired.")
    if any(draft.group is StageGroup.HIRED for draft in drafts[:-1]):
        raise StagePlanError(field="plan", message="Only one stage is for people who are hired, the last one.")
    if all(draft.group.needs_approved_band for draft in drafts):
        message = (
            "Keep a stage of the application or of assessments: applicants begin there, before the band is approved."
        )
        raise StagePlanError(field="plan", message=message)


def order_with_retired(*, kept: Sequence[KeptStage], live: Sequence[int]) -> tuple[int, ...]:
    """Return all ids in one order: ``live`` as asked, each retired stage after the stages it used to follow.

    So whoever still stands in a retired stage moves on from where they were.
    """
    order = list(live)
    before: list[int] = []
    for stage in sorted(kept, key=lambda one: one.position):
        if stage.is_retired:
            place = next((order.index(one) + 1 for one in reversed(before) if one in order), 0)
            order.insert(place, stage.id)
        before.append(stage.id)
    return tuple(order)


def version_of(*, kept: Sequence[KeptStage]) -> str:
    """Return a short name for a plan as it stands: another one as soon as anything in it changes."""
    parts = [
        f"{one.id}|{one.name}|{one.group}|{one.position}|{one.is_retired}" for one in sorted(kept, key=lambda s: s.id)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
