"""What an empty seat holds up, as a range; never one number, for nobody knows the worth of work not done."""

import numpy as np

from assay.core.market.cost.answer import DelayAnswer, DelayPoint, money_spread
from assay.core.market.cost.scenario import Sample, Scenario
from assay.core.market.cost.yearly import Yearly

WEEKS_A_YEAR = 52
_FORMULA = (
    "base × worth of a year's work ÷ 52 × (1 − what others cover), a week; netted with the loaded pay that is not "
    "spent meanwhile"
)


def delay_cost(*, scenario: Scenario, sample: Sample, yearly: Yearly) -> DelayAnswer:
    """Return the work held up a week, the pay saved, and the curve over the weeks, for all seats."""
    seats = scenario.headcount
    held_up = seats * yearly.base * sample["value_multiple"] / WEEKS_A_YEAR * (1 - sample["cover"])
    saved = seats * yearly.total / WEEKS_A_YEAR
    weeks = range(0, scenario.limits.delay_last + 1, scenario.limits.delay_step)
    return DelayAnswer(
        per_week=money_spread(held_up),
        saved_per_week=money_spread(saved),
        net_per_week=money_spread(held_up - saved),
        until_filled=money_spread(held_up * np.asarray(sample["fill_weeks"])),
        curve=tuple(DelayPoint(count, money_spread(held_up * count)) for count in weeks),
        formula=_FORMULA,
    )
