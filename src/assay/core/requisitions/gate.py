"""May interviews start? Only with a band that was approved and still is what was approved."""

from dataclasses import dataclass

from assay.core.requisitions.approval import Approval, ApprovalState


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Yes, or no with what is the matter and what to do about it, in words for people.

    ``note`` says of a yes what whoever reads it has to know.
    """

    is_open: bool
    why: str = ""
    todo: str = ""
    note: str = ""


OPEN = GateAnswer(is_open=True)
OPEN_BY_OWN_APPROVAL = GateAnswer(is_open=True, note="It was approved by whoever asked for it.")


def ask_gate(*, has_requisition: bool, has_band: bool, approval: Approval, with_values: bool = False) -> GateAnswer:
    """Answer whether applicants of a job may be moved into interviews (F258, F265).

    Only ``with_values`` does the answer say from what to what a fact changed. Without it, it names the fields alone:
    whoever works on the job may not see the request, its budget or its band.
    """
    if not has_requisition:
        return GateAnswer(False, "This job has no approved band.", "Ask for approval of its band first.")
    if approval.state is ApprovalState.APPROVED and has_band:
        return OPEN_BY_OWN_APPROVAL if approval.own_approval else OPEN
    if not has_band:
        return GateAnswer(False, "No band has been set for this job.", "Set the band and have it approved first.")
    return _not_approved(approval, with_values=with_values)


def _not_approved(approval: Approval, *, with_values: bool) -> GateAnswer:
    if approval.state is ApprovalState.LAPSED:
        said = _changed(approval, with_values=with_values)
        return GateAnswer(False, f"The approval of the band has lapsed: {said}.", "Have it approved again.")
    if approval.state is ApprovalState.SENT_BACK:
        return GateAnswer(False, "The band was sent back and is not approved.", "Answer it, then submit again.")
    if approval.state is ApprovalState.WAITING:
        step = approval.waiting_step
        named = f" It waits for “{step.step.title}”." if step else ""
        return GateAnswer(False, f"The band is not approved yet.{named}", "Interviews can start once it is.")
    return GateAnswer(False, "The band has not been put forward for approval.", "Submit the request first.")


def _changed(approval: Approval, *, with_values: bool) -> str:
    if with_values:
        return "; ".join(change.sentence for change in approval.changes)
    return "; ".join(f"{change.field.label} changed" for change in approval.changes)
