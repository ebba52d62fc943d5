"""All must-haves together: exact against going through every combination of levels, however the ways overlap."""

from itertools import product
from math import fsum, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.evidence.musts import Must, joint_odds
from assay.core.evidence.scale import GRID, Distribution, normal_prior, normalised
from assay.core.evidence.steps import Step, StepKind, doubt, rank_steps

LEVELS = (1.0, 2.0, 3.0)
BELIEFS = st.builds(normal_prior, middle=st.floats(0, 4), spread=st.floats(0.3, 1.5))
WAYS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(LEVELS)), min_size=1, max_size=3)
MUSTS = st.lists(WAYS.map(lambda ways: Must("m", "M", tuple(ways))), min_size=1, max_size=5)


def half_at(level: float) -> Distribution:
    """Return a belief that is as likely half a level above ``level`` as below it."""
    return normalised(tuple(float(abs(abs(point - level) - 0.5) < 1e-9) for point in GRID))


def enumerated(musts: list[Must], beliefs: dict[str, Distribution]) -> float:
    """Add up every combination of bands in which each must-have is met."""
    bands = {}
    for name, belief in beliefs.items():
        above = [1.0, *(belief.share_from(level=level) for level in LEVELS), 0.0]
        bands[name] = [(at, above[at] - above[at + 1]) for at in range(len(LEVELS) + 1)]
    names = list(beliefs)
    return fsum(
        prod(chance for _, chance in combination)
        for combination in product(*(bands[name] for name in names))
        if all(
            any(dict(zip(names, (at for at, _ in combination), strict=True))[name] >= level for name, level in m.any_of)
            for m in musts
        )
    )


@given(MUSTS, st.lists(BELIEFS, min_size=4, max_size=4))
def test_the_joint_odds_are_those_of_going_through_every_combination(
    musts: list[Must], beliefs: list[Distribution]
) -> None:
    known = dict(zip("abcd", beliefs, strict=True))
    joint = joint_odds(musts=musts, beliefs=known)
    assert joint.chance == pytest.approx(enumerated(musts, known), abs=1e-9)
    assert joint.least - 1e-9 <= joint.chance <= joint.most + 1e-9


@pytest.mark.parametrize(("second", "truth"), [("ab", 0.75), ("ac", 0.625), ("cd", 0.5625), ("a", 0.5)])
def test_two_must_haves_that_either_of_two_competencies_meets(second: str, truth: float) -> None:
    beliefs = {name: half_at(2.0) for name in "abcd"}
    first = Must("one", "One", (("a", 2.0), ("b", 2.0)))
    other = Must("two", "Two", tuple((name, 2.0) for name in second))
    joint = joint_odds(musts=(first, other), beliefs=beliefs)
    assert joint.chance == pytest.approx(truth)
    assert joint.counted == 2


def test_more_must_haves_than_a_role_may_have_that_overlap_are_worked_out_at_once() -> None:
    names = [f"c{number}" for number in range(10)]
    beliefs = {name: normal_prior(middle=2.0, spread=1.0) for name in names}
    musts = [
        Must(f"{n}", f"{n}", tuple((names[(n * 3 + step * 5) % 10], LEVELS[(n + step) % 3]) for step in range(3)))
        for n in range(12)
    ]
    assert 0.0 < joint_odds(musts=musts, beliefs=beliefs).chance < 1.0


def test_a_must_have_that_asks_the_same_as_another_is_no_second_doubt() -> None:
    beliefs = {name: normal_prior(middle=2.0, spread=1.0) for name in "ab"}
    once = Must("one", "One", (("a", 2.0), ("b", 2.0)))
    again = Must("two", "Two", (("b", 2.0), ("a", 2.0), ("a", 3.0)))
    tool = Must("tool", "A licence", ())
    step = Step("talk", StepKind.INTERVIEW, "Talk", 1.0, (("a", 0.4),))

    def worth(*musts: Must) -> float:
        (one,) = rank_steps(steps=(step,), musts=musts, bars=(), beliefs=beliefs, spread=1.0, least_gain=0.0)
        return one.bits

    assert doubt(musts=(once, tool, again), bars=(), beliefs=beliefs) == doubt(musts=(once,), bars=(), beliefs=beliefs)
    assert worth(once, again) == worth(once)
