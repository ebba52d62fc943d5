"""What a requisition still lacks, and whether its band fits its budget: the rules, fed from what is stored."""

from decimal import Decimal, InvalidOperation

from assay.app.requisitions.basis import Basis
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.rules import assumed_factor, factor_limits
from assay.app.requisitions.standing import Standing
from assay.core.base.source import Source
from assay.core.requisitions.budget import BudgetCheck, LoadedFactor, check_budget
from assay.core.requisitions.completeness import Gap, Request, find_gaps
from assay.core.requisitions.status import ReadinessGate


def gaps_of(*, row: Requisition, standing: Standing) -> tuple[Gap, ...]:
    """Return what is missing before the requisition can be put forward."""
    basis = standing.basis
    judged = basis.readiness
    request = Request(
        has_problem=bool(row.problem.strip()),
        has_role=basis.role is not None,
        has_band=basis.band is not None,
        has_budget=row.budget is not None,
        has_plan=standing.plan_now is not None,
        has_cost=row.cost_scenarios.exists(),
        has_model=bool(basis.model),
        readiness=judged.verdict.value if judged else "",
        readiness_label=f"{judged.verdict.label}, {judged.turnout.share}" if judged else "",
        gate=ReadinessGate(row.readiness_gate),
    )
    return find_gaps(request=request)


def budget_of(*, row: Requisition, basis: Basis) -> BudgetCheck:
    """Return how the band stands to the budget, with the cost desk's own factor where it has worked one out."""
    band = basis.band
    return check_budget(
        low=band.low if band else None,
        high=band.high if band else None,
        band_currency=band.currency if band else "",
        headcount=row.headcount,
        factor=_worked_out(row) or assumed_factor(),
        budget=row.budget,
        budget_currency=row.currency,
    )


def _worked_out(row: Requisition) -> LoadedFactor | None:
    """Return the middle of the newest scenario's factor over base pay; one that cannot be read is left out."""
    newest = row.cost_scenarios.order_by("-created_at", "-id").first()
    if newest is None:
        return None
    try:
        value = Decimal(str(newest.result["yearly"]["factor"]["p50"]))
    except (KeyError, TypeError, InvalidOperation):
        return None
    least, most = factor_limits()
    if not value.is_finite() or not least <= value <= most:
        return None
    return LoadedFactor(value, Source(f"the middle of “{newest.title}”"), is_assumed=False)
