import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.market.hiring_models.small_desk import desk, model, question

from assay.core.market.draws import Fixed, LogNormal
from assay.core.market.hiring_models.break_even import break_even, break_even_rate
from assay.core.market.hiring_models.costing import count_leavings, ramp_loss
from assay.core.market.hiring_models.model import Basis, HiringModel, ModelError
from assay.core.market.hiring_models.outlook import project_models

DESK = desk()
SURE = question(base=Fixed(200_000), months=24)


def outlooks(*, asked=SURE, on=DESK, size=16):
    found = project_models(desk=on, question=asked, seed=3, size=size)
    return {one.model: one for one in found.models}


def test_an_employee_without_luck_costs_what_can_be_worked_out_by_hand():
    own = outlooks()["full_time"]
    # 13 weeks to start leave 21 months; 4 months of ramp lose 2; 1.4 x 200,000 a year, a fee of 0.2 x 200,000.
    assert own.cost.p50 == pytest.approx(21 * 1.4 * 200_000 / 12 + 40_000)
    assert own.productive_years.p50 == pytest.approx(19 / 12)
    assert own.per_year.p50 == pytest.approx(own.cost.p50 / own.productive_years.p50)
    assert own.start_weeks.p50 == pytest.approx(13)


def test_other_bases_cost_their_own_price():
    found = outlooks()
    assert found["freelance"].cost.p50 == pytest.approx(21 * 100 * 1840 / 12)
    assert found["agency"].cost.p50 == pytest.approx(21 * 10_000)
    assert found["managed"].cost.p50 == pytest.approx(21 * 52_000 / 12)
    assert found["eor"].cost.p50 == pytest.approx(21 * (100_000 * 1.2 / 12 + 500) + 20_000)


def test_a_mix_is_half_of_each_less_what_coordination_loses():
    found = outlooks()
    halves = (found["full_time"], found["agency"])
    assert found["hybrid"].cost.p50 == pytest.approx(sum(one.cost.p50 for one in halves) / 2)
    assert found["hybrid"].productive_years.p50 == pytest.approx(
        sum(one.productive_years.p50 for one in halves) / 2 * 0.9
    )


def test_a_lead_who_is_here_already_needs_no_search_no_fee_and_no_ramp():
    here = outlooks(asked=question(base=Fixed(200_000), facts={"lead_here": "yes"}))["hybrid"]
    agency = outlooks()["agency"]
    lead = 24 * 1.4 * 200_000 / 12
    assert here.cost.p50 == pytest.approx((lead + agency.cost.p50) / 2)
    assert here.productive_years.p50 == pytest.approx((2 + agency.productive_years.p50) / 2 * 0.9)


def test_a_horizon_shorter_than_the_search_costs_nothing_and_yields_nothing():
    own = outlooks(asked=question(base=Fixed(200_000), months=2))["full_time"]
    assert own.cost.p50 == 0
    assert own.per_year.p50 is None


def test_fifty_years_stay_finite():
    found = outlooks(asked=question(months=600, changed={("freelance", "leaving"): Fixed(3.0)}), size=200)
    assert all(one.per_year.p50 is None or np.isfinite(one.per_year.p50) for one in found.values())
    assert found["freelance"].productive_years.p50 > 0


def test_the_same_seed_gives_the_same_outlook_and_a_changed_number_moves_only_its_model():
    asked = question()
    assert outlooks(asked=asked) == outlooks(asked=asked)
    moved = outlooks(asked=question(changed={("freelance", "rate"): Fixed(200.0)}))
    before = outlooks(asked=asked)
    assert moved["freelance"].cost.p50 == pytest.approx(2 * before["freelance"].cost.p50)
    assert moved["agency"].cost == before["agency"].cost


@given(st.floats(0, 40), st.integers(0, 2**32))
def test_those_who_leave_are_as_many_as_expected_on_average(expected, seed):
    luck = (np.random.default_rng(seed).permutation(2000) + 0.5) / 2000
    counted = count_leavings(luck=luck, expected=np.full(2000, expected))
    assert counted.mean() == pytest.approx(expected, rel=0.02, abs=0.02)


