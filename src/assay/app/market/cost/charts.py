"""An answer made ready to be drawn: rows, axes and words for the plots, nothing decided here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assay.app.market.cost.figures import MINUS, compact, full, spread_text, years_text
from assay.app.ui.plots import Axis, Ground, Line, Part, Range, Stack, Swing, axis_for
from assay.core.market.cost.answer import BudgetPeriod, Component, CostAnswer, MoneySpread, TeamOption
from assay.core.market.cost.compare import CostDifference
from assay.core.market.cost.inputs import Grade

MOST_SWINGS = 8
_GROUNDS = {Grade.MEASURED: Ground.MEASURED, Grade.PUBLISHED: Ground.PUBLISHED}
# Series of a plot by what they stand for, so that the same thing wears the same colour in every bar.
_YEARLY_PARTS = (
    ("Base", ("base",)),
    ("Bonus", ("bonus",)),
    ("Contributions", ("contributions",)),
    ("Benefits", ("benefits",)),
    ("Manager's time", ("management",)),
    ("Tools and equipment", ("tools", "equipment")),
)
_OWNERSHIP_PARTS = (
    ("Pay for work done", ("working",)),
    ("Pay during ramp and misfits", ("ramp",)),
    ("Tools and equipment", ("tools", "equipment")),
    ("Hiring and bringing in", ("hiring", "interviewing", "onboarding")),
    ("Filling the seat again", ("replacement",)),
)
_BUDGET_NAMES = ("Salaries", "Paid on top", "Tools and equipment", "Hiring", "Filling again", "Reserve")


@dataclass(frozen=True, slots=True)
class StackView:
    """Stacked bars with their legend and axis."""

    rows: tuple[Stack, ...]
    axis: Axis
    legend: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RangeView:
    """Ranges on one axis, and the table behind them."""

    rows: tuple[Range, ...]
    axis: Axis
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SwingView:
    """The tornado: swings around the typical total, and the table behind them."""

    rows: tuple[Swing, ...]
    axis: Axis
    centre: float
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """The curve of delay, its axes, and the table behind it."""

    lines: tuple[Line, ...]
    across: Axis
    up: Axis
    marks: tuple[float, ...]
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything a page draws of an answer."""

    yearly_stack: StackView
    yearly_ranges: RangeView
    owned_stack: StackView
    owned_ranges: RangeView
    swings: SwingView | None
    juniors: RangeView
    juniors_per_year: RangeView | None
    delay: LineView
    budget: StackView
    budget_table: tuple[tuple[str, ...], ...]
    budget_years: tuple[tuple[str, str], ...]


def view_answer(*, answer: CostAnswer) -> AnswerView:
    """Return the plots of an answer."""
    write = _ticks(answer.currency)
    options = (answer.juniors.senior, answer.juniors.juniors)
    priced = [(one, one.per_output) for one in options if one.per_output is not None]
    return AnswerView(
        yearly_stack=_stack("A year", answer.yearly.components, _YEARLY_PARTS, write),
        yearly_ranges=_ranges(answer.yearly.components, write),
        owned_stack=_stack(f"{answer.months} months", answer.ownership.components, _OWNERSHIP_PARTS, write),
        owned_ranges=_ranges(answer.ownership.components, write),
        swings=_swings(answer, write),
        juniors=_options([(one, one.cost) for one in options], write),
        juniors_per_year=_options(priced, write) if len(priced) == len(options) else None,
        delay=_delay(answer, write),
        budget=_budget(answer, write),
        budget_table=tuple(_budget_row(one) for one in (*answer.budget.quarters, *answer.budget.years)),
        budget_years=tuple((one.label, full(one.total, answer.currency)) for one in answer.budget.years),
    )


def view_difference(*, difference: CostDifference, first: str, second: str) -> RangeView:
    """Return both totals and what lies between them as ranges on one axis."""
    spreads = (
        (f"First: {first}", difference.first_total),
        (f"Second: {second}", difference.second_total),
        ("Second less first", difference.total),
    )
    rows = tuple(
        Range(label, float(one.p10), float(one.p90), spread_text(one), mid=float(one.p50)) for label, one in spreads
    )
    ends = [end for row in rows for end in (row.low, row.high)]
    axis = axis_for(ends, write=_ticks(difference.currency), from_zero=True)
    return RangeView(rows, axis, tuple((label, *_points(one)) for label, one in spreads))


def _ticks(currency: str) -> Callable[[float], str]:
    return lambda value: f"{currency} 0" if value == 0 else compact(value)


