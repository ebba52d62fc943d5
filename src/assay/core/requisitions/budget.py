"""Does the band fit the budget? Band times seats times what a seat costs beyond base pay, said either way."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assay.core.base.source import Source


class BudgetState(StrEnum):
    """How the cost of the band stands to the budget."""

    UNKNOWN = "unknown"
    INSIDE = "inside"
    TIGHT = "tight"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class LoadedFactor:
    """What a seat costs for every unit of base pay (1.3 to 1.5 is usual), where that comes from, and if assumed."""

    value: Decimal
    source: Source
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """The cost of the whole request a year, from the bottom to the top of the band, beside the budget for a year.

    Amounts are in ``currency``; ``steps`` say how they were worked out.
    """

    state: BudgetState
    sentence: str
    currency: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    budget: Decimal | None = None
    steps: tuple[str, ...] = ()

    @property
    def rounded_low(self) -> Decimal:
        """``low`` to the thousand, for people to read."""
        return _rounded(self.low or Decimal(0))

    @property
    def rounded_high(self) -> Decimal:
        """``high`` to the thousand, for people to read."""
        return _rounded(self.high or Decimal(0))


def check_budget(
    *,
    low: Decimal | None,
    high: Decimal | None,
    band_currency: str,
    headcount: int,
    factor: LoadedFactor,
    budget: Decimal | None,
    budget_currency: str,
) -> BudgetCheck:
    """Compare the yearly cost of ``headcount`` seats inside a band with a yearly budget; never converts currencies."""
    if low is None or high is None:
        return BudgetCheck(BudgetState.UNKNOWN, "There is no band yet to hold against the budget.")
    cheapest, dearest = (amount * headcount * factor.value for amount in (low, high))
    worked = _steps(low, high, band_currency, headcount, factor)
    if budget is None:
        said = f"At this band it costs {_range(cheapest, dearest, band_currency)} a year. No budget has been named."
        return BudgetCheck(BudgetState.UNKNOWN, said, band_currency, cheapest, dearest, None, worked)
    if band_currency != budget_currency:
        said = f"The band is in {band_currency} and the budget in {budget_currency}; name both in one currency."
        return BudgetCheck(BudgetState.UNKNOWN, said, band_currency, cheapest, dearest, None, worked)
    state, said = _compare(cheapest, dearest, budget, band_currency)
    return BudgetCheck(state, said, band_currency, cheapest, dearest, budget, worked)


def _compare(cheapest: Decimal, dearest: Decimal, budget: Decimal, currency: str) -> tuple[BudgetState, str]:
    range_ = _range(cheapest, dearest, currency)
    if dearest <= budget:
        left = _money(budget - dearest, currency)
        return BudgetState.INSIDE, f"{range_} a year fits the budget; {left} is left at the top of the band."
    if cheapest <= budget:
        short = _money(dearest - budget, currency)
        return BudgetState.TIGHT, f"{range_} a year: the top of the band is {short} over the budget."
    short = _money(cheapest - budget, currency)
    return BudgetState.OVER, f"{range_} a year: even the bottom of the band is {short} over the budget."


def _steps(low: Decimal, high: Decimal, currency: str, headcount: int, factor: LoadedFactor) -> tuple[str, ...]:
    people = "1 person" if headcount == 1 else f"{headcount} people"
    origin = "assumed" if factor.is_assumed else "from the cost desk"
    return (
        f"Base pay {currency} {low:,.0f} to {high:,.0f} a year",
        f"{people}",
        f"times {factor.value:.2f} for all that comes on top of base pay ({origin}: {factor.source.title})",
    )


def _range(low: Decimal, high: Decimal, currency: str) -> str:
    return f"{currency} {_rounded(low):,.0f} to {_rounded(high):,.0f}"


def _money(amount: Decimal, currency: str) -> str:
    return f"{currency} {_rounded(amount):,.0f}"


def _rounded(amount: Decimal) -> Decimal:
    """Round to the thousand: the factor is no better known than that."""
    return amount.quantize(Decimal(1)) if abs(amount) < 1000 else (amount / 1000).quantize(Decimal(1)) * 1000
