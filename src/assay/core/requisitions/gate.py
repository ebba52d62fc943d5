"""May interviews start? Only with a band that was approved and still is what was approved."""

from dataclasses import dataclass

from assay.core.requisitions.approval import Approval, ApprovalState


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Yes, or no with what is the matter and what to do about it, in words for people."""

    is_open: bool
    why: str = ""
    todo: str = ""


OPEN = GateAnswer(is_open=True)


def ask_gate(*, has_requisition: bool, has_band: bool, approval: Approval) -> GateAnswer:
    """Answer whether applicants of a job may be moved into interviews (F258, F265)."""
    if not has_requisition:
        return GateAnswer(False, "This job has no approved band.", "Ask for approval of its band first.")
    if approval.state is ApprovalState.APPROVED and has_band:
        return OPEN
    if not has_band:
        return GateAnswer(False, "No band has been set for this job.", "Set the band and have it approved first.")
    return _not_approved(approval)


def _not_approved(approval: Approval) -> GateAnswer:
    if approval.state is ApprovalState.LAPSED:
        said = "; ".join(change.sentence for change in approval.changes)
        return GateAnswer(False, f"The approval of the band has lapsed: {said}.", "Have it approved again.")
    if approval.state is ApprovalState.SENT_BACK:
        return GateAnswer(False, "The band was sent back and is not approved.", "Answer it, then submit again.")
    if approval.state is ApprovalState.WAITING:
        step = approval.waiting_step
        named = f" It waits for “{step.step.title}”." if step else ""
        return GateAnswer(False, f"The band is not approved yet.{named}", "Interviews can start once it is.")
    return GateAnswer(False, "The band has not been put forward for approval.", "Submit the request first.")
