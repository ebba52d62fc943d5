"""The scale that beliefs live on: a fixed grid around the levels 0 to 4, and what can be read off a distribution.

The grid reaches a level beyond both ends, because people differ where the anchors no longer tell them apart.
Whatever is read off is put back on 0 to 4.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import mul

from assay.core.base.interval import Interval

STEP = 0.05
LOWEST, HIGHEST = -1.0, 5.0
GRID = tuple(round(LOWEST + index * STEP, 2) for index in range(121))
FLOOR, CEILING = 0.0, 4.0
_HALF = STEP / 2


@dataclass(frozen=True, slots=True)
class Distribution:
    """Weights over ``GRID`` that sum to 1; each weight is spread evenly over its cell."""

    weights: tuple[float, ...]

    @property
    def level(self) -> float:
        """The middle (median), on 0 to 4: as likely above as below."""
        return self.quantile(share=0.5)

    def quantile(self, *, share: float) -> float:
        """Return the level (0-4) below which ``share`` (0-1) of the belief lies."""
        return min(max(self._at(share), FLOOR), CEILING)

    def interval(self, *, coverage: float) -> Interval:
        """Return the levels between which ``coverage`` (0-1) of the belief lies, as much left out below as above."""
        tail = (1.0 - coverage) / 2.0
        low = self.quantile(share=tail)
        return Interval(low=low, high=max(low, self.quantile(share=1.0 - tail)), coverage=coverage)

    def share_from(self, *, level: float) -> float:
        """Return the probability (0-1) of being at ``level`` or above."""
        cells = (level - LOWEST + _HALF) / STEP
        at = min(max(math.floor(cells), 0), len(GRID))
        if at == len(GRID):
            return 0.0
        part = self.weights[at] * min(1.0, at + 1 - cells)
        return min(1.0, math.fsum(self.weights[at + 1 :]) + part)

    def shares_by_level(self) -> tuple[float, float, float, float, float]:
        """Return the probabilities of the levels 0 to 4, each from half a level below it; they sum to 1."""
        above = [1.0, *(self.share_from(level=level - 0.5) for level in range(1, 5)), 0.0]
        zero, one, two, three, four = (above[level] - above[level + 1] for level in range(5))
        return (zero, one, two, three, four)

    def _at(self, share: float) -> float:
        running = tuple(accumulate(self.weights))
        at = min(bisect_left(running, share), len(GRID) - 1)
        left = running[at] - share
        return GRID[at] + _HALF - (STEP * left / self.weights[at] if self.weights[at] > 0.0 else 0.0)


@lru_cache(maxsize=256)
def normal_prior(*, middle: float, spread: float) -> Distribution:
    """Return a normal belief on the grid; middle and spread (standard deviation) in levels."""
    return normalised(tuple(_density(point, middle, spread) for point in GRID))


@lru_cache(maxsize=4096)
def likelihood(*, level: float, error: float, is_whole: bool) -> tuple[float, ...]:
    """Return how likely an observation of ``level`` is under each true level, up to a factor.

    ``error`` is its standard deviation in levels. A rating in whole levels (``is_whole``) stands for all that rounds to
    it, and 0 and 4 for all beyond them too, so that five of them sum to 1 at every true level.
    """
    if not is_whole:
        return tuple(_density(point, level, error) for point in GRID)
    low = -math.inf if level <= FLOOR else level - 0.5
    high = math.inf if level >= CEILING else level + 0.5
    return tuple(below((high - point) / error) - below((low - point) / error) for point in GRID)


def update(*, belief: Distribution, by: tuple[float, ...]) -> Distribution:
    """Return the belief after an observation with the likelihood ``by``."""
    return normalised(tuple(map(mul, belief.weights, by)))


def normalised(weights: tuple[float, ...]) -> Distribution:
    """Return weights as a distribution. Raises ``ValueError`` when they sum to nothing."""
    total = math.fsum(weights)
    if not total > 0.0:
        raise ValueError("the observations contradict each other beyond measure")
    return Distribution(tuple(weight / total for weight in weights))


def below(z: float) -> float:
    """Return the share (0-1) of a standard normal that lies below ``z``."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def _density(value: float, middle: float, spread: float) -> float:
    return math.exp(-0.5 * ((value - middle) / spread) ** 2)
