"""The whole answer: repeatable, adding up, explained, and honest about what decides."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from assay.core.market.cost.inputs import CostError, Grade, change_input, number_words, spread_words
from assay.core.market.cost.ownership import ownership_cost
from assay.core.market.cost.scenario import sample_scenario
from assay.core.market.cost.work_out import work_out
from core.market.cost.asking import known_scenario, scenario


def test_the_same_question_and_seed_give_the_same_answer_and_another_seed_another() -> None:
    asked = scenario()
    answer = work_out(scenario=asked)
    assert work_out(scenario=asked) == answer
    assert work_out(scenario=replace(asked, seed=asked.seed + 1)).ownership.total != answer.ownership.total


def test_two_scenarios_of_one_seed_meet_the_same_luck_so_their_difference_is_steady() -> None:
    plain, richer = scenario(), scenario(changes={"bonus": (0.05, 0.15, 0.25)})

    def total(asked):
        return ownership_cost(sample=sample_scenario(scenario=asked), law=asked.law, months=24).total

    shared = total(richer) - total(plain)
    apart = total(replace(richer, seed=99)) - total(plain)
    assert shared.std() < 0.25 * apart.std()
    assert (shared > 0).all()


def test_the_parts_add_up_to_the_whole_and_their_shares_to_one() -> None:
    answer = work_out(scenario=scenario())
    for block in (answer.yearly, answer.ownership, answer.budget):
        assert float(sum(one.cost.mean for one in block.components)) == pytest.approx(float(block.total.mean), abs=0.1)
        assert sum(one.share for one in block.components) == pytest.approx(1.0)


def test_every_part_says_how_it_is_worked_out_from_which_inputs_and_sources() -> None:
    answer = work_out(scenario=scenario())
    known = {one.id for one in answer.inputs}
    for one in (*answer.yearly.components, *answer.ownership.components, *answer.budget.components):
        assert one.formula and one.sources and one.inputs, one.id
        assert set(one.inputs) <= known


def test_a_part_is_graded_by_its_weakest_input() -> None:
    answer = work_out(scenario=scenario())
    grades = {one.id: one.grade for one in answer.yearly.components}
    assert grades["base"] is Grade.OWN
    assert grades["bonus"] is Grade.PUBLISHED
    assert grades["management"] is Grade.ASSUMPTION


def test_a_wide_base_is_what_drives_the_cost_and_the_sentence_says_so() -> None:
    answer = work_out(scenario=scenario(base=(120_000, 200_000, 330_000)))
    assert answer.drivers[0].input_id == "base"
    assert answer.drivers[0].correlation > 0.9
    assert answer.driver_sentences[0].startswith("Base pay a year: going from USD")


def test_an_input_that_the_total_does_not_rest_on_is_no_driver() -> None:
    drivers = {one.input_id for one in work_out(scenario=scenario()).drivers}
    assert not drivers & {"value_multiple", "cover", "equity", "junior_yield", "contingency"}


def test_with_nothing_uncertain_nothing_drives_and_that_is_said() -> None:
    asked = known_scenario(changes={"agency": (1.0,)})
    answer = work_out(scenario=asked)
    assert answer.drivers == ()
    assert answer.driver_sentences == ("Every input is taken as known, so nothing drives the total.",)
    assert answer.ownership.total.p10 == answer.ownership.total.p90


def test_a_junior_just_like_the_senior_is_a_tie() -> None:
    same = {"junior_pay": (1.0,), "junior_yield": (1.0,), "supervision": (0.0,), "junior_ramp": (5.0,), "ramp": (5.0,)}
    juniors = work_out(scenario=known_scenario(juniors=1, changes=same)).juniors
    assert juniors.senior_is_cheaper == pytest.approx(0.5)
    assert juniors.break_even_yield.p50 == pytest.approx(1.0)
    assert juniors.juniors_to_match.p50 == pytest.approx(1.0)
    assert juniors.verdict.startswith("Too close to call")


@pytest.mark.parametrize(("given", "winner"), [(0.1, "less from the senior"), (1.6, "less from 2 juniors")])
def test_the_yield_that_is_put_in_decides_between_senior_and_juniors(given: float, winner: str) -> None:
    juniors = work_out(scenario=scenario(changes={"junior_yield": (given,), "supervision": (0.1,)})).juniors
    assert winner in juniors.verdict
    assert (given < juniors.break_even_yield.p50) == ("senior" in winner)


def test_an_empty_seat_holds_up_more_the_longer_it_is_empty_and_saves_its_pay() -> None:
    delay = work_out(scenario=scenario()).delay
    middles = [point.cost.p50 for point in delay.curve]
    assert middles[0] == 0 and middles == sorted(middles)
    assert delay.per_week.p10 < delay.per_week.p90
    net = delay.per_week.mean - delay.saved_per_week.mean
    assert delay.net_per_week.mean == pytest.approx(net, abs=Decimal("0.02"))


def test_several_seats_cost_so_many_times_one() -> None:
    one, three = (work_out(scenario=scenario(headcount=count)) for count in (1, 3))
    assert float(three.ownership.total.p50) == pytest.approx(3 * float(one.ownership.total.p50), rel=1e-6)
    assert three.yearly.total == one.yearly.total


def test_no_cost_of_a_productive_year_is_given_where_there_is_hardly_one() -> None:
    assert work_out(scenario=scenario(months=4)).ownership.per_productive_year is None
    assert work_out(scenario=scenario(months=24)).ownership.per_productive_year is not None


def test_equity_stays_out_of_the_total() -> None:
    plain, shares = (work_out(scenario=scenario(changes={"equity": (share,)})) for share in (0.0, 0.5))
    assert plain.ownership.total == shares.ownership.total
    assert shares.ownership.with_equity.p50 > shares.ownership.total.p50
    assert plain.ownership.with_equity == plain.ownership.total


@pytest.mark.parametrize(("field", "value"), [("months", 0), ("months", 600), ("headcount", 0), ("juniors", 21)])
def test_what_lies_outside_the_limits_is_refused_by_its_field(field: str, value: int) -> None:
    with pytest.raises(CostError, match="does not work here: give 1 to") as refusal:
        scenario(**{field: value})
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("values", "message"),
    [((), "one, two or three"), ((0.2, 0.1), "upside down"), ((4.0,), "out of range"), ((float("nan"),), "a number")],
)
def test_an_input_refuses_what_makes_no_sense(values: tuple[float, ...], message: str) -> None:
    with pytest.raises(CostError, match=message):
        change_input(given=scenario().find("bonus"), values=values)


def test_numbers_that_change_nothing_keep_their_source() -> None:
    bonus = scenario().find("bonus")
    assert change_input(given=bonus, values=bonus.points) is bonus
    assert change_input(given=bonus, values=(0.1,)).grade is Grade.OWN


def test_spreads_are_put_into_words() -> None:
    asked = scenario()
    names = ("bonus", "agency", "own_recruiting")
    words = {name: spread_words(given=asked.find(name), currency="USD") for name in names}
    assert words["bonus"] == "most likely 10%, from 0% to 20%"
    assert words["agency"] == "50% of cases"
    assert words["own_recruiting"].startswith("half of cases below USD 4,500")
    assert number_words(13, unit=asked.find("fill_weeks").unit) == "13 weeks"


def test_drivers_hold_every_other_input_at_its_typical_value() -> None:
    asked = scenario()
    answer = work_out(scenario=asked)
    bonus = next(one for one in answer.drivers if one.input_id == "bonus")
    typical = {one.id: np.array([one.typical]) for one in (asked.base, *asked.inputs)}
    middle = float(ownership_cost(sample=typical, law=asked.law, months=asked.months).total[0])
    assert float(bonus.at_low) < middle < float(bonus.at_high)
