"""Beliefs against the truth of simulated candidates: what is said to hold in 80% of cases holds in 80%."""

import math

import pytest
from tests.core.evidence.worlds import INTERVIEW, World, simulate

COUNT = 2000
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
