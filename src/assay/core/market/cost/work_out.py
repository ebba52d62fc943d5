"""Work out the whole answer to a scenario. The same scenario gives the same bytes."""

import numpy as np

from assay.core.market.cost.answer import (
    CostAnswer,
    FillingAnswer,
    MoneySpread,
    OwnershipAnswer,
    YearlyAnswer,
    money_spread,
    to_money,
    used_input,
)
from assay.core.market.cost.budget import yearly_budget
from assay.core.market.cost.components import OWNERSHIP, YEARLY
from assay.core.market.cost.delay import delay_cost
from assay.core.market.cost.drivers import driver_sentences, rank_drivers, typical_case
from assay.core.market.cost.explain import explain_parts
from assay.core.market.cost.juniors import compare_juniors
from assay.core.market.cost.ownership import Ownership, filling_cost, misfit_cost, ownership_cost
from assay.core.market.cost.scenario import Sample, Scenario, sample_scenario
from assay.core.market.cost.yearly import Yearly, yearly_cost
from assay.core.market.draws import summarise

_LEAST_YEARS = 1 / 24
_MISFIT_FORMULA = (
    "loaded pay × (months until they leave × output missing + half the ramp of whoever follows) + parting pay + work "
    "put right + filling the seat again; without the delay of the work itself"
)


def work_out(*, scenario: Scenario) -> CostAnswer:
    """Return everything the desk says about a scenario, from one set of draws."""
    sample = sample_scenario(scenario=scenario)
    yearly = yearly_cost(sample=sample, law=scenario.law)
    seat = ownership_cost(sample=sample, law=scenario.law, months=scenario.months)
    total = scenario.headcount * seat.total

    def total_of(cases: Sample) -> np.typing.NDArray[np.float64]:
        return scenario.headcount * ownership_cost(sample=cases, law=scenario.law, months=scenario.months).total

    drivers = rank_drivers(scenario=scenario, total=total, outcome=total_of)
    return CostAnswer(
        currency=scenario.currency,
        place=scenario.place,
        law_year=scenario.law_year,
        months=scenario.months,
        headcount=scenario.headcount,
        seed=scenario.seed,
        draws=scenario.draws,
        version=scenario.version,
        yearly=_yearly(scenario, yearly),
        ownership=_ownership(scenario, seat),
        filling=_filling(scenario, sample, yearly),
        delay=delay_cost(scenario=scenario, sample=sample, yearly=yearly),
        typical_total=to_money(float(total_of(typical_case(scenario=scenario))[0])),
        drivers=drivers,
        driver_sentences=driver_sentences(drivers=drivers, currency=scenario.currency),
        juniors=compare_juniors(scenario=scenario, sample=sample, senior=seat),
        budget=yearly_budget(scenario=scenario, sample=sample),
        inputs=tuple(used_input(given=one, currency=scenario.currency) for one in (scenario.base, *scenario.inputs)),
        assumptions=_assumptions(scenario),
    )


def _yearly(scenario: Scenario, yearly: Yearly) -> YearlyAnswer:
    total = yearly.total
    return YearlyAnswer(
        components=explain_parts(notes=YEARLY, parts=yearly.parts, scenario=scenario),
        total=money_spread(total),
        equity=money_spread(yearly.equity),
        with_equity=money_spread(total + yearly.equity),
        factor=summarise(total / yearly.base),
        factor_with_equity=summarise((total + yearly.equity) / yearly.base),
    )


def _ownership(scenario: Scenario, seat: Ownership) -> OwnershipAnswer:
    seats = scenario.headcount
    parts = {name: seats * values for name, values in seat.parts.items()}
    return OwnershipAnswer(
        components=explain_parts(notes=OWNERSHIP, parts=parts, scenario=scenario),
        total=money_spread(seats * seat.total),
        with_equity=money_spread(seats * (seat.total + seat.equity)),
        filled_years=summarise(seats * seat.filled_years),
        productive_years=summarise(seats * seat.productive_years),
        per_productive_year=_per_year(scenario, seat),
    )


def _per_year(scenario: Scenario, seat: Ownership) -> MoneySpread | None:
    if float(np.median(seat.productive_years)) < scenario.limits.least_productive_years:
        return None
    return money_spread(seat.total / np.maximum(seat.productive_years, _LEAST_YEARS))


def _filling(scenario: Scenario, sample: Sample, yearly: Yearly) -> FillingAnswer:
    return FillingAnswer(
        total=money_spread(filling_cost(sample=sample, yearly=yearly).total),
        interview_hours=summarise(sample["interviewed"] * sample["interview_hours"]),
        misfit=money_spread(misfit_cost(sample=sample, law=scenario.law)),
        misfit_formula=_MISFIT_FORMULA,
    )


def _assumptions(scenario: Scenario) -> tuple[str, ...]:
    law = (
        f"Contributions follow the law for {scenario.law_year} ({scenario.place}); ceilings rise as pay does."
        if scenario.law
        else f"Contributions in {scenario.place} are a share of base; ceilings sit inside its spread."
    )
    return (
        "The horizon starts on the day the seat opens; pay starts when somebody does.",
        law,
        "An hour of a colleague costs what an hour of this seat costs.",
        "Leavers and misfits are counted by their chance, so one seat may cost far more or less than the middle.",
        "All seats meet the same luck, which makes the range for several seats wide rather than narrow.",
        "Equity is counted as it is earned, month by month, and is kept out of the total.",
        "Inputs are drawn independently of each other but for the pairs that the model names.",
    )
