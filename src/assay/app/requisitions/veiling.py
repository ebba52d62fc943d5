"""What a requisition shows of readiness to somebody whose own answers are due: nothing of what the others said."""

from dataclasses import replace

from assay.app.requisitions.models import Requisition
from assay.app.requisitions.standing import Standing
from assay.core.requisitions.completeness import Gap, Weight
from assay.core.requisitions.status import ReadinessGate

READINESS = "readiness"
HIDDEN = "shown once your own answers are in"
_DUE = "Your own answers on readiness are due. Hand them in, or say on your sheet that you will not answer."


def standing_seen(*, standing: Standing, is_due: bool) -> Standing:
    """Return where the approval stands as somebody may read it whose own sheet is due or not; what it rests on and
    decides stays as it is."""
    if not is_due:
        return standing
    changes = tuple(
        replace(one, before=HIDDEN, after=HIDDEN) if one.field.key == READINESS else one
        for one in standing.approval.changes
    )
    basis = replace(standing.basis, facts={**standing.basis.facts, READINESS: HIDDEN}, readiness=None)
    return replace(standing, basis=basis, approval=replace(standing.approval, changes=changes))


def gaps_seen(*, row: Requisition, gaps: tuple[Gap, ...], is_due: bool) -> tuple[Gap, ...]:
    """Return what is missing as they may read it: what the verdict would ask gives way to their own sheet.

    Where readiness binds, it has to be in before they put the request forward: else trying would tell the verdict.
    """
    gate = ReadinessGate(row.readiness_gate)
    if gate is ReadinessGate.OFF or not is_due:
        return gaps
    weight = Weight.BLOCKS if gate is ReadinessGate.BLOCK else Weight.WARNS
    return (Gap("ready", weight, _DUE), *(one for one in gaps if one.key != "ready"))
