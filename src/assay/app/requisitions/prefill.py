"""What a requisition already knows, so that no desk asks for it twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assay.app.market.pay.catalogue import family_of
from assay.app.readiness.step_queries import has_sheet_due
from assay.app.requisitions.basis import PinnedRole, find_role
from assay.app.requisitions.desks import desk_results
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.steps import StepResult
from assay.app.roles.queries import get_role_version
from assay.core.market.pay.question import PayQuestionError
from assay.platform.accounts.models import User
from assay.platform.numbers import read_whole

Facts = Mapping[str, str]
NOTHING: Facts = {}


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is known; ``None`` is not known yet. ``level`` is junior, mid, senior or lead, ``base_low`` and
    ``base_high`` are base pay a year in ``currency``, ``readiness_verdict`` and ``model`` are the desks' own words."""

    title: str | None = None
    problem: str | None = None
    family: str | None = None
    level: str | None = None
    role_id: int | None = None
    location: str | None = None
    country: str | None = None
    metro: str | None = None
    currency: str | None = None
    base_low: Decimal | None = None
    base_high: Decimal | None = None
    months: int | None = None
    headcount: int | None = None
    readiness_verdict: str | None = None
    model: str | None = None


def prefill(*, requisition_id: int, actor: User | None = None) -> Prefill:
    """Return what the requisition and the desks' newest results say; nothing at all for one that does not exist.

    Asks no one's permission: the page found the requisition for its actor (``chosen_requisition``) before. The verdict
    of readiness is told only to a named ``actor`` whose own answers are not due.
    """
    row = Requisition.objects.select_related("role_version").filter(pk=requisition_id).first()
    if row is None:
        return Prefill()
    results = desk_results(requisition_id=requisition_id)
    if actor is None or has_sheet_due(actor=actor, requisition_id=requisition_id):
        results.pop("ready", None)
    pinned = find_role(row=row)
    role, pay, cost = _facts(results, "role"), _facts(results, "market"), _facts(results, "cost")
    return Prefill(
        title=row.title or None,
        problem=row.problem or None,
        family=pay.get("family") or _family(role.get("family", "")),
        level=role.get("level") or pay.get("level") or _seniority(pinned),
        role_id=pinned.version_id if pinned else None,
        location=row.location or None,
        country=pay.get("country") or role.get("country") or None,
        metro=pay.get("metro") or role.get("metro") or None,
        currency=pay.get("currency") or row.currency or None,
        base_low=_amount(pay.get("low")),
        base_high=_amount(pay.get("high")),
        months=read_whole(cost.get("months", ""), most_digits=5),
        headcount=row.headcount,
        readiness_verdict=_facts(results, "ready").get("verdict") or None,
        model=_facts(results, "model").get("chosen") or None,
    )


def _facts(results: Mapping[str, StepResult], key: str) -> Facts:
    return results[key].facts if key in results else NOTHING


def _seniority(pinned: PinnedRole | None) -> str | None:
    view = get_role_version(role_version_id=pinned.version_id) if pinned else None
    return view.role.seniority.value if view is not None else None


def _family(name: str) -> str | None:
    """Return the pay desk's family for what the role desk calls it; one it does not know stays open."""
    try:
        return family_of(name) if name else None
    except PayQuestionError:
        return None


def _amount(text: str | None) -> Decimal | None:
    try:
        amount = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None
