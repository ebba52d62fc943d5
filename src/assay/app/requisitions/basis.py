"""What an approval of a requisition would rest on now: its facts, from what is stored, not from how desks word it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assay.app.market.models import ModelComparison, PayBand
from assay.app.readiness.verdicts import Judged, find_judged
from assay.app.requisitions.models import Requisition
from assay.app.roles.models import RoleIntake
from assay.core.requisitions.facts import Facts, facts_hash, money_fact, range_fact
from assay.core.requisitions.status import ReadinessGate

NOT_ASSESSED = "not assessed"


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
    readiness: Judged | None

    @property
    def hash(self) -> str:
        """The hash that an approval of these facts carries."""
        return facts_hash(self.facts)


def find_bases(*, rows: Sequence[Requisition]) -> dict[int, Basis]:
    """Return what an approval of each requisition would rest on, by id, in four queries; asks no one's permission.

    Load ``role_version`` with the rows: it is read of each.
    """
    ids = [row.pk for row in rows]
    intakes, bands, models = _newest_intakes(ids), _newest_bands(ids), _newest_models(ids)
    judged = find_judged(requisition_ids=ids)
    return {
        row.pk: _basis(row, intakes.get(row.pk), bands.get(row.pk), models.get(row.pk, ""), judged.get(row.pk))
        for row in rows
    }


def find_role(*, row: Requisition) -> PinnedRole | None:
    """Return the role that counts: the one chosen, unless the role desk made another one for this request since."""
    return _role(row, _newest_intakes([row.pk]).get(row.pk))


def _basis(
    row: Requisition, intake: RoleIntake | None, band: Band | None, model: str, readiness: Judged | None
) -> Basis:
    role = _role(row, intake)
    facts = {
        "role": f"{role.key}, version {role.version}" if role else "",
        "band": range_fact(low=band.low, high=band.high, currency=band.currency) if band else "",
        "market": _market(band) if band else "",
        "headcount": str(row.headcount),
        "budget": f"{money_fact(amount=row.budget, currency=row.currency)} a year" if row.budget is not None else "",
        "model": model.replace("_", " "),
        "readiness": readiness.verdict.value.replace("_", " ") if readiness else NOT_ASSESSED,
        "readiness_gate": ReadinessGate(row.readiness_gate).fact,
        "location": row.location,
    }
    return Basis(facts=facts, role=role, band=band, model=model, readiness=readiness)


def _role(row: Requisition, newest: RoleIntake | None) -> PinnedRole | None:
    chosen_at = row.role_chosen_at or row.created_at
    if newest is not None and (row.role_version is None or newest.created_at > chosen_at):
        version = newest.role_version
    else:
        version = row.role_version
    return PinnedRole(version.pk, version.role_key, version.version, version.title) if version else None


def _newest_intakes(ids: Sequence[int]) -> dict[int, RoleIntake]:
    rows = RoleIntake.objects.filter(requisition_id__in=ids).exclude(role_version=None).select_related("role_version")
    newest = rows.order_by("requisition_id", "-created_at", "-id").distinct("requisition_id")
    return {row.requisition_id: row for row in newest if row.requisition_id is not None}


def _newest_bands(ids: Sequence[int]) -> dict[int, Band]:
    rows = PayBand.objects.filter(requisition_id__in=ids).order_by("requisition_id", "-created_at", "-id")
    newest = rows.distinct("requisition_id").defer("benchmark")
    return {
        one.requisition_id: Band(one.low, one.high, one.currency, one.family, one.level, one.country, one.metro)
        for one in newest
        if one.requisition_id is not None
    }


def _newest_models(ids: Sequence[int]) -> Mapping[int, str]:
    rows = ModelComparison.objects.filter(requisition_id__in=ids).order_by("requisition_id", "-created_at", "-id")
    return {
        requisition_id: chosen
        for requisition_id, chosen in rows.distinct("requisition_id").values_list("requisition_id", "chosen")
        if requisition_id is not None
    }


def _market(band: Band) -> str:
    family = f"{band.level} {band.family}".replace("_", " ").replace("-", " ").strip()
    return ", ".join(part for part in (family, band.metro, band.country) if part)
