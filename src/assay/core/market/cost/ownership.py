"""What a seat costs over a horizon, from the day it opens: hiring it, running it, and filling it again."""

from dataclasses import dataclass

import numpy as np

from assay.core.market.cost.scenario import Contribution, Sample
from assay.core.market.cost.yearly import Yearly, hour_cost, yearly_cost
from assay.core.market.draws import Array

_MONTHS_OF_A_WEEK = 12 / 52
_MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Ownership:
    """Draws of the cost of one seat over a horizon, by part, and of the work that comes out of it (in years)."""

    hiring: Array
    interviewing: Array
    onboarding: Array
    equipment: Array
    working: Array
    ramp: Array
    tools: Array
    replacement: Array
    equity: Array
    filled_years: Array
    productive_years: Array

    @property
    def total(self) -> Array:
        """Everything paid, without equity."""
        return sum(self.parts.values(), np.zeros_like(self.hiring))

    @property
    def parts(self) -> dict[str, Array]:
        """The parts of the total by the id of their component."""
        names = ("working", "ramp", "tools", "equipment", "hiring", "interviewing", "onboarding", "replacement")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Filling:
    """Draws of what it takes to fill the seat once, in currency."""

    recruiting: Array
    interviewing: Array
    onboarding: Array

    @property
    def total(self) -> Array:
        """All of it."""
        return self.recruiting + self.interviewing + self.onboarding


@dataclass(frozen=True, slots=True)
class _Seat:
    """Draws of the seat's months: from the first start on, with somebody in it, lost to ramp and misfits; refills."""

    open: Array
    share_found: Array
    leavers: Array
    misfits: Array
    filled: Array
    lost: Array


def filling_cost(*, sample: Sample, yearly: Yearly) -> Filling:
    """Return what filling the seat once costs: fee or own recruiting, interviews, colleagues bringing somebody in."""
    hour = hour_cost(sample=sample, yearly=yearly)
    agency = sample["agency"]
    return Filling(
        recruiting=agency * sample["agency_fee"] * yearly.base + (1 - agency) * sample["own_recruiting"],
        interviewing=sample["interviewed"] * sample["interview_hours"] * hour,
        onboarding=sample["onboarding_hours"] * hour,
    )


def ownership_cost(*, sample: Sample, law: tuple[Contribution, ...], months: int) -> Ownership:
    """Return the cost of one seat over ``months`` from its opening.

    Total = hiring + equipment + running pay + tools + replacement. Running pay is split into what is paid for work
    and what is paid during ramp and to misfits; the two add up to the pay of the months in which the seat is filled.
    Replacement is expected: leavers and misfits, each by its chance, times what filling again costs.
    """
    yearly = yearly_cost(sample=sample, law=law)
    filling = filling_cost(sample=sample, yearly=yearly)
    seat = _seat(sample, months)
    occupied = np.divide(seat.filled, seat.open, out=np.zeros_like(seat.open), where=seat.open > 0)
    grown = grown_years(months=seat.open, growth=sample["growth"]) * occupied
    pay = yearly.pay * grown
    idle = np.divide(seat.lost, seat.filled, out=np.zeros_like(seat.lost), where=seat.filled > 0)
    parting = yearly.base * (sample["severance"] / 12 + sample["rework"])
    return Ownership(
        hiring=filling.recruiting * seat.share_found,
        interviewing=filling.interviewing * seat.share_found,
        onboarding=filling.onboarding * (seat.open > 0),
        equipment=sample["equipment"] * np.ceil(seat.open / sample["equipment_life"]),
        working=pay * (1 - idle),
        ramp=pay * idle,
        tools=yearly.tools * seat.filled / 12,
        replacement=(seat.leavers + seat.misfits) * filling.total + seat.misfits * parting,
        equity=yearly.equity * grown,
        filled_years=seat.filled / 12,
        productive_years=(seat.filled - seat.lost) / 12,
    )


def misfit_cost(*, sample: Sample, law: tuple[Contribution, ...]) -> Array:
    """Return what one hire that does not work out costs, apart from the delay of the work itself.

    Pay until they leave times the output missing, parting pay, colleagues' work put right, filling the seat again,
    and the ramp of whoever follows.
    """
    yearly = yearly_cost(sample=sample, law=law)
    missing = sample["misfit_months"] / 12 * (1 - sample["misfit_output"])
    parting = yearly.base * (sample["severance"] / 12 + sample["rework"])
    again = filling_cost(sample=sample, yearly=yearly).total
    return yearly.total * (missing + sample["ramp"] / 24) + parting + again


def grown_years(*, months: Array, growth: Array) -> Array:
    """Return the years in ``months``, each counted with the pay rises given before it (one at each anniversary)."""
    years = months / 12
    total = np.zeros_like(years)
    for passed in range(_MOST_YEARS):
        total += (1 + growth) ** passed * np.clip(years - passed, 0.0, 1.0)
    return total


def _seat(sample: Sample, months: int) -> _Seat:
    gap = sample["fill_weeks"] * _MONTHS_OF_A_WEEK
    is_open = np.maximum(months - gap, 0.0)
    misfits = sample["misfit"] * np.clip(is_open / sample["misfit_months"], 0.0, 1.0)
    leavers = sample["attrition"] * is_open / 12
    refills = misfits + leavers
    filled = np.maximum(is_open - refills * gap, 0.0)
    bad = misfits * np.minimum(is_open, sample["misfit_months"]) * (1 - sample["misfit_output"])
    lost = (1 - misfits) * _ramp_loss(is_open, sample["ramp"]) + bad + refills * sample["ramp"] / 2
    return _Seat(
        open=is_open,
        share_found=np.minimum(np.divide(months, gap, out=np.ones_like(gap), where=gap > 0), 1.0),
        leavers=leavers,
        misfits=misfits,
        filled=filled,
        lost=np.minimum(lost, filled),
    )


def _ramp_loss(months: Array, ramp: Array) -> Array:
    """Return the months lost while output rises in a straight line from nothing to full over ``ramp`` months."""
    reached = np.minimum(months, ramp)
    part = np.divide(reached * reached, 2 * ramp, out=np.zeros_like(ramp), where=ramp > 0)
    return np.asarray(reached - part, dtype=np.float64)
