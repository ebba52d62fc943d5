import time

import pytest
from tests.core.market.hiring_models.small_desk import desk, question

from assay.core.market.draws import Fixed
from assay.core.market.hiring_models.advice import Firmness
from assay.core.market.hiring_models.comparison import compare_models
from assay.core.market.hiring_models.question import QuestionError
from assay.core.market.hiring_models.stability import Shaking

DESK = desk()


def compare(*, on=DESK, seed=1, size=64, **changes):
    return compare_models(desk=on, question=question(**changes), seed=seed, size=size)


def refusal(**changes):
    with pytest.raises(QuestionError) as caught:
        compare(**changes)
    return caught.value.field, str(caught.value)


def test_the_answer_names_winner_runner_up_reasons_and_what_speaks_against():
    advice = compare(statements={"lasting": 1.0, "cheap": 0.5}).advice
    assert (advice.recommended, advice.runner_up, advice.firmness) == ("eor", "hybrid", Firmness.CLOSE_CALL)
    assert advice.reasons_for and advice.headline.startswith("A close call: Eor is level on points with Hybrid")
    firm = compare(statements={"lasting": 1.0}).advice
    assert (firm.recommended, firm.firmness, firm.is_provisional) == ("full_time", Firmness.CLEAR, False)


def test_a_lead_under_the_limit_is_called_close_whatever_the_limit_is():
    loose = desk(shaking=Shaking(draws=500, concentration=10, close_below=0.01))
    told = {"lasting": 1.0, "cheap": 0.5}
    assert compare(statements=told).advice.firmness is Firmness.CLOSE_CALL
    assert compare(on=loose, statements=told).advice.firmness is Firmness.CLEAR


def test_the_same_question_seed_and_version_give_the_same_answer():
    assert compare(statements={"lasting": 0.7, "cheap": 0.6}) == compare(statements={"lasting": 0.7, "cheap": 0.6})


def test_an_open_fact_about_the_winner_makes_the_advice_provisional():
    advice = compare(facts={"closed": "no"}).advice
    assert advice.is_provisional and advice.questions == ("abroad",)


def test_a_winner_that_waits_for_an_answer_is_never_announced_without_the_word():
    closed = compare(facts={"closed": "no"}).advice
    assert closed.headline.startswith("Full_Time (needs your answer), before ")
    assert "needs your answer" not in compare(facts={"closed": "no", "abroad": "no"}).advice.headline


def test_a_contradiction_makes_the_advice_provisional_and_is_shown():
    result = compare(statements={"lasting": 1.0, "brief": 1.0, "cheap": 0.5})
    assert result.advice.is_provisional
    assert [one.message for one in result.contradictions] == ["Both cannot be."]


def test_a_model_that_scores_more_but_is_ruled_out_is_named():
    advice = compare(facts={"abroad": "yes", "closed": "no"}).advice
    assert advice.recommended in ("eor", "hybrid")
    assert advice.would_lead == ("full_time",)


def test_nothing_said_recommends_nothing():
    advice = compare(statements={"lasting": None, "brief": 0.0}).advice
    assert advice.recommended is None and advice.firmness is Firmness.NO_ANSWERS


def test_signs_point_away_from_what_is_recommended():
    assert [one.signal.id for one in compare().signals] == ["empty"]
    outside = compare(statements={"brief": 1.0})
    assert outside.advice.recommended == "freelance"
    assert [one.signal.id for one in outside.signals] == ["proven", "price"]
    assert outside.signals[1].threshold == pytest.approx(outside.outlooks.break_even.rate.p50)


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"months": 0}, "months", "0 months has nothing to compare"),
        ({"months": 601}, "months", "more than fifty years"),
        ({"base": Fixed(0.0)}, "base", "1,000 and 100,000,000"),
        ({"base": Fixed(1e12)}, "base", "1,000 and 100,000,000"),
        ({"weights": {"lasting": -1.0}}, "weight.lasting", "say that it is not true"),
        ({"weights": {"lasting": float("nan")}}, "weight.lasting", "from 0"),
        ({"weights": {"lasting": 0.0, "brief": 0.0, "cheap": 0.0}}, "weights", "All weights are 0"),
        ({"weights": {"nothing": 1.0}}, "weight.nothing", "Known"),
        ({"statements": {"lasting": 1.2}}, "lasting", "from 0 (not true) to 1"),
        ({"statements": {"nothing": 1.0}}, "nothing", "Known"),
        ({"facts": {"abroad": "perhaps"}}, "fact.abroad", "yes, no"),
        ({"facts": {"nothing": "yes"}}, "fact.nothing", "Known"),
        ({"changed": {("freelance", "rate"): Fixed(0.0)}}, "freelance.rate", "give 1 to 10,000"),
        ({"changed": {("freelance", "rate"): Fixed(1e9)}}, "freelance.rate", "give 1 to 10,000"),
        ({"changed": {("full_time", "rate"): Fixed(10.0)}}, "full_time.rate", "no number"),
        ({"thresholds": {"proven": -1.0}}, "signal.proven", "0 to"),
        ({"seen": {"nothing": 1.0}}, "signal.nothing", "Known"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(changes, field, part):
    seen_field, message = refusal(**changes)
    assert seen_field == field and part in message


@pytest.mark.parametrize("months", [1, 600])
def test_the_shortest_and_the_longest_horizon_are_answered(months):
    assert len(compare(months=months).outlooks.models) == 6


def test_twenty_thousand_draws_take_well_under_a_second():
    compare(size=20_000)
    began = time.process_time()
    compare(size=20_000, seed=2)
    assert time.process_time() - began < 1.0
