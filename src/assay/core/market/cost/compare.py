"""Two scenarios held against each other under the same luck."""

from dataclasses import dataclass, replace

import numpy as np

from assay.core.market.cost.answer import MoneySpread, money_spread
from assay.core.market.cost.inputs import CostError, CostInput, spread_words
from assay.core.market.cost.ownership import ownership_cost
from assay.core.market.cost.scenario import Scenario, sample_scenario
from assay.core.market.cost.yearly import yearly_cost

_CLEAR, _LIKELY = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class InputChange:
    """An input that the two scenarios set differently, in words."""

    input_id: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class CostDifference:
    """What the second scenario costs more than the first (below zero: less).

    ``total`` is over each scenario's own horizon and seats, ``yearly`` the loaded year of one seat.
    """

    currency: str
    seed: int
    draws: int
    first_total: MoneySpread
    second_total: MoneySpread
    total: MoneySpread
    yearly: MoneySpread
    changes: tuple[InputChange, ...]
    verdict: str


def compare_scenarios(*, first: Scenario, second: Scenario) -> CostDifference:
    """Compare two scenarios draw by draw, both with the first one's seed. Raises ``CostError`` for two currencies."""
    if first.currency != second.currency:
        message = (
            f"One is in {first.currency}, the other in {second.currency}. Only amounts of one currency can be compared."
        )
        raise CostError(field="currency", message=message)
    second = replace(second, seed=first.seed, draws=first.draws)
    totals, years = [], []
    for scenario in (first, second):
        sample = sample_scenario(scenario=scenario)
        seat = ownership_cost(sample=sample, law=scenario.law, months=scenario.months)
        totals.append(scenario.headcount * seat.total)
        years.append(yearly_cost(sample=sample, law=scenario.law).total)
    difference = totals[1] - totals[0]
    dearer = float(np.mean(np.where(np.isclose(totals[0], totals[1]), 0.5, difference > 0)))
    return CostDifference(
        currency=first.currency,
        seed=first.seed,
        draws=first.draws,
        first_total=money_spread(totals[0]),
        second_total=money_spread(totals[1]),
        total=money_spread(difference),
        yearly=money_spread(years[1] - years[0]),
        changes=_changes(first, second),
        verdict=_verdict(dearer, bool(np.allclose(totals[0], totals[1])), _is_uneven(first, second)),
    )


def _changes(first: Scenario, second: Scenario) -> tuple[InputChange, ...]:
    plain = [
        InputChange("place", "Place", first.place, second.place),
        InputChange("months", "Months from opening", str(first.months), str(second.months)),
        InputChange("headcount", "Seats", str(first.headcount), str(second.headcount)),
        InputChange("law_year", "Year of the law", str(first.law_year), str(second.law_year)),
    ]
    before = {one.id: one for one in (first.base, *first.inputs)}
    after = {one.id: one for one in (second.base, *second.inputs)}
    spreads = [
        InputChange(
            name, (before.get(name) or after[name]).label, _words(before, name, first), _words(after, name, second)
        )
        for name in {**before, **after}
    ]
    return tuple(one for one in (*plain, *spreads) if one.first != one.second)


def _words(inputs: dict[str, CostInput], name: str, scenario: Scenario) -> str:
    given = inputs.get(name)
    return "not asked there" if given is None else spread_words(given=given, currency=scenario.currency)


def _is_uneven(first: Scenario, second: Scenario) -> bool:
    return (first.months, first.headcount) != (second.months, second.headcount)


def _verdict(dearer: float, is_same: bool, is_uneven: bool) -> str:
    if is_uneven:
        return "The two look over different months or seats: compare the loaded year rather than the totals."
    if is_same:
        return "Both cost the same."
    if 1 - _LIKELY < dearer < _LIKELY:
        return "Too close to call: either may cost more."
    which = "second" if dearer >= 0.5 else "first"
    how = "in nearly every draw" if max(dearer, 1 - dearer) >= _CLEAR else "in most draws"
    return f"The {which} costs more {how}."
