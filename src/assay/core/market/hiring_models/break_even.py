"""When an hour of freelance work costs more than an hour of an employee, and after how long employing pays off."""

from dataclasses import dataclass

import numpy as np

from assay.core.market.draws import Array, Spread, summarise

MONTHS_A_YEAR = 12
NEVER_AFTER = 600


@dataclass(frozen=True, slots=True)
class BreakEvenAt:
    """For one hourly rate: the months after which employing is cheaper, and how often it ever is.

    ``months`` is ``None`` when employing never catches up within fifty years in at least half of the draws;
    ``share_never`` (0-1) is the share of draws in which it does not.
    """

    rate: float
    months: float | None
    share_never: float
    says: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The hourly rate below which freelance is cheaper even full time, and the months at several rates."""

    rate: Spread
    hours: float
    at: tuple[BreakEvenAt, ...]
    formula: str


def break_even_rate(*, base: float, loaded: float, hours: float) -> float:
    """Return ``h* = base * loaded / hours`` (compensation note 4): US dollars an hour of work."""
    return base * loaded / hours


def break_even(
    *, base: Array, loaded: Array, fee: Array, ramp_months: Array, hours: float, rates: tuple[float, ...]
) -> BreakEven:
    """Return the break-even rate over all draws and the months at each of ``rates``. ``fee`` is money."""
    yearly = base * loaded
    lost = fee + ramp_months / 2 * yearly / MONTHS_A_YEAR
    at = tuple(_at(rate, yearly, lost, hours) for rate in rates)
    formula = (
        "rate = base x cost of employing / productive hours; months = 12 x (recruiting + ramp-up) / "
        "(hours x rate - base x cost of employing). Equity is left out; with it the rate is higher."
    )
    return BreakEven(summarise(yearly / hours), hours, at, formula)


def _at(rate: float, yearly: Array, lost: Array, hours: float) -> BreakEvenAt:
    saved = hours * rate - yearly
    months = np.full_like(yearly, np.inf)
    np.divide(MONTHS_A_YEAR * lost, saved, out=months, where=saved > 0)
    share_never = float((months > NEVER_AFTER).mean())
    middle = float(np.quantile(months, 0.5, method="inverted_cdf"))
    if middle > NEVER_AFTER:
        return BreakEvenAt(rate, None, share_never, f"At {rate:,.0f} an hour, {_how_often_never(share_never)}.")
    says = f"At {rate:,.0f} an hour, employing is cheaper after about {max(middle, 1):.0f} months"
    tail = f"; in {share_never:.0%} of the draws it never is." if share_never >= 0.005 else "."
    return BreakEvenAt(rate, middle, share_never, says + tail)


def _how_often_never(share: float) -> str:
    if share >= 0.995:
        return "employing never gets cheaper"
    return f"employing never gets cheaper in {share:.0%} of the draws"
