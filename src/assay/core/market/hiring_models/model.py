"""A way to staff a seat: what it is good for, its uncertain inputs, and its risks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.core.market.draws import Distribution


class Grade(StrEnum):
    """How well a number is known, from observations down to our own guess."""

    MEASURED = "measured"
    PUBLISHED = "published"
    QUOTED = "quoted"
    VENDOR_CLAIM = "vendor claim"
    ASSUMPTION = "assumption"
    YOURS = "yours"


class Basis(StrEnum):
    """What the running cost of a model is made of."""

    EMPLOYEE = "employee"
    HOURLY = "hourly"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ABROAD = "abroad"
    MIX = "mix"


class RiskLevel(StrEnum):
    """How high a risk is held to be."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


_SHARED = ("search_weeks", "ramp_months", "efficiency", "utilisation", "leaving", "gap_weeks", "oversight", "kept")
NEEDED: Mapping[Basis, tuple[str, ...]] = {
    Basis.EMPLOYEE: (*_SHARED, "loaded", "equity", "fee"),
    Basis.HOURLY: (*_SHARED, "rate", "hours_week", "weeks_year", "platform"),
    Basis.WEEKLY: (*_SHARED, "price_week"),
    Basis.MONTHLY: (*_SHARED, "price_month"),
    Basis.ABROAD: (*_SHARED, "pay_ratio", "contributions", "fee_month", "fee"),
    Basis.MIX: ("lead_share", "pair_loss", "kept"),
}


class ModelError(ValueError):
    """Raised when the description of a model lacks something that its cost is made of."""


@dataclass(frozen=True, slots=True)
class Input:
    """An uncertain number with its unit, grade and source."""

    id: str
    label: str
    distribution: Distribution
    unit: str
    grade: Grade
    source: str


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time somebody states. Its clock has two named ends; times of different ends are never compared."""

    what: str
    low: float
    high: float
    unit: str
    starts: str
    ends: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class StatedPrice:
    """A price somebody states, and what it is charged for."""

    what: str
    low: float
    high: float
    unit: str
    basis: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk of a model, beside its cost and never inside it."""

    kind: str
    label: str
    level: RiskLevel
    text: str
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HiringModel:
    """One way to staff a seat. ``contract`` is the id of the kind of contract it leads to.

    Raises ``ModelError`` when an input that its basis needs is missing.
    """

    id: str
    label: str
    about: str
    best_for: str
    fact_ids: tuple[str, ...]
    contract: str
    contract_label: str
    basis: Basis
    inputs: Mapping[str, Input]
    risks: tuple[Risk, ...]
    stated_times: tuple[StatedTime, ...] = ()
    stated_prices: tuple[StatedPrice, ...] = ()

    def __post_init__(self) -> None:
        if missing := [name for name in NEEDED[self.basis] if name not in self.inputs]:
            raise ModelError(f"model {self.id} lacks the inputs {', '.join(missing)}; add them.")
