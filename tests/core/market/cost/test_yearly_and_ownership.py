"""The loaded year and the cost over a horizon: what must hold whatever the inputs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.market.cost.ownership import grown_years, misfit_cost, ownership_cost
from assay.core.market.cost.scenario import Contribution, contributions_by_law, sample_scenario
from assay.core.market.cost.work_out import work_out
from assay.core.market.cost.yearly import yearly_cost
from assay.core.market.draws import Fixed, Pert, summarise
from core.market.cost.asking import known_scenario, scenario

bases = st.floats(20_000, 900_000)
horizons = st.integers(1, 60)


def test_the_loaded_year_costs_about_1_43_times_the_base_as_published_figures_say() -> None:
    factor = work_out(scenario=scenario(draws=20_000)).yearly.factor
    assert 1.25 <= factor.p10 <= factor.p90 <= 1.6
    assert factor.p50 == pytest.approx(1.43, abs=0.03)


def test_us_contributions_follow_the_rates_and_ceilings_of_the_year() -> None:
    asked = scenario()
    wages = np.array([5_000.0, 150_000.0, 300_000.0])
    expected = [5_000 * 0.0765 + 30, 150_000 * 0.0765 + 42, 184_500 * 0.062 + 300_000 * 0.0145 + 42]
    assert contributions_by_law(wages=wages, law=asked.law) == pytest.approx(expected)


def test_a_threshold_and_a_ceiling_bound_what_a_line_takes() -> None:
    line = Contribution("pension", "Pension", 0.03, scenario().law[0].grade, (), above=6_240, up_to=50_270)
    wages = np.array([1_000.0, 10_000.0, 90_000.0])
    assert contributions_by_law(wages=wages, law=(line,)) == pytest.approx([0, 112.8, 1320.9])


@given(bases, st.floats(1.01, 3.0), horizons)
@settings(max_examples=25, deadline=None)
def test_a_higher_base_costs_more_in_every_draw(base: float, times: float, months: int) -> None:
    asked = scenario(draws=50)
    sample = sample_scenario(scenario=asked)
    totals = [
        ownership_cost(sample={**sample, "base": np.full(50, pay)}, law=asked.law, months=months).total
        for pay in (base, base * times)
    ]
    assert (totals[1] >= totals[0]).all()
    assert months < 6 or (totals[1] > totals[0]).all()


@given(st.integers(1, 59))
@settings(max_examples=25, deadline=None)
def test_a_longer_horizon_never_costs_less_nor_brings_less(months: int) -> None:
    asked = scenario(draws=50, base=(90_000, 120_000, 260_000))
    sample = sample_scenario(scenario=asked)
    short, long = (ownership_cost(sample=sample, law=asked.law, months=count) for count in (months, months + 1))
    assert (long.total >= short.total - 1e-6).all()
    assert (long.productive_years >= short.productive_years - 1e-9).all()


def test_running_cost_of_two_spans_adds_up_to_that_of_both() -> None:
    calm = dict.fromkeys(("attrition", "misfit", "growth", "ramp", "fill_weeks", "equipment"), (0.0,))
    asked = known_scenario(changes=calm)
    sample = sample_scenario(scenario=asked)
    yearly = yearly_cost(sample=sample, law=asked.law)
    costs = {count: ownership_cost(sample=sample, law=asked.law, months=count).total for count in (12, 24, 36)}
    assert (costs[24] - costs[12])[0] == pytest.approx((yearly.pay + yearly.tools)[0])
    assert (costs[36] - costs[12])[0] == pytest.approx(2 * (costs[24] - costs[12])[0])


def test_each_year_is_paid_with_the_rises_given_before_it() -> None:
    years = grown_years(months=np.array([6.0, 12.0, 30.0]), growth=np.full(3, 0.1))
    assert years == pytest.approx([0.5, 1.0, 1 + 1.1 + 0.5 * 1.21])


def test_pay_for_work_and_pay_during_ramp_add_up_to_the_pay_of_the_filled_months() -> None:
    calm = dict.fromkeys(("attrition", "misfit", "growth"), (0.0,))
    asked = known_scenario(months=24, changes=calm)
    sample = sample_scenario(scenario=asked)
    seat, yearly = ownership_cost(sample=sample, law=asked.law, months=24), yearly_cost(sample=sample, law=asked.law)
    assert (seat.working + seat.ramp)[0] == pytest.approx((yearly.pay * seat.filled_years)[0])
    assert seat.ramp[0] == pytest.approx((yearly.pay * sample["ramp"] / 24)[0])


@given(horizons, bases)
@settings(max_examples=25, deadline=None)
def test_nothing_is_ever_below_nothing(months: int, base: float) -> None:
    asked = scenario(draws=40, base=(base,), months=months)
    seat = ownership_cost(sample=sample_scenario(scenario=asked), law=asked.law, months=months)
    assert all((values >= 0).all() for values in (*seat.parts.values(), seat.productive_years, seat.equity))
    assert (seat.productive_years <= seat.filled_years + 1e-12).all()
    assert (seat.filled_years <= months / 12).all()


def test_widening_one_input_while_the_others_are_known_never_narrows_the_year() -> None:
    narrow = known_scenario()
    widths = []
    for reach in (0.0, 0.02, 0.05, 0.10):
        spread = Pert(0.15 - reach, 0.15, 0.15 + reach) if reach else Fixed(0.15)
        inputs = tuple(replace(one, distribution=spread) if one.id == "benefits" else one for one in narrow.inputs)
        asked = replace(narrow, inputs=inputs)
        total = summarise(yearly_cost(sample=sample_scenario(scenario=asked), law=asked.law).total)
        widths.append(total.p90 - total.p10)
    assert widths == sorted(widths)
    assert widths[0] == 0 < widths[1]


def test_a_hire_that_does_not_work_out_costs_more_the_longer_it_lasts() -> None:
    asked = scenario()
    sample = sample_scenario(scenario=asked)
    short, long = (
        misfit_cost(sample={**sample, "misfit_months": np.full(asked.draws, months)}, law=asked.law)
        for months in (3.0, 9.0)
    )
    assert (long > short).all()
