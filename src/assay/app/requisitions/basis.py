"""What an approval of a requisition would rest on now: its facts, from what is stored, not from how desks word it."""

from dataclasses import dataclass
from decimal import Decimal

from assay.app.requisitions.desks import desk_result
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.steps import StepResult
from assay.core.requisitions.facts import Facts, facts_hash, money_fact, range_fact


@dataclass(frozen=True, slots=True)
class PinnedRole:
    """The version of a role that the requisition is held to."""

    version_id: int
    key: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class Band:
    """The newest band of the requisition: base pay a year."""

    low: Decimal
    high: Decimal
    currency: str
    family: str
    level: str
    country: str
    metro: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The facts of a requisition as they are now, and what they were made from."""

    facts: Facts
    role: PinnedRole | None
    band: Band | None
    model: str
    readiness: StepResult | None

    @property
    def hash(self) -> str:
        """The hash that an approval of these facts carries."""
        return facts_hash(self.facts)


def find_basis(*, row: Requisition) -> Basis:
    """Return what an approval of this requisition would rest on; asks no one's permission."""
    role, band = find_role(row=row), _band(row)
    comparison = row.model_comparisons.order_by("-created_at", "-id").values_list("chosen", flat=True).first()
    readiness = desk_result(requisition_id=row.pk, key="ready")
    facts = {
        "role": f"{role.key}, version {role.version}" if role else "",
        "band": range_fact(low=band.low, high=band.high, currency=band.currency) if band else "",
        "market": _market(band) if band else "",
        "headcount": str(row.headcount),
        "budget": f"{money_fact(amount=row.budget, currency=row.currency)} a year" if row.budget is not None else "",
        "model": (comparison or "").replace("_", " "),
        "readiness": readiness.facts.get("verdict", "").replace("_", " ") if readiness else "",
        "location": row.location,
    }
    return Basis(facts=facts, role=role, band=band, model=comparison or "", readiness=readiness)


def find_role(*, row: Requisition) -> PinnedRole | None:
    """Return the role that counts: the one chosen, unless the role desk made another one for this request since."""
    made = row.role_intakes.exclude(role_version=None).select_related("role_version").order_by("-created_at", "-id")
    newest = made.first()
    chosen_at = row.role_chosen_at or row.created_at
    if newest is not None and (row.role_version is None or newest.created_at > chosen_at):
        version = newest.role_version
    else:
        version = row.role_version
    return PinnedRole(version.pk, version.role_key, version.version, version.title) if version else None


def _band(row: Requisition) -> Band | None:
    newest = row.pay_bands.order_by("-created_at", "-id").first()
    if newest is None:
        return None
    return Band(newest.low, newest.high, newest.currency, newest.family, newest.level, newest.country, newest.metro)


def _market(band: Band) -> str:
    family = f"{band.level} {band.family}".replace("_", " ").replace("-", " ").strip()
    return ", ".join(part for part in (family, band.metro, band.country) if part)
