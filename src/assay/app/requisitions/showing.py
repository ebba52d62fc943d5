"""A requisition put into words and cards for its pages and its brief; nothing here decides."""

from dataclasses import dataclass

from assay.app.requisitions.path import DESK_LABELS, TEACHING, desk_address
from assay.app.requisitions.queries import RequisitionView
from assay.app.requisitions.steps import StepResult
from assay.core.requisitions.approval import ApprovalState


@dataclass(frozen=True, slots=True)
class Card:
    """One desk's part of the request: its result, or what it would add and where to begin."""

    key: str
    label: str
    result: StepResult | None
    teaching: str
    start_url: str


@dataclass(frozen=True, slots=True)
class Headline:
    """Where the request stands, in a word and a sentence, and what its next act is."""

    label: str
    sentence: str
    icon: str
    kind: str = ""


def cards_of(*, view: RequisitionView) -> tuple[Card, ...]:
    """Return the desks in the order of the path."""
    return tuple(
        Card(key, label, view.results.get(key), TEACHING[key], desk_address(key=key, requisition_id=view.id))
        for key, label in DESK_LABELS.items()
    )


def headline_of(*, view: RequisitionView) -> Headline:
    """Say where the request stands."""
    if view.is_withdrawn:
        return Headline("Withdrawn", "Nothing of it counts as approved. Submit it again to take it up.", "x")
    approval = view.standing.approval
    if approval.state is ApprovalState.APPROVED:
        then = "The job is open under it." if view.job_id else "Open the job: its interviews may start."
        return Headline("Approved", then, "badge-check")
    if approval.state is ApprovalState.WAITING:
        return Headline("Waiting for approval", _waits(view), "hourglass")
    if approval.state is ApprovalState.SENT_BACK:
        word = next((one for one in reversed(view.standing.said) if one.kind == "send_back"), None)
        said = f"{word.name}: “{word.reason}”" if word else ""
        return Headline("Sent back", said, "undo-2", "wrong")
    if approval.state is ApprovalState.LAPSED:
        said = "; ".join(change.sentence for change in approval.changes)
        return Headline("Approval lapsed", f"{said}. Submit it again.", "triangle-alert", "wrong")
    left = sum(gap.weight == "blocks" for gap in view.gaps)
    missing = f"{left} thing{'s' if left != 1 else ''} to settle before it can be submitted."
    return Headline("Draft", missing if left else "Nothing is missing. Submit it for approval.", "circle-dashed")


def _waits(view: RequisitionView) -> str:
    step = view.standing.approval.waiting_step
    if step is None:
        return ""
    names = [view.names.get(person, "somebody") for person in step.can_approve]
    who = " or ".join(names) if step.missing == 1 else f"{step.missing} of {', '.join(names)}"
    return f"{step.step.title}: {who}."
