"""Amounts and ranges as people read them, and the numbers that head an answer."""

from dataclasses import dataclass
from decimal import Decimal

from assay.app.ui.formats import money
from assay.core.market.cost.answer import CostAnswer, MoneySpread
from assay.core.market.cost.compare import CostDifference
from assay.core.market.draws import Spread, round_figures

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline number: what it is, the number, its range."""

    label: str
    value: str
    note: str


def list_figures(*, answer: CostAnswer) -> tuple[Figure, ...]:
    """Return the numbers that head an answer."""
    owned, currency = answer.ownership, answer.currency
    seats = "" if answer.headcount == 1 else f" for {answer.headcount} seats"
    factor = answer.yearly.factor
    span = f"{answer.months} months" if answer.months != 1 else "1 month"
    per_year = (
        Figure(
            "A productive year",
            headline(owned.per_productive_year, currency),
            short(owned.per_productive_year),
        )
        if owned.per_productive_year is not None
        else Figure("A productive year", "–", "too short a time for one")
    )
    return (
        Figure("A year, fully loaded", headline(answer.yearly.total, currency), short(answer.yearly.total)),
        Figure(f"{span} from opening{seats}", headline(owned.total, currency), short(owned.total)),
        per_year,
        Figure("Loaded cost over base", f"{factor.p50:.2f}", f"80% of draws: {factor.p10:.2f} to {factor.p90:.2f}"),
    )


def difference_figures(*, difference: CostDifference) -> tuple[Figure, ...]:
    """Return the numbers that head a comparison."""
    currency = difference.currency
    return (
        Figure("Second less first, over the months", headline(difference.total, currency), short(difference.total)),
        Figure("Second less first, a loaded year", headline(difference.yearly, currency), short(difference.yearly)),
    )


def compact(amount: Decimal | float) -> str:
    """Return an amount in two significant figures, short enough for a plot: ``290k``, ``1.2M``."""
    value = round_figures(float(amount))
    sign, size = (MINUS, -value) if value < 0 else ("", value)
    for step, mark in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if size >= step:
            return f"{sign}{size / step:g}{mark}"
    return f"{sign}{size:g}"


def spread_text(spread: MoneySpread) -> str:
    """Return a middle with its range: ``290k (280k–310k)``."""
    if spread.p10 == spread.p90:
        return compact(spread.p50) if abs(spread.p50) < 1000 else f"{float(spread.p50) / 1000:,.4g}k"
    return f"{compact(spread.p50)} ({compact(spread.p10)}–{compact(spread.p90)})"


def headline(spread: MoneySpread, currency: str) -> str:
    """Return the middle of a spread as a headline: ``USD 290,000``."""
    return money(round_figures(float(spread.p50)), currency)


def between(spread: MoneySpread, currency: str) -> str:
    """Return the range of a spread in words: ``80% of draws: USD 280,000 to 310,000``."""
    low = money(round_figures(float(spread.p10)), currency)
    high = money(round_figures(float(spread.p90)), "").strip()
    return f"80% of draws: {low} to {high}"


def full(spread: MoneySpread, currency: str) -> str:
    """Return the middle of a spread and its range in words."""
    if spread.p10 == spread.p90:
        return headline(spread, currency)
    return f"{headline(spread, currency)} ({between(spread, currency)})"


def short(spread: MoneySpread) -> str:
    """Return the range of a spread in a few letters, for under a headline: ``80% of draws: 280k to 310k``."""
    return f"80% of draws: {compact(spread.p10)} to {compact(spread.p90)}"


def years_text(spread: Spread) -> str:
    """Return a spread of years: ``1.3 (1.2–1.5)``."""
    return f"{spread.p50:.1f} ({spread.p10:.1f}–{spread.p90:.1f})"
