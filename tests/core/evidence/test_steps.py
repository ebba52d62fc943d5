"""The next best step: what it is expected to tell is never negative, exact, and worth its hour."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.worlds import INTERVIEW, SPREAD

from assay.core.evidence.musts import Bar, Must
from assay.core.evidence.scale import Distribution, likelihood, normal_prior, update
from assay.core.evidence.seen import error_of
from assay.core.evidence.steps import Step, StepKind, StepWorth, doubt, entropy, expected_reliability, rank_steps

OPEN, SETTLED = normal_prior(middle=2.0, spread=1.2), normal_prior(middle=3.8, spread=0.25)
MUST = Must("watches", "Watches", (("monitoring", 2.0),))
EITHER = Must("shipped", "Shipped", (("deployment", 2.0), ("serving", 2.0)))
BARS = (Bar("serving", "Serving", 2.5, 1.0),)


def talk(key: str, hours: float = 1.0, **reliabilities: float) -> Step:
    return Step(key, StepKind.INTERVIEW, key, hours, tuple(reliabilities.items()))


def ranked(*steps: Step, musts: tuple[Must, ...] = (MUST, EITHER), least: float = 0.0, **beliefs: Distribution):
    known = {"monitoring": OPEN, "deployment": OPEN, "serving": OPEN, **beliefs}
    return rank_steps(steps=steps, musts=musts, bars=BARS, beliefs=known, spread=SPREAD, least_gain=least)


def bits(step: Step, **beliefs: Distribution) -> float:
    return sum(worth.bits for worth in ranked(step, **beliefs))


@given(st.floats(0, 4), st.floats(0.2, 1.5), st.floats(0.01, 0.95))
def test_nothing_asked_is_expected_to_add_doubt(middle: float, spread: float, reliability: float) -> None:
    belief = normal_prior(middle=middle, spread=spread)
    step = talk("one", monitoring=reliability, serving=reliability)
    (worth,) = ranked(step, monitoring=belief, serving=belief)
    known = {"monitoring": belief, "serving": belief, "deployment": OPEN}
    assert 0 <= worth.bits <= doubt(musts=(MUST, EITHER), bars=BARS, beliefs=known) + 1e-9


def test_a_surer_step_tells_more() -> None:
    gains = [bits(talk("one", monitoring=trust)) for trust in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert gains == sorted(gains)


def test_what_is_open_is_asked_before_what_is_settled() -> None:
    worths = ranked(talk("settled", serving=INTERVIEW), talk("open", monitoring=INTERVIEW), serving=SETTLED)
    assert [worth.step.key for worth in worths][0] == "open"


def test_half_the_time_for_the_same_rating_is_twice_the_worth() -> None:
    short, long = ranked(talk("short", 0.5, monitoring=INTERVIEW), talk("long", 1.0, monitoring=INTERVIEW))
    assert short.step.key == "short"
    assert short.bits_per_hour == pytest.approx(2 * long.bits_per_hour)


def test_equals_are_ranked_by_key() -> None:
    worths = ranked(talk("b", monitoring=INTERVIEW), talk("a", monitoring=INTERVIEW))
    assert [worth.step.key for worth in worths] == ["a", "b"]


def test_a_step_about_nothing_asked_is_not_offered() -> None:
    assert ranked(talk("hobbies", research=0.9), least=0.01) == ()
    assert ranked(talk("endless", 0.0, monitoring=0.9)) == ()


def test_the_gain_is_the_mutual_information_worked_out_by_hand() -> None:
    (worth,) = ranked(talk("one", monitoring=INTERVIEW), musts=(MUST,))
    error = error_of(reliability=INTERVIEW, spread=SPREAD)
    expected = entropy(chance=OPEN.share_from(level=2.0))
    for level in range(5):
        factor = likelihood(level=float(level), error=error, is_whole=True)
        odds = math.fsum(weight * part for weight, part in zip(OPEN.weights, factor, strict=True))
        expected -= odds * entropy(chance=update(belief=OPEN, by=factor).share_from(level=2.0))
    assert worth.bits == pytest.approx(expected)


def test_a_step_on_both_ways_of_a_must_have_tells_more_than_on_one_and_less_than_the_sum() -> None:
    def about(step: Step) -> float:
        (worth,) = ranked(step)
        return dict(worth.about)["Shipped"]

    one = about(talk("one", deployment=INTERVIEW))
    other = about(talk("other", serving=INTERVIEW))
    both = about(talk("both", deployment=INTERVIEW, serving=INTERVIEW))
    assert max(one, other) < both < (one + other) * 1.2


def test_what_a_step_tells_most_about_comes_first() -> None:
    (worth,) = ranked(talk("one", monitoring=INTERVIEW, serving=INTERVIEW))
    assert isinstance(worth, StepWorth)
    assert [name for name, _ in worth.about][0] == "Watches"


@given(st.floats(1, 60), st.floats(1, 60))
def test_fewer_minutes_make_a_rating_less_reliable_and_more_than_enough_not_more(one: float, other: float) -> None:
    short, long = sorted((one, other))
    values = [expected_reliability(reliability=0.5, minutes=minutes, full_minutes=15) for minutes in (short, long)]
    assert 0 < values[0] <= values[1] <= 0.5


def test_half_the_minutes_follow_spearman_and_brown() -> None:
    assert expected_reliability(reliability=0.5, minutes=7.5, full_minutes=15) == pytest.approx(1 / 3)


def test_an_even_question_is_one_bit() -> None:
    assert entropy(chance=0.5) == 1
    assert entropy(chance=0) == entropy(chance=1) == 0
