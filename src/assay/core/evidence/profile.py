"""What is believed about one competency after the measurements so far: a distribution over levels 0 to 4."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assay.core.base.interval import Interval

_STEP = 0.05
_GRID = tuple(index * _STEP for index in range(81))


@dataclass(frozen=True, slots=True)
class Prior:
    """The belief before any measurement: middle and spread (standard deviation) in levels."""

    middle: float
    spread: float


@dataclass(frozen=True, slots=True)
class Trust:
    """How far one kind of observation is trusted (0-1): alone, with many, and how fast it grows between."""

    base: float
    most: float
    growth: float

    def reliability(self, *, observations: int) -> float:
        """Return the reliability of a level that rests on this many separate observations (0 when none)."""
        if observations <= 0:
            return 0.0
        return self.most - (self.most - self.base) * (1.0 - self.growth) ** (observations - 1)


@dataclass(frozen=True, slots=True)
class Observation:
    """A level (0-4) that was seen and how reliable seeing it is (0-1)."""

    level: float
    reliability: float


@dataclass(frozen=True, slots=True)
class Belief:
    """A competency's likely level: the mean and the interval that should hold it."""

    mean: float
    interval: Interval


def believe(*, prior: Prior, observations: Sequence[Observation], coverage: float) -> Belief:
    """Return the belief after ``observations``; with none it is the prior, which is wide.

    Each observation is the true level plus an error whose size follows from its reliability (classical test
    theory: reliability = true variance / observed variance). An observation of reliability 0 changes nothing.
    """
    return _believe(prior, tuple(observations), coverage)


@lru_cache(maxsize=4096)
def _believe(prior: Prior, observations: tuple[Observation, ...], coverage: float) -> Belief:
    weights = [_normal(level, prior.middle, prior.spread) for level in _GRID]
    for seen in observations:
        if seen.reliability <= 0.0:
            continue
        error = prior.spread * math.sqrt(max(1.0 - seen.reliability, 1e-3) / seen.reliability)
        weights = [weight * _normal(level, seen.level, error) for weight, level in zip(weights, _GRID, strict=True)]
    total = math.fsum(weights)
    if total <= 0.0:
        raise ValueError("the observations contradict each other beyond measure")
    mean = math.fsum(weight * level for weight, level in zip(weights, _GRID, strict=True)) / total
    tail = (1.0 - coverage) / 2.0
    low = _quantile(weights, total * tail)
    high = _quantile(weights, total * (1.0 - tail))
    return Belief(mean=mean, interval=Interval(low=low, high=max(low, high), coverage=coverage))


def _normal(value: float, middle: float, spread: float) -> float:
    return math.exp(-0.5 * ((value - middle) / spread) ** 2)


def _quantile(weights: Sequence[float], wanted: float) -> float:
    running = 0.0
    for weight, level in zip(weights, _GRID, strict=True):
        running += weight
        if running >= wanted:
            return level
    return _GRID[-1]
