import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.market.hiring_models.small_desk import BASES, FITS, desk

from assay.core.market.hiring_models.criteria import score_model
from assay.core.market.hiring_models.sensitivity import find_turns
from assay.core.market.hiring_models.stability import Shaking, first_shares

DESK = desk()
truths = st.one_of(st.none(), st.floats(0, 1))
statements = st.fixed_dictionaries(dict.fromkeys(FITS, truths))
weights = st.fixed_dictionaries(dict.fromkeys(FITS, st.floats(0, 10)))
names = st.sampled_from(sorted(FITS))


def points(model, told, weighed):
    return score_model(model=model, criteria=DESK.criteria, statements=told, weights=weighed).points


def shares(told, weighed, *, criteria=DESK.criteria, models=tuple(BASES), seed=7, draws=200):
    shaking = Shaking(draws=draws, concentration=10, close_below=0.6)
    return first_shares(models=models, criteria=criteria, statements=told, weights=weighed, shaking=shaking, seed=seed)


def test_a_score_is_the_sum_of_weight_truth_and_fit_and_shows_each_term():
    score = score_model(
        model="full_time", criteria=DESK.criteria, statements={"lasting": 0.5, "brief": 1.0}, weights={"lasting": 3}
    )
    assert {term.criterion: term.points for term in score.terms} == {"lasting": 3.0, "brief": -2.0, "cheap": 0.0}
    assert score.points == 1.0
    assert next(term.truth for term in score.terms if term.criterion == "cheap") is None


@given(statements, weights, names, st.floats(0, 10))
def test_a_heavier_criterion_never_moves_a_model_it_suits_behind_one_it_does_not(told, weighed, name, more):
    heavier = weighed | {name: weighed[name] + more}
    for better in (one for one, fit in FITS[name].items() if fit > 0):
        for worse in (one for one, fit in FITS[name].items() if fit < 0):
            before = points(better, told, weighed) - points(worse, told, weighed)
            after = points(better, told, heavier) - points(worse, told, heavier)
            assert after >= before - 1e-9


@settings(max_examples=40)
@given(statements, st.permutations(DESK.criteria), st.permutations(tuple(BASES)))
def test_with_equal_weights_the_order_of_criteria_and_models_changes_nothing(told, criteria, models):
    equal = dict.fromkeys(FITS, 1.0)
    plain = shares(told, equal, draws=50)
    turned = shares(told, equal, criteria=criteria, models=models, draws=50)
    assert turned == pytest.approx(plain)


@settings(max_examples=40)
@given(statements, weights)
def test_shares_of_firsts_add_up_to_one(told, weighed):
    assert sum(shares(told, weighed, draws=50).values()) == pytest.approx(1)


def test_a_lead_that_no_weight_can_turn_is_firm_and_a_tie_is_not():
    assert shares({"lasting": 1.0}, {})["full_time"] == 1.0
    tied = shares({"lasting": 1.0, "brief": 1.0, "cheap": 1.0}, {})
    assert max(tied.values()) < 1.0


def test_nothing_said_leaves_every_model_alike():
    assert shares({}, {}) == pytest.approx(dict.fromkeys(BASES, 1 / 6))


def test_the_same_seed_shakes_the_same_way_and_another_one_differently():
    told = {"lasting": 1.0, "brief": 0.6, "cheap": 0.7}
    assert shares(told, {}) == shares(told, {})
    assert shares(told, {}) != shares(told, {}, seed=8)


@settings(max_examples=40)
@given(statements, weights)
def test_the_weight_named_as_turning_point_makes_the_other_model_draw_level(told, weighed):
    scores = sorted(
        (score_model(model=name, criteria=DESK.criteria, statements=told, weights=weighed) for name in BASES),
        key=lambda one: -one.points,
    )
    turns = find_turns(scores=scores, criteria=DESK.criteria, statements=told, weights=weighed, largest_weight=10)
    for turn in turns.weights:
        assert 0 <= turn.to <= 10
        turned = weighed | {turn.criterion: turn.to}
        assert points(turn.leader, told, turned) == pytest.approx(points(scores[0].model, told, turned), abs=1e-6)


def test_the_answer_named_as_turning_point_puts_the_other_model_first():
    told = {"lasting": 1.0, "brief": None, "cheap": None}
    scores = sorted(
        (score_model(model=name, criteria=DESK.criteria, statements=told, weights={}) for name in BASES),
        key=lambda one: -one.points,
    )
    turns = find_turns(scores=scores, criteria=DESK.criteria, statements=told, weights={}, largest_weight=10)
    assert ("cheap", "eor") in {(turn.criterion, turn.leader) for turn in turns.answers}
    for turn in turns.answers:
        turned = told | {turn.criterion: turn.to}
        assert points(turn.leader, turned, {}) >= points("full_time", turned, {})
