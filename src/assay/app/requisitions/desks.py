"""Asks each desk for its newest result for a requisition, in the order of the path."""

from collections.abc import Callable, Mapping

from assay.app.market.cost import queries as cost
from assay.app.market.hiring_models import queries as hiring_models
from assay.app.market.pay import queries as pay
from assay.app.postings import queries as postings
from assay.app.readiness import step_queries as readiness
from assay.app.requisitions.steps import StepResult
from assay.app.roles import queries as roles

DESKS: Mapping[str, Callable[..., StepResult | None]] = {
    "ready": readiness.latest_for_requisition,
    "role": roles.latest_for_requisition,
    "market": pay.latest_for_requisition,
    "cost": cost.latest_for_requisition,
    "model": hiring_models.latest_for_requisition,
    "posting": postings.latest_for_requisition,
}


def desk_results(*, requisition_id: int) -> dict[str, StepResult]:
    """Return the newest result of every desk that has one for the requisition, by the desk's key on the path.

    Asks no one's permission: whoever calls this has already found the requisition for an actor.
    """
    found = ((key, ask(requisition_id=requisition_id)) for key, ask in DESKS.items())
    return {key: result for key, result in found if result is not None}


def results_seen(*, requisition_id: int, due: StepResult | None) -> dict[str, StepResult]:
    """Return the desks' results as somebody may read them: while their own readiness sheet is ``due`` (what
    ``due_for_requisition`` answers them), that desk tells them only so."""
    found = desk_results(requisition_id=requisition_id)
    return {**found, "ready": due} if due is not None else found
