"""How far groups of adverts lie from what the wider group says of them: what makes an answer without data wide.

The median of each group with enough rows is held against the prediction that the model would make of it without its own
rows. The mean square of these distances, less what sampling alone would make, is the variance between groups: the
method of moments of a random-effects model. It is measured on log pay, at home and abroad apart, for each pool.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from assay.core.market.pay.rules import PayRules
from assay.core.market.pay.strata import NARROWING, Cell, Pool, SortedRows, Strata, sorted_quantiles

LEAST_ROWS = 10
LEAST_GROUPS = 3
_MIDDLE = 2
_QUARTILES_APART = 1.349
_Key = tuple[bool, Pool]


@dataclass(frozen=True, slots=True)
class Distance:
    """A group's own median less the median predicted without it, in log pay, and the variance of its sampling."""

    log_pay: float
    sampling: float


def spreads(*, strata: Strata) -> Mapping[_Key, float]:
    """Return the standard deviation between groups in log pay, by whether it is at home, and pool.

    With fewer than ``LEAST_GROUPS`` groups on one side, both sides together speak for it; with none it is 0.
    """
    found: dict[_Key, list[Distance]] = {}
    for place, pool in enumerate(NARROWING):
        for cell, part in strata.groups(pool=pool):
            distance = _distance(strata, place, cell, part)
            if distance is not None:
                found.setdefault((_is_home(strata.rules, cell), pool), []).append(distance)
    spread = {}
    for pool in NARROWING:
        both = [one for is_home in (True, False) for one in found.get((is_home, pool), [])]
        for is_home in (True, False):
            own = found.get((is_home, pool), [])
            spread[is_home, pool] = _deviation(own if len(own) >= LEAST_GROUPS else both)
    return spread


def _is_home(rules: PayRules, cell: Cell) -> bool:
    return rules.region_of(cell.country) == rules.region_of(rules.home_country)


def _distance(strata: Strata, place: int, cell: Cell, part: SortedRows) -> Distance | None:
    """Return how far a group lies from its prediction; ``None`` with too few rows, or when it is its wider group."""
    if len(part.log_pay) < LEAST_ROWS:
        return None
    wider = strata.rows(pool=NARROWING[place - 1] if place else Pool.EVERYWHERE, cell=cell)
    others = wider.log_pay[~np.isin(wider.advert, part.advert)]
    if len(wider.log_pay) == len(part.log_pay) or (place == 0 and not len(others)):
        return None
    predicted = _without(strata, place, cell, others) + strata.moves(cell=cell)[place]
    points = sorted_quantiles(part.log_pay)
    deviation = (points[_MIDDLE + 1] - points[_MIDDLE - 1]) / _QUARTILES_APART
    sampling = deviation**2 * pi / 2 / len(np.unique(part.advert))
    return Distance(log_pay=float(points[_MIDDLE] - predicted), sampling=float(sampling))


def _without(strata: Strata, place: int, cell: Cell, others: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Return the wider group's median as the model has it, from the rows of others alone."""
    own = float(sorted_quantiles(others)[_MIDDLE]) if len(others) else 0.0
    if place == 0:
        return own
    weight = len(others) / (len(others) + strata.rules.shrinkage)
    before = strata.start(cell=cell) if place == 1 else strata.steps(cell=cell)[place - 2]
    return weight * own + (1 - weight) * float(before[_MIDDLE] + strata.moves(cell=cell)[place - 1])


def _deviation(distances: list[Distance]) -> float:
    if not distances:
        return 0.0
    return sqrt(max(0.0, float(np.mean([one.log_pay**2 - one.sampling for one in distances]))))