def _stack(
    label: str,
    components: Sequence[Component],
    parts: Sequence[tuple[str, tuple[str, ...]]],
    write: Callable[[float], str],
) -> StackView:
    means = {one.id: float(one.cost.mean) for one in components}
    pieces = tuple(
        Part(name, sum(means[key] for key in keys), series, compact(sum(means[key] for key in keys)))
        for series, (name, keys) in enumerate(parts)
    )
    total = sum(means.values())
    row = Stack(label, pieces, compact(total), note="means, which add up")
    return StackView((row,), axis_for([total], write=write, from_zero=True), _legend(parts))


def _legend(parts: Iterable[tuple[str, object]]) -> tuple[tuple[int, str], ...]:
    return tuple((series, name) for series, (name, _) in enumerate(parts))


def _ranges(components: Sequence[Component], write: Callable[[float], str]) -> RangeView:
    rows = tuple(
        Range(
            label=one.label,
            low=float(one.cost.p10),
            high=float(one.cost.p90),
            mid=float(one.cost.p50),
            text=spread_text(one.cost),
            ground=_GROUNDS.get(one.grade, Ground.ASSUMED),
            note=one.formula,
        )
        for one in components
    )
    axis = axis_for([row.high for row in rows], write=write, from_zero=True)
    table = tuple((one.label, *_points(one.cost), f"{one.share:.0%}", one.grade.label) for one in components)
    return RangeView(rows, axis, table)


def _points(spread: MoneySpread) -> tuple[str, str, str]:
    return compact(spread.p10), compact(spread.p50), compact(spread.p90)


def _swings(answer: CostAnswer, write: Callable[[float], str]) -> SwingView | None:
    if not answer.drivers:
        return None
    largest = sorted(answer.drivers, key=lambda one: (-abs(one.correlation), one.input_id))[:MOST_SWINGS]
    rows = tuple(
        Swing(
            label=one.label,
            low=float(one.at_low),
            high=float(one.at_high),
            text=f"{compact(one.at_low)} → {compact(one.at_high)}",
            note=f"{one.low_words} → {one.high_words} · {one.grade.label}",
        )
        for one in largest
    )
    ends = [end for row in rows for end in (row.low, row.high)]
    table = tuple(
        (
            one.label,
            f"{one.low_words} → {one.high_words}",
            f"{compact(one.at_low)} → {compact(one.at_high)}",
            _signed(one.correlation),
        )
        for one in answer.drivers
    )
    return SwingView(rows, axis_for(ends, write=write), float(answer.typical_total), table)


def _signed(share: float) -> str:
    return f"{share:+.2f}".replace("-", MINUS)


def _options(options: Sequence[tuple[TeamOption, MoneySpread]], write: Callable[[float], str]) -> RangeView:
    rows = tuple(
        Range(
            label=one.label,
            low=float(cost.p10),
            high=float(cost.p90),
            mid=float(cost.p50),
            text=spread_text(cost),
            note=f"{years_text(one.output)} senior-years of work",
        )
        for one, cost in options
    )
    axis = axis_for([row.high for row in rows], write=write, from_zero=True)
    return RangeView(rows, axis, tuple((one.label, *_points(cost), years_text(one.output)) for one, cost in options))


def _delay(answer: CostAnswer, write: Callable[[float], str]) -> LineView:
    points = [(float(point.weeks), point.cost) for point in answer.delay.curve]
    band = tuple((weeks, float(cost.p10), float(cost.p90)) for weeks, cost in points)
    line = Line(
        "Work held up, with the middle 80% of draws", tuple((x, float(cost.p50)) for x, cost in points), 1, band
    )
    last = points[-1][0]
    across = Axis(0.0, last, ((0.0, "0"), (last / 2, f"{last / 2:g} weeks"), (last, f"{last:g} weeks")))
    up = axis_for([float(cost.p90) for _, cost in points], write=write, from_zero=True)
    typical = next(one.points for one in answer.inputs if one.id == "fill_weeks")
    marks = (typical[len(typical) // 2],) if typical[len(typical) // 2] <= across.high else ()
    table = tuple((f"{weeks:g}", *_points(cost)) for weeks, cost in points)
    return LineView((line,), across, up, marks, table)


def _budget(answer: CostAnswer, write: Callable[[float], str]) -> StackView:
    periods = answer.budget.quarters
    rows = tuple(
        Stack(
            one.label,
            tuple(
                Part(name, float(amount), series, compact(amount))
                for series, (name, (_, amount)) in enumerate(zip(_BUDGET_NAMES, one.parts, strict=True))
            ),
            spread_text(one.total),
            note="nobody yet" if one.seats == 0 else "1 seat" if one.seats == 1 else f"{one.seats} seats",
        )
        for one in periods
    )
    axis = axis_for([float(one.total.mean) for one in periods], write=write, from_zero=True)
    return StackView(rows, axis, tuple(enumerate(_BUDGET_NAMES)))


def _budget_row(one: BudgetPeriod) -> tuple[str, ...]:
    return one.label, *(compact(amount) for _, amount in one.parts), spread_text(one.total)
