"""What a seat costs in a year in which it is filled, part by part."""

from dataclasses import dataclass

import numpy as np

from assay.core.market.cost.scenario import Contribution, Sample, contributions_by_law
from assay.core.market.draws import Array


@dataclass(frozen=True, slots=True)
class Yearly:
    """Draws of a year's cost by part, in currency. Equity stands apart: it is no cash."""

    base: Array
    bonus: Array
    contributions: Array
    benefits: Array
    management: Array
    tools: Array
    equipment: Array
    equity: Array

    @property
    def pay(self) -> Array:
        """What rises with pay: base, bonus, contributions, benefits and the manager's time."""
        return self.base + self.bonus + self.contributions + self.benefits + self.management

    @property
    def total(self) -> Array:
        """The loaded cost without equity."""
        return self.pay + self.tools + self.equipment

    @property
    def parts(self) -> dict[str, Array]:
        """The parts of the total by the id of their component."""
        names = ("base", "bonus", "contributions", "benefits", "management", "tools", "equipment")
        return {name: getattr(self, name) for name in names}


def yearly_cost(*, sample: Sample, law: tuple[Contribution, ...]) -> Yearly:
    """Return the fully loaded cost of the first year, without hiring and ramp.

    Loaded cost = base + bonus + contributions by law + benefits + manager's time + tools + a year's share of the
    equipment (F122, F123). With a place's lines the contributions are computed on base and bonus; otherwise they are
    the input ``contributions``, a share of base.
    """
    base = sample["base"]
    bonus = base * sample["bonus"]
    return Yearly(
        base=base,
        bonus=bonus,
        contributions=_contributions(sample, base + bonus, law),
        benefits=base * sample["benefits"],
        management=base * sample["management"],
        tools=sample["software"] + sample["cloud"] + sample["remote"] + sample["learning"],
        equipment=sample["equipment"] * 12 / sample["equipment_life"],
        equity=base * sample["equity"],
    )


def hour_cost(*, sample: Sample, yearly: Yearly) -> Array:
    """Return what an hour of a colleague costs, taken to be what an hour of this seat costs."""
    return yearly.total / sample["hours_year"]


def _contributions(sample: Sample, wages: Array, law: tuple[Contribution, ...]) -> Array:
    own = sample.get("contributions")
    if own is not None:
        return sample["base"] * own
    extra = sample.get("unemployment", np.zeros_like(wages))
    return contributions_by_law(wages=wages, law=law) + extra
