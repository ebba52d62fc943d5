"""Posted pay of one cell year by year, each with its number of rows: no trend is drawn through them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assay.core.market.pay.postings import PostedPay
from assay.core.market.pay.rules import PERCENTILES
from assay.core.market.pay.strata import Cell, sorted_quantiles

LEAST_ROWS = 8


@dataclass(frozen=True, slots=True)
class YearPay:
    """A year's rows and their own quantiles, unpooled; ``None`` with fewer than ``LEAST_ROWS``."""

    year: int
    rows: int
    quantiles: Mapping[int, float] | None


def pay_by_year(*, postings: PostedPay, cell: Cell, factor: float = 1.0) -> tuple[YearPay, ...]:
    """Return every year of the data for a cell, in order; ``factor`` turns US dollars into the money shown."""
    own = (postings.family == cell.family) & (postings.level == cell.level) & (postings.country == cell.country)
    found = []
    for year in np.unique(postings.year):
        pay = np.sort(postings.log_pay[own & (postings.year == year)])
        points = np.exp(sorted_quantiles(pay)) * factor if len(pay) >= LEAST_ROWS else None
        quantiles = None if points is None else dict(zip(PERCENTILES, (float(one) for one in points), strict=True))
        found.append(YearPay(int(year), len(pay), quantiles))
    return tuple(found)
