"""Asks each desk for its newest result for a requisition, in the order of the path."""

from collections.abc import Callable, Mapping
from importlib import import_module

from assay.app.requisitions.steps import StepResult

DESKS: Mapping[str, str] = {
    "ready": "assay.app.readiness.queries",
    "role": "assay.app.roles.queries",
    "market": "assay.app.market.pay.queries",
    "cost": "assay.app.market.cost.queries",
    "model": "assay.app.market.hiring_models.queries",
    "posting": "assay.app.postings.queries",
}


def desk_results(*, requisition_id: int) -> dict[str, StepResult]:
    """Return the newest result of every desk that has one for the requisition, by the desk's key on the path.

    Asks no one's permission: whoever calls this has already found the requisition for an actor.
    """
    found = ((key, _newest(module, requisition_id)) for key, module in DESKS.items())
    return {key: result for key, result in found if result is not None}


def desk_result(*, requisition_id: int, key: str) -> StepResult | None:
    """Return the newest result of one desk (a key of ``DESKS``) for the requisition, if there is one."""
    return _newest(DESKS[key], requisition_id)


def _newest(module: str, requisition_id: int) -> StepResult | None:
    try:
        ask: Callable[..., StepResult | None] = import_module(module).latest_for_requisition
    except (ImportError, AttributeError):
        return None
    return ask(requisition_id=requisition_id)
