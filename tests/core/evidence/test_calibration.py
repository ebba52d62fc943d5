"""Beliefs against the truth of simulated candidates: what is said to hold in 80% of cases holds in 80%."""

import math

import numpy as np
import pytest
from tests.core.evidence.worlds import INTERVIEW, SENIOR, World, believe_in, simulate

from assay.core.evidence.musts import JointOdds, Must, joint_odds

COUNT = 1500
# Three standard errors of a share of 0.8 among so many.
TOLERANCE = 3 * math.sqrt(0.8 * 0.2 / COUNT)


@pytest.mark.parametrize(
    "reliabilities",
    [(0.0,), (0.6,), (0.0, INTERVIEW), (0.6, INTERVIEW, INTERVIEW)],
    ids=["nothing", "document", "interview", "document and two interviews"],
)
def test_the_intervals_hold_what_they_say(reliabilities: tuple[float, ...]) -> None:
    tally = simulate(world=World(), reliabilities=reliabilities, count=COUNT, seed=11)
    assert tally.held == pytest.approx(0.8, abs=TOLERANCE)
    assert tally.shown_held >= 0.8 - TOLERANCE


def test_the_bar_is_met_as_often_as_said_in_every_tenth() -> None:
    tally = simulate(world=World(), reliabilities=(0.6, INTERVIEW, INTERVIEW), count=COUNT, seed=12)
    for said, met, count in tally.deciles():
        # Three standard errors, and what a cut at the scale's ends and widened contradictions may cost.
        assert abs(said - met) <= 3 * math.sqrt(max(said * (1 - said), 0.01) / count) + 0.04, (said, met, count)


def test_more_reliable_measurements_narrow_more() -> None:
    widths = [
        simulate(world=World(), reliabilities=(0.0, reliability), count=300, seed=13).width
        for reliability in (0.2, 0.4, 0.6, 0.8)
    ]
    assert widths == sorted(widths, reverse=True)


def test_every_further_interviewer_narrows() -> None:
    widths = [
        simulate(world=World(), reliabilities=(0.6, *[INTERVIEW] * count), count=300, seed=14).width
        for count in range(4)
    ]
    assert widths == sorted(widths, reverse=True)


def test_a_lenient_house_is_overrated_and_the_docs_say_by_how_much() -> None:
    tally = simulate(world=World(leniency=0.5), reliabilities=(0.6, INTERVIEW, INTERVIEW), count=COUNT, seed=15)
    assert 0.70 < tally.held < 0.80
    overrated = sum((said - met) * count for said, met, count in tally.deciles()) / COUNT
    assert 0.02 < overrated < 0.12


def all_together(*, correlation: float, count: int, seed: int) -> tuple[list[JointOdds], np.ndarray]:
    """Four must-haves of ``count`` candidates whose strengths correlate: what is said of all, and what is true."""
    generator = np.random.default_rng(seed)
    own, shared = generator.standard_normal((count, 4)), generator.standard_normal((count, 1))
    levels = 2.2 + SENIOR.spread * (np.sqrt(1 - correlation) * own + np.sqrt(correlation) * shared)
    musts = [Must(name, name, ((name, 2.0),)) for name in "abcd"]
    said = []
    for row in levels:
        beliefs = {
            name: believe_in(truth=level, reliabilities=(0.6, INTERVIEW), middle=2.2, generator=generator).distribution
            for name, level in zip("abcd", row, strict=True)
        }
        said.append(joint_odds(musts=musts, beliefs=beliefs))
    return said, (levels >= 2.0).all(axis=1)


def test_all_must_haves_are_met_as_often_as_said_when_strengths_are_independent() -> None:
    said, met = all_together(correlation=0.0, count=500, seed=16)
    assert np.mean([joint.chance for joint in said]) == pytest.approx(met.mean(), abs=0.04)


def test_when_strengths_go_together_the_truth_lies_in_the_range_that_is_shown() -> None:
    said, met = all_together(correlation=0.3, count=500, seed=17)
    assert np.mean([joint.chance for joint in said]) <= met.mean() <= np.mean([joint.most for joint in said])
