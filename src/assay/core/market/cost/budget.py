"""The budget by calendar quarter and year, for seats that start in given months."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assay.core.market.cost.answer import BudgetAnswer, BudgetPeriod, money_spread, to_money
from assay.core.market.cost.components import BUDGET
from assay.core.market.cost.explain import explain_parts
from assay.core.market.cost.ownership import Filling, filling_cost
from assay.core.market.cost.scenario import Sample, Scenario
from assay.core.market.cost.yearly import Yearly, yearly_cost
from assay.core.market.draws import Array

_WEEKS_A_MONTH = 52 / 12
_YEAR = 12


@dataclass(frozen=True, slots=True)
class _Work:
    """Plain counts of a span of months, over all seats: months by years since the start, starts, renewals, seats."""

    months: tuple[int, ...]
    starts: int
    renewals: int
    seats: int


def plan_starts(*, scenario: Scenario) -> tuple[int, ...]:
    """Return the month, counted from opening, in which each seat starts: as given, or when somebody typically does.

    A typical start that falls behind the horizon is counted in its last month, so that the hiring is paid for.
    """
    if scenario.starts:
        return scenario.starts
    typical = round(scenario.find("fill_weeks").typical / _WEEKS_A_MONTH)
    return (min(typical, scenario.months - 1),) * scenario.headcount


def yearly_budget(*, scenario: Scenario, sample: Sample) -> BudgetAnswer:
    """Return the budget over the horizon (F128): salaries with rises, what is paid on top, tools, hiring, filling
    seats again, and a reserve. Parts are means, so that they add up; the sums carry their spread."""
    yearly = yearly_cost(sample=sample, law=scenario.law)
    filling = filling_cost(sample=sample, yearly=yearly)
    starts = plan_starts(scenario=scenario)
    life = max(round(scenario.find("equipment_life").typical), 1)
    spans = tuple(_quarters(scenario.opens, scenario.months))
    costed = [
        (label, year, work, _parts(sample, yearly, filling, work))
        for label, year, first, last in spans
        for work in (_work(starts, first, last, life),)
    ]
    quarters = tuple(_period(label, year, work.seats, parts) for label, year, work, parts in costed)
    by_year: dict[int, tuple[int, dict[str, Array]]] = {}
    for _, year, work, parts in costed:
        by_year[year] = (work.seats, _added(by_year[year][1], parts) if year in by_year else parts)
    whole: dict[str, Array] = {}
    for _, parts in by_year.values():
        whole = _added(whole, parts) if whole else parts
    return BudgetAnswer(
        quarters=quarters,
        years=tuple(_period(str(year), year, seats, parts) for year, (seats, parts) in by_year.items()),
        components=explain_parts(notes=BUDGET, parts=whole, scenario=scenario),
        total=money_spread(_sum(whole)),
    )


def _parts(sample: Sample, yearly: Yearly, filling: Filling, work: _Work) -> dict[str, Array]:
    grown = _grown(work, sample["growth"])
    on_top = yearly.bonus + yearly.contributions + yearly.benefits
    years = sum(work.months) / _YEAR
    first_years = work.months[0] / _YEAR
    again = (sample["attrition"] * years + sample["misfit"] * first_years) * filling.total
    parting = sample["misfit"] * first_years * yearly.base * (sample["severance"] / _YEAR + sample["rework"])
    parts = {
        "salaries": yearly.base * grown,
        "on_top": on_top * grown,
        "tools": yearly.tools * years + sample["equipment"] * (work.starts + work.renewals),
        "hiring": filling.total * work.starts,
        "backfill": again + parting,
    }
    return {**parts, "contingency": _sum(parts) * sample["contingency"]}


def _grown(work: _Work, growth: Array) -> Array:
    total = np.zeros_like(growth)
    for passed, months in enumerate(work.months):
        total += (1 + growth) ** passed * (months / _YEAR)
    return total


def _quarters(opens: tuple[int, int], months: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield label, year, first month and the month after the last (counted from opening) of each calendar quarter."""
    year, month = opens
    first = 0
    while first < months:
        last = min(first + 3 - (month - 1) % 3, months)
        yield f"Q{(month - 1) // 3 + 1} {year}", year, first, last
        month += last - first
        if month > _YEAR:
            year, month = year + 1, month - _YEAR
        first = last


def _work(starts: tuple[int, ...], first: int, last: int, life: int) -> _Work:
    months = [0] * 6
    renewals = 0
    for start in starts:
        for month in range(max(first, start), last):
            months[(month - start) // _YEAR] += 1
            renewals += month > start and (month - start) % life == 0
    begun = sum(first <= start < last for start in starts)
    return _Work(tuple(months), begun, renewals, sum(start < last for start in starts))


def _period(label: str, year: int, seats: int, parts: dict[str, Array]) -> BudgetPeriod:
    means = tuple((name, to_money(float(values.mean()))) for name, values in parts.items())
    return BudgetPeriod(label=label, year=year, seats=seats, parts=means, total=money_spread(_sum(parts)))


def _added(first: dict[str, Array], second: dict[str, Array]) -> dict[str, Array]:
    return {name: first[name] + second[name] for name in first}


def _sum(parts: dict[str, Array]) -> Array:
    return np.asarray(np.sum(list(parts.values()), axis=0), dtype=np.float64)
