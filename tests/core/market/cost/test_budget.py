"""The budget by quarter and year."""

import pytest

from assay.core.market.cost.budget import plan_starts, yearly_budget
from assay.core.market.cost.inputs import CostError
from assay.core.market.cost.scenario import sample_scenario
from core.market.cost.asking import known_scenario, scenario


def budget(asked):
    return yearly_budget(scenario=asked, sample=sample_scenario(scenario=asked))


def test_quarters_add_up_to_years_and_years_to_the_whole() -> None:
    made = budget(scenario(months=30, headcount=2, starts=(2, 9)))
    by_quarter = sum(one.total.mean for one in made.quarters)
    assert float(by_quarter) == pytest.approx(float(made.total.mean), abs=1)
    assert float(sum(one.total.mean for one in made.years)) == pytest.approx(float(made.total.mean), abs=1)
    for one in (*made.quarters, *made.years):
        assert float(sum(amount for _, amount in one.parts)) == pytest.approx(float(one.total.mean), abs=0.1)


def test_quarters_are_those_of_the_calendar_and_the_first_and_last_may_be_short() -> None:
    labels = [one.label for one in budget(scenario(months=8)).quarters]
    assert labels == ["Q4 2026", "Q1 2027", "Q2 2027", "Q3 2027"]


def test_a_seat_costs_salary_from_its_start_month_and_a_rise_at_its_anniversary() -> None:
    asked = known_scenario(base=(120_000.0,), months=25, starts=(1,), changes={"growth": (0.10,)})
    salaries = [float(dict(one.parts)["salaries"]) for one in budget(asked).quarters]
    assert salaries[:2] == pytest.approx([0.0, 30_000.0])
    assert salaries[5] == pytest.approx(33_000.0)


def test_hiring_is_paid_in_the_quarter_somebody_starts() -> None:
    made = budget(scenario(months=12, headcount=2, starts=(1, 7)))
    hiring = [float(dict(one.parts)["hiring"]) for one in made.quarters]
    assert [amount > 0 for amount in hiring] == [False, True, False, True, False]
    assert [one.seats for one in made.quarters] == [0, 1, 1, 2, 2]


def test_without_given_months_people_start_when_somebody_typically_does() -> None:
    assert plan_starts(scenario=scenario(headcount=3)) == (3, 3, 3)
    assert plan_starts(scenario=scenario(months=2)) == (1,)


def test_starts_must_fit_the_seats_and_the_horizon() -> None:
    for starts in ((1,), (1, 30)):
        with pytest.raises(CostError) as refusal:
            scenario(headcount=2, months=24, starts=starts)
        assert refusal.value.field == "starts"
