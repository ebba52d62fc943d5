"""The words that pages show for what a requisition is and where it stands."""

from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.status import ReadinessGate, RequisitionReason, RequisitionStatus

REASONS = {
    RequisitionReason.GROWTH: "Growth: work nobody does yet",
    RequisitionReason.BACKFILL: "Backfill: somebody left or moved",
    RequisitionReason.CONVERSION: "Conversion: a contractor becomes an employee",
    RequisitionReason.PROJECT: "Project: work with an end",
}
GATES = {
    ReadinessGate.BLOCK: "Required: not submitted until the verdict is to hire, with or without conditions",
    ReadinessGate.WARN: "Advised: said on the page, but not in the way",
    ReadinessGate.OFF: "Not asked",
}
STATUSES = {
    RequisitionStatus.DRAFT: "Draft",
    RequisitionStatus.SUBMITTED: "Waiting for approval",
    RequisitionStatus.APPROVED: "Approved",
    RequisitionStatus.REJECTED: "Sent back",
    RequisitionStatus.WITHDRAWN: "Withdrawn",
}
STATES = {
    ApprovalState.NOT_SUBMITTED: "Draft",
    ApprovalState.WAITING: "Waiting for approval",
    ApprovalState.SENT_BACK: "Sent back",
    ApprovalState.APPROVED: "Approved",
    ApprovalState.LAPSED: "Approval lapsed",
}
STATE_ICONS = {
    ApprovalState.NOT_SUBMITTED: "circle-dashed",
    ApprovalState.WAITING: "hourglass",
    ApprovalState.SENT_BACK: "undo-2",
    ApprovalState.APPROVED: "badge-check",
    ApprovalState.LAPSED: "triangle-alert",
}
