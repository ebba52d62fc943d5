"""How good predicted quantiles are, against pay that the model has not seen."""

from dataclasses import dataclass

import numpy as np

from assay.core.market.pay.postings import Floats
from assay.core.market.pay.rules import SHARES


@dataclass(frozen=True, slots=True)
class PayScore:
    """A prediction over ``n`` rows: mean pinball loss in the money of the rows over the five quantiles, the shares
    (0-1) within p10-p90 and p25-p75, and the share below p50."""

    n: int
    pinball: float
    within_80: float
    within_50: float
    below_middle: float


def score_quantiles(*, predicted: Floats, actual: Floats) -> PayScore:
    """Score predictions of shape (n, 5) against ``n`` values. Raises ``ValueError`` when there are none.

    Pinball loss of quantile ``q``: ``max(q * d, (q - 1) * d)`` with ``d = actual - predicted``.
    """
    if len(actual) == 0 or predicted.shape != (len(actual), len(SHARES)):
        raise ValueError("a score needs at least one value and five predicted quantiles for each")
    distance = actual[:, None] - predicted
    shares = np.array(SHARES)
    loss = np.maximum(shares * distance, (shares - 1) * distance)
    return PayScore(
        n=len(actual),
        pinball=float(loss.mean()),
        within_80=float(((actual >= predicted[:, 0]) & (actual <= predicted[:, 4])).mean()),
        within_50=float(((actual >= predicted[:, 1]) & (actual <= predicted[:, 3])).mean()),
        below_middle=float((actual < predicted[:, 2]).mean()),
    )
