"""A band of ours on the market: where its ends fall, and which share of posted ranges it beats."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log
from statistics import NormalDist

from assay.core.market.pay.postings import PostedRange
from assay.core.market.pay.question import PayQuestionError
from assay.core.market.pay.rules import PERCENTILES
from assay.core.market.pay.strata import Cell, Pool

_NORMAL = NormalDist()
_MOST = 1e12


@dataclass(frozen=True, slots=True)
class Band:
    """Base pay a year from ``low`` to ``high``. Raises ``PayQuestionError`` when it is upside down, 0 or absurd."""

    low: float
    high: float

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if not isfinite(end) or not 0 < end < _MOST:
                raise PayQuestionError(field="band", message="Both ends of the band must be above 0, in money a year.")
        if self.low > self.high:
            message = f"The band is upside down: {self.low:,.0f} is above {self.high:,.0f}. Give the lower end first."
            raise PayQuestionError(field="band", message=message)

    @property
    def middle(self) -> float:
        """The point halfway between the ends."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class RangeShares:
    """Posted ranges that a band was held against, and the shares of them (0-1) that it beats.

    ``top_beaten``: their highest pay is below ours. ``middle_beaten``: their middle is below ours. ``reached``: their
    lowest pay is within our highest, so that we can at least meet their start. ``pool`` says which ranges these are.
    """

    pool: Pool
    ranges: int
    top_beaten: float
    middle_beaten: float
    reached: float


@dataclass(frozen=True, slots=True)
class BandPlacement:
    """A band in the distribution of posted pay: percentiles (0-100) of its ends and middle, and the ranges it beats.

    ``warnings`` say what is odd about it. ``ranges`` is ``None`` where no posted range is near enough.
    """

    band: Band
    low_percentile: float
    middle_percentile: float
    high_percentile: float
    ranges: RangeShares | None
    warnings: tuple[str, ...]


def percentile_of(*, value: float, quantiles: Mapping[int, float]) -> float:
    """Return which percentile (1-99) a value is: straight lines between the quantiles, log pay against normal score.

    Beyond p10 and p90 the outer line goes on; what lies further than 1 or 99 is called 1 or 99.
    """
    points = [log(quantiles[share]) for share in PERCENTILES]
    scores = [_NORMAL.inv_cdf(share / 100) for share in PERCENTILES]
    right = min(max(bisect_left(points, log(value)), 1), len(points) - 1)
    width = points[right] - points[right - 1]
    part = (log(value) - points[right - 1]) / width if width > 0 else 0.5
    score = scores[right - 1] + part * (scores[right] - scores[right - 1])
    return min(max(100 * _NORMAL.cdf(score), 1.0), 99.0)


def place_band(*, band: Band, quantiles: Mapping[int, float], ranges: RangeShares | None) -> BandPlacement:
    """Return where a band stands; band and quantiles are in the same money."""
    low, middle, high = (percentile_of(value=one, quantiles=quantiles) for one in (band.low, band.middle, band.high))
    return BandPlacement(band, low, middle, high, ranges, _warnings(band, quantiles, low, high))


def share_of_ranges(
    *, band: Band, ranges: Sequence[PostedRange], cell: Cell, region_of: Mapping[str, str], least: int
) -> RangeShares | None:
    """Return the shares of posted ranges that a band (US dollars a year) beats, in the narrowest pool of ``least``.

    Only ranges with both ends count. Returns ``None`` when even the level in the region has fewer.
    """
    both = [one for one in ranges if one.high_usd is not None and one.level == cell.level]
    region = region_of.get(cell.country)
    near = [one for one in both if region_of.get(one.country) == region]
    pools = (
        (Pool.FAMILY_LEVEL_COUNTRY, [one for one in near if (one.family, one.country) == (cell.family, cell.country)]),
        (Pool.FAMILY_LEVEL_REGION, [one for one in near if one.family == cell.family]),
        (Pool.LEVEL_REGION, near),
    )
    for pool, found in pools:
        if len(found) >= least:
            return _shares(band, pool, [(one.low_usd, one.high_usd or one.low_usd) for one in found])
    return None


def _shares(band: Band, pool: Pool, ends: list[tuple[float, float]]) -> RangeShares:
    count = len(ends)
    return RangeShares(
        pool=pool,
        ranges=count,
        top_beaten=sum(high < band.high for _, high in ends) / count,
        middle_beaten=sum((low + high) / 2 < band.middle for low, high in ends) / count,
        reached=sum(low <= band.high for low, _ in ends) / count,
    )


def _warnings(band: Band, quantiles: Mapping[int, float], low: float, high: float) -> tuple[str, ...]:
    found = []
    if band.high < quantiles[10]:
        found.append("The whole band lies below nine tenths of posted pay: few will read past it.")
    elif high < 50:
        found.append("The top of the band lies below the middle of posted pay: strong applicants have better offers.")
    if band.low > quantiles[90]:
        found.append(
            "The whole band lies above nine tenths of posted pay. Check the level, the place and the currency."
        )
    if band.high > 2 * band.low:
        found.append("The top is more than twice the bottom: that is two levels, and says little to an applicant.")
    if band.high < quantiles[50] / 5 or band.low > quantiles[50] * 5:
        found.append("The band is far from anything posted. Is it a month's pay, or another currency?")
    return tuple(found)
