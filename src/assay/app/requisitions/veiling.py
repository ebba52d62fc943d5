"""What a requisition shows of readiness to somebody whose own answers are due: nothing of what the others said."""

from dataclasses import replace

from assay.app.readiness.step_queries import has_sheet_due
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.standing import Standing
from assay.core.requisitions.completeness import Gap, Weight
from assay.core.requisitions.status import ReadinessGate
from assay.platform.accounts.models import User

READINESS = "readiness"
HIDDEN = "shown once your own answers are in"
_DUE = "Your own answers on readiness are due. Hand them in, or say on your sheet that you will not answer."


def standing_seen(*, actor: User, row: Requisition, standing: Standing) -> Standing:
    """Return where the approval stands as ``actor`` may read it; what it rests on and decides stays as it is."""
    if not has_sheet_due(actor=actor, requisition_id=row.pk):
        return standing
    changes = tuple(
        replace(one, before=HIDDEN, after=HIDDEN) if one.field.key == READINESS else one
        for one in standing.approval.changes
    )
    basis = replace(standing.basis, facts={**standing.basis.facts, READINESS: HIDDEN}, readiness=None)
    return replace(standing, basis=basis, approval=replace(standing.approval, changes=changes))


def gaps_seen(*, actor: User, row: Requisition, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Return what is missing as ``actor`` may read it: what the verdict would ask gives way to their own sheet.

    Where readiness binds, it has to be in before they put the request forward: else trying would tell the verdict.
    """
    gate = ReadinessGate(row.readiness_gate)
    if gate is ReadinessGate.OFF or not has_sheet_due(actor=actor, requisition_id=row.pk):
        return gaps
    weight = Weight.BLOCKS if gate is ReadinessGate.BLOCK else Weight.WARNS
    return (Gap("ready", weight, _DUE), *(one for one in gaps if one.key != "ready"))
