"""What the cost desk answers, as values that carry their explanation; money is Decimal from here on."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostInput, Grade, Unit, spread_words
from assay.core.market.draws import Array, Spread, summarise

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MoneySpread:
    """Points that 10, 50 and 90% of the draws lie below, and their mean, in the answer's currency."""

    p10: Decimal
    p50: Decimal
    p90: Decimal
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a cost: its spread, its share of the whole at the mean, how it is worked out and from what.

    ``grade`` is that of its weakest input.
    """

    id: str
    label: str
    formula: str
    inputs: tuple[str, ...]
    grade: Grade
    sources: tuple[Source, ...]
    cost: MoneySpread
    share: float


@dataclass(frozen=True, slots=True)
class YearlyAnswer:
    """The fully loaded year: its parts, its total without and with equity, and both over base."""

    components: tuple[Component, ...]
    total: MoneySpread
    equity: MoneySpread
    with_equity: MoneySpread
    factor: Spread
    factor_with_equity: Spread


@dataclass(frozen=True, slots=True)
class OwnershipAnswer:
    """The cost over the horizon for all seats, per productive year (``None`` where there is hardly one), and years."""

    components: tuple[Component, ...]
    total: MoneySpread
    with_equity: MoneySpread
    filled_years: Spread
    productive_years: Spread
    per_productive_year: MoneySpread | None


@dataclass(frozen=True, slots=True)
class DelayPoint:
    """The work held up after so many weeks of an empty seat."""

    weeks: int
    cost: MoneySpread


@dataclass(frozen=True, slots=True)
class DelayAnswer:
    """What an empty seat holds up a week, the pay it saves, and both netted; with the curve over the weeks."""

    per_week: MoneySpread
    saved_per_week: MoneySpread
    net_per_week: MoneySpread
    until_filled: MoneySpread
    curve: tuple[DelayPoint, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class FillingAnswer:
    """Filling the seat once: money, interviewers' hours, and what one hire that does not work out costs."""

    total: MoneySpread
    interview_hours: Spread
    misfit: MoneySpread
    misfit_formula: str


@dataclass(frozen=True, slots=True)
class Driver:
    """How far one input moves the total: rank correlation over the draws, and the total at its p10 and p90 while the
    others stay typical."""

    input_id: str
    label: str
    correlation: float
    low_words: str
    high_words: str
    at_low: Decimal
    at_high: Decimal
    grade: Grade

    @property
    def swing(self) -> Decimal:
        """How far apart the two totals are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class TeamOption:
    """One way to staff the work: cost over the horizon, work done in senior-years, cost of a senior-year of work."""

    label: str
    cost: MoneySpread
    output: Spread
    per_output: MoneySpread | None


@dataclass(frozen=True, slots=True)
class JuniorsAnswer:
    """One senior against several juniors. ``senior_is_cheaper`` is the share of draws in which a year's work costs
    less from the senior; ``juniors_to_match`` how many it takes for the same work; ``break_even_yield`` the output of
    a junior, of a senior's, at which both cost the same."""

    senior: TeamOption
    juniors: TeamOption
    number: int
    senior_is_cheaper: float
    juniors_do_more: float
    juniors_to_match: Spread
    break_even_yield: Spread
    given_yield: float
    verdict: str
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BudgetPeriod:
    """One quarter or year of the budget: seats filled at its end, the mean of each part, the spread of the sum."""

    label: str
    year: int
    seats: int
    parts: tuple[tuple[str, Decimal], ...]
    total: MoneySpread


@dataclass(frozen=True, slots=True)
class BudgetAnswer:
    """The budget by calendar quarter and by calendar year, with the parts' names and formulas in order."""

    quarters: tuple[BudgetPeriod, ...]
    years: tuple[BudgetPeriod, ...]
    components: tuple[Component, ...]
    total: MoneySpread


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """An input as an answer used it: its spread by name, by its points and in words, and where it comes from."""

    id: str
    label: str
    group: str
    unit: Unit
    spread: str
    points: tuple[float, ...]
    words: str
    grade: Grade
    sources: tuple[Source, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CostAnswer:
    """Everything the desk says about a scenario. ``typical_total`` is the total with every input at its typical value,
    around which the drivers swing."""

    currency: str
    place: str
    law_year: int
    months: int
    headcount: int
    seed: int
    draws: int
    version: str
    yearly: YearlyAnswer
    ownership: OwnershipAnswer
    filling: FillingAnswer
    delay: DelayAnswer
    typical_total: Decimal
    drivers: tuple[Driver, ...]
    driver_sentences: tuple[str, ...]
    juniors: JuniorsAnswer
    budget: BudgetAnswer
    inputs: tuple[AnswerInput, ...]
    assumptions: tuple[str, ...]


def to_money(value: float) -> Decimal:
    """Return a simulated amount as money, to the cent."""
    return Decimal(repr(float(value))).quantize(_CENT, rounding=ROUND_HALF_UP)


def money_spread(values: Array) -> MoneySpread:
    """Return the spread of simulated amounts as money."""
    spread = summarise(values)
    return MoneySpread(to_money(spread.p10), to_money(spread.p50), to_money(spread.p90), to_money(spread.mean))


def used_input(*, given: CostInput, currency: str) -> AnswerInput:
    """Return an input as an answer keeps it."""
    return AnswerInput(
        id=given.id,
        label=given.label,
        group=given.group,
        unit=given.unit,
        spread=type(given.distribution).__name__.lower(),
        points=given.points,
        words=spread_words(given=given, currency=currency),
        grade=given.grade,
        sources=given.sources,
        note=given.note,
    )
