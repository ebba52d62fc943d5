"""What is believed after measurements: nothing seen is wide, more seen is narrow, trust decides how far it moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.evidence.profile import Observation, Prior, Trust, believe

PRIOR = Prior(middle=1.2, spread=1.3)
LEVELS = st.floats(min_value=0, max_value=4)
RELIABILITIES = st.floats(min_value=0.05, max_value=0.95)


def width(*observations: Observation) -> float:
    interval = believe(prior=PRIOR, observations=observations, coverage=0.8).interval
    return interval.high - interval.low


def test_nothing_seen_is_wide() -> None:
    assert width() > 2.0


@given(LEVELS, RELIABILITIES)
def test_the_interval_lies_on_the_scale_and_holds_the_mean(level: float, reliability: float) -> None:
    belief = believe(prior=PRIOR, observations=[Observation(level=level, reliability=reliability)], coverage=0.8)
    assert 0 <= belief.interval.low <= belief.mean <= belief.interval.high <= 4


@given(LEVELS)
def test_a_second_equal_observation_narrows_the_belief(level: float) -> None:
    seen = Observation(level=level, reliability=0.5)
    assert width(seen, seen) <= width(seen)


@given(LEVELS, LEVELS)
def test_a_higher_observation_never_lowers_the_mean(one: float, other: float) -> None:
    low, high = sorted((one, other))
    means = [
        believe(prior=PRIOR, observations=[Observation(level=level, reliability=0.5)], coverage=0.8).mean
        for level in (low, high)
    ]
    assert means[0] <= means[1] + 1e-9


def test_an_observation_without_reliability_changes_nothing() -> None:
    nothing = believe(prior=PRIOR, observations=[], coverage=0.8)
    assert believe(prior=PRIOR, observations=[Observation(level=4, reliability=0)], coverage=0.8) == nothing


def test_trust_pulls_the_mean_towards_what_was_seen() -> None:
    means = [
        believe(prior=PRIOR, observations=[Observation(level=4, reliability=trust)], coverage=0.8).mean
        for trust in (0.2, 0.5, 0.9)
    ]
    assert means == sorted(means)


def test_reliability_grows_with_observations_up_to_its_most() -> None:
    trust = Trust(base=0.45, most=0.7, growth=0.35)
    assert trust.reliability(observations=0) == 0
    assert trust.reliability(observations=1) == pytest.approx(0.45)
    assert 0.45 < trust.reliability(observations=3) < trust.reliability(observations=30) <= 0.7
