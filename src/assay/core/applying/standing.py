"""Where somebody stands, in the candidate's words: the milestones on the way and the sentence for today."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

_LABELS: Mapping[StageGroup, str] = {
    StageGroup.APPLICATION: "Applied",
    StageGroup.ASSESSMENT: "Work shown",
    StageGroup.INTERVIEW: "Interviews",
    StageGroup.OFFER: "Offer",
    StageGroup.HIRED: "Hired",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: behind, here, or still to come."""

    label: str
    is_past: bool
    is_here: bool


def steps_of(*, group: StageGroup, has_ended: bool) -> tuple[Step, ...]:
    """Return the milestones of every job with where somebody is; nobody stands anywhere once it has ended."""
    order = list(StageGroup)
    at = order.index(group)
    return tuple(
        Step(
            label=_LABELS[one],
            is_past=index < at or (has_ended and index == at),
            is_here=index == at and not has_ended,
        )
        for index, one in enumerate(order)
    )


def words_for(
    *,
    status: ApplicationStatus,
    group: StageGroup,
    stages: Mapping[str, tuple[str, str]],
    endings: Mapping[str, tuple[str, str]],
) -> tuple[str, str]:
    """Return where somebody stands and what comes next. A status that says more than the stage goes first."""
    return endings[status.value] if status.value in endings else stages[group.value]
