from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.market.hiring_models.small_desk import FITS, desk, question

from assay.core.market.hiring_models.comparison import compare_models
from assay.core.market.hiring_models.contradictions import find_contradictions
from assay.core.market.hiring_models.signals import Reading, Towards, read_signals
from assay.core.market.hiring_models.vetoes import Status, judge_model

DESK = desk()
answers = st.sampled_from(["yes", "no"])
facts = st.dictionaries(st.sampled_from(["abroad", "closed"]), answers)
truths = st.fixed_dictionaries(dict.fromkeys(FITS, st.one_of(st.none(), st.floats(0, 1))))
weights = st.fixed_dictionaries(dict.fromkeys(FITS, st.floats(0.1, 10)))


def standing(model, told):
    return judge_model(model=model, vetoes=DESK.vetoes, facts=told)


def test_a_fact_nobody_answered_needs_an_answer_and_is_never_clear():
    assert standing("full_time", {}).status is Status.NEEDS_ANSWER
    assert standing("full_time", {}).missing == ("abroad",)
    assert standing("full_time", {"abroad": "no"}).status is Status.CLEAR
    assert standing("full_time", {"abroad": "yes"}).status is Status.VETOED


def test_one_condition_that_fails_settles_a_veto_whatever_is_unknown():
    assert standing("managed", {"abroad": "no"}).status is Status.CLEAR
    assert standing("managed", {"abroad": "yes"}).missing == ("closed",)
    assert standing("managed", {"abroad": "yes", "closed": "yes"}).status is Status.VETOED
    assert standing("managed", {"abroad": "yes", "closed": "no"}).status is Status.CLEAR


@settings(max_examples=20, deadline=None)
@given(truths, weights, facts)
def test_a_model_that_is_ruled_out_never_wins(told, weighed, known):
    result = compare_models(desk=DESK, question=question(statements=told, weights=weighed, facts=known), seed=1, size=8)
    vetoed = {one.model for one in result.ranking if one.standing.status is Status.VETOED}
    assert result.advice.recommended not in vetoed
    assert result.advice.runner_up not in vetoed
    assert all((one.place is None) == (one.model in vetoed) for one in result.ranking)
    assert all(one.share_first == 0 for one in result.ranking if one.model in vetoed)
    assert not {turn.leader for turn in (*result.turns.answers, *result.turns.weights)} & vetoed


def test_answers_that_disagree_are_named_with_what_to_do():
    found = find_contradictions(
        conflicts=DESK.conflicts,
        statements={"lasting": 1.0, "brief": 1.0, "cheap": 1.0},
        facts={"abroad": "no"},
        months=6,
    )
    assert [one.between for one in found] == [("lasting", "brief"), ("lasting", "months"), ("cheap", "abroad")]
    assert found[1].message == "Only 6 months."


def test_answers_that_are_only_partly_true_do_not_disagree():
    told = {"lasting": 0.5, "brief": 0.5, "cheap": None}
    assert find_contradictions(conflicts=DESK.conflicts, statements=told, facts={}, months=6) == ()


def test_a_sign_is_reached_at_its_own_threshold_or_at_the_one_somebody_set():
    def readings(**given):
        found = read_signals(
            signals=DESK.signals,
            towards=(Towards.INSIDE,),
            break_even_rate=150.0,
            thresholds=given.get("thresholds", {}),
            seen=given.get("seen", {}),
        )
        return {one.signal.id: (one.threshold, one.reading) for one in found}

    assert readings() == {"proven": (2.0, Reading.NOT_MEASURED), "price": (150.0, Reading.NOT_MEASURED)}
    assert readings(seen={"proven": 2, "price": 149})["proven"][1] is Reading.REACHED
    assert readings(seen={"proven": 2, "price": 149})["price"][1] is Reading.NOT_YET
    assert readings(seen={"proven": 2}, thresholds={"proven": 4})["proven"] == (4.0, Reading.NOT_YET)
