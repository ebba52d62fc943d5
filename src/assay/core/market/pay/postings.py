"""Posted base pay as columns of numbers: what the pay model is fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PostedRange:
    """The base pay of one advert, in US dollars a year: both ends, or the one figure that was given.

    ``level`` is the data's own code (EN, MI, SE, EX); ``country`` is ISO 3166-1 alpha-2.
    """

    year: int
    level: str
    family: str
    country: str
    low_usd: float
    high_usd: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PostedPay:
    """One row for each end of each posted range; ``advert`` joins the two ends, so that both are left out together.

    All arrays have one length. ``log_pay`` is the natural logarithm of US dollars a year.
    """

    year: Integers
    level: NDArray[np.str_]
    family: NDArray[np.str_]
    country: NDArray[np.str_]
    log_pay: Floats
    advert: Integers

    def __len__(self) -> int:
        return len(self.log_pay)

    @property
    def last_year(self) -> int:
        """The latest year that any row is of."""
        return int(self.year.max())

    def chosen(self, rows: NDArray[np.bool_]) -> "PostedPay":
        """Return only the rows for which ``rows`` is true."""
        return PostedPay(
            year=self.year[rows],
            level=self.level[rows],
            family=self.family[rows],
            country=self.country[rows],
            log_pay=self.log_pay[rows],
            advert=self.advert[rows],
        )


def posted_pay(*, ranges: Sequence[PostedRange]) -> PostedPay:
    """Lay ranges out as rows, one an end. Raises ``ValueError`` when there is none or a figure is not above 0."""
    if not ranges:
        raise ValueError("the pay model needs at least one posted range")
    low = np.array([one.low_usd for one in ranges], dtype=np.float64)
    high = np.array([np.nan if one.high_usd is None else one.high_usd for one in ranges], dtype=np.float64)
    if not (low > 0).all() or (high < low).any():
        raise ValueError("posted pay must be above 0, with the low end not above the high end")
    has_top = np.flatnonzero(~np.isnan(high))
    source = np.concatenate((np.arange(len(ranges)), has_top))
    return PostedPay(
        year=np.array([one.year for one in ranges], dtype=np.int64)[source],
        level=np.array([one.level for one in ranges])[source],
        family=np.array([one.family for one in ranges])[source],
        country=np.array([one.country for one in ranges])[source],
        log_pay=np.log(np.concatenate((low, high[has_top]))),
        advert=source.astype(np.int64),
    )