@given(st.floats(0, 100), st.floats(0, 60))
def test_a_ramp_never_loses_more_than_half_of_itself_or_all_of_the_time(active, ramp):
    lost = float(ramp_loss(active=np.array([active]), ramp=np.array([ramp]))[0])
    assert 0 <= lost <= min(active, ramp / 2) + 1e-9


money = st.floats(20_000, 1_000_000)


@given(money, st.floats(1, 3), st.floats(500, 3000))
def test_break_even_rate_is_the_closed_form(base, loaded, hours):
    rate = break_even_rate(base=base, loaded=loaded, hours=hours)
    assert rate * hours == pytest.approx(base * loaded)
    array = np.full(4, base)
    drawn = break_even(
        base=array, loaded=np.full(4, loaded), fee=0 * array, ramp_months=0 * array, hours=hours, rates=(rate * 2,)
    )
    assert drawn.rate.p50 == pytest.approx(rate)


@given(money, st.floats(1, 3), st.floats(0.01, 3), st.floats(0, 12), st.floats(0, 100_000))
def test_after_the_months_to_repay_both_ways_have_cost_the_same(base, loaded, above, ramp, fee):
    rate = break_even_rate(base=base, loaded=loaded, hours=1840) * (1 + above)
    drawn = break_even(
        base=np.full(4, base),
        loaded=np.full(4, loaded),
        fee=np.full(4, fee),
        ramp_months=np.full(4, ramp),
        hours=1840,
        rates=(rate,),
    )
    months = drawn.at[0].months
    assume(months is not None)
    employed = fee + ramp / 2 * base * loaded / 12 + base * loaded * months / 12
    assert 1840 * rate * months / 12 == pytest.approx(employed)


def test_below_the_break_even_rate_employing_never_pays_back_and_that_is_said():
    array = np.full(4, 200_000.0)
    drawn = break_even(
        base=array, loaded=np.full(4, 1.4), fee=array * 0.2, ramp_months=np.full(4, 5.0), hours=1840, rates=(100, 200)
    )
    never, later = drawn.at
    assert never.months is None and never.says == "At 100 an hour, employing never gets cheaper."
    lost = 40_000 + 5 / 2 * 280_000 / 12
    assert later.months == pytest.approx(12 * lost / (1840 * 200 - 280_000))


def test_a_model_without_an_input_it_needs_is_refused():
    whole = model("full_time")
    fewer = {name: one for name, one in whole.inputs.items() if name != "loaded"}
    with pytest.raises(ModelError, match="loaded"):
        HiringModel("full_time", "", "", "", (), "employee", "", Basis.EMPLOYEE, fewer, ())


def test_common_luck_makes_equal_models_equal_draw_by_draw():
    twin = model("agency")
    spread = question(base=LogNormal(150_000, 260_000), changed={
        ("agency", "search_weeks"): LogNormal(2, 8), ("managed", "search_weeks"): LogNormal(2, 8),
        ("managed", "price_week"): Fixed(10_000 * 12 / 52),
    })  # fmt: skip
    assert twin.basis is Basis.MONTHLY
    found = outlooks(asked=spread, size=500)
    assert found["agency"].cost.p10 == pytest.approx(found["managed"].cost.p10)
    assert found["agency"].per_year.p90 == pytest.approx(found["managed"].per_year.p90)


def test_the_month_is_named_at_which_in_house_overtakes():
    dear = question(base=Fixed(200_000), months=48, changed={("freelance", "rate"): Fixed(190.0)})
    found = project_models(desk=DESK, question=dear, seed=3, size=16)
    lines = {one.model: {point.month: point.per_year for point in one.line} for one in found.models}
    crossing = next(one for one in found.crossings if one.dearer == "freelance")
    assert crossing.cheaper == "full_time"
    before = [month for month in lines["full_time"] if month < crossing.month and lines["full_time"][month]]
    after = [month for month in lines["full_time"] if month > crossing.month]
    assert all(lines["full_time"][month] > lines["freelance"][month] for month in before)
    assert after and all(lines["full_time"][month] < lines["freelance"][month] for month in after)
