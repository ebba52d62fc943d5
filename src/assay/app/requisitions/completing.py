"""What a requisition still lacks, and whether its band fits its budget: the rules, fed from what is stored."""

from decimal import Decimal, InvalidOperation

from assay.app.requisitions.basis import Basis
from assay.app.requisitions.desks import desk_result
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.rules import assumed_factor
from assay.app.requisitions.standing import Standing
from assay.app.requisitions.steps import StepResult
from assay.core.base.source import Source
from assay.core.requisitions.budget import BudgetCheck, LoadedFactor, check_budget
from assay.core.requisitions.completeness import Gap, Request, find_gaps
from assay.core.requisitions.status import ReadinessGate

LEAST_FACTOR, MOST_FACTOR = Decimal(1), Decimal(10)


def gaps_of(*, row: Requisition, standing: Standing) -> tuple[Gap, ...]:
    """Return what is missing before the requisition can be put forward."""
    basis = standing.basis
    readiness = basis.readiness
    request = Request(
        has_problem=bool(row.problem.strip()),
        has_role=basis.role is not None,
        has_band=basis.band is not None,
        has_budget=row.budget is not None,
        has_plan=standing.plan_now is not None,
        has_cost=row.cost_scenarios.exists(),
        has_model=bool(basis.model),
        readiness=readiness.facts.get("verdict", "") if readiness else "",
        readiness_label=readiness.headline if readiness else "",
        gate=ReadinessGate(row.readiness_gate),
    )
    return find_gaps(request=request)


def budget_of(*, row: Requisition, basis: Basis, cost: StepResult | None = None) -> BudgetCheck:
    """Return how the band stands to the budget, with the cost desk's own factor where it has worked one out."""
    band = basis.band
    cost = cost or desk_result(requisition_id=row.pk, key="cost")
    return check_budget(
        low=band.low if band else None,
        high=band.high if band else None,
        band_currency=band.currency if band else "",
        headcount=row.headcount,
        factor=_factor(cost) or assumed_factor(),
        budget=row.budget,
        budget_currency=row.currency,
    )


def _factor(cost: StepResult | None) -> LoadedFactor | None:
    """Read the factor out of the cost desk's facts; one that cannot be is left out, never guessed."""
    try:
        value = Decimal(cost.facts["loaded_factor"]) if cost else None
    except (KeyError, InvalidOperation):
        return None
    if value is None or not value.is_finite() or not LEAST_FACTOR <= value <= MOST_FACTOR:
        return None
    return LoadedFactor(value, Source(cost.headline if cost else "", "cost desk"), is_assumed=False)
