"""A comparison as rows to be drawn: points, cost, time, knowledge, and cost over time. Modelled values are ink."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.app.ui.formats import percent
from assay.app.ui.plots import Axis, Line, Part, Range, Stack, axis_for
from assay.core.market.draws import Spread, round_figures
from assay.core.market.hiring_models.comparison import Comparison
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.model import HiringModel
from assay.core.market.hiring_models.outlook import Outlook, Points
from assay.core.market.hiring_models.ranking import Ranked

NOTHING = "nothing yet"
_HIGHEST_LINE = 3.0


@dataclass(frozen=True, slots=True)
class PointsChart:
    """Points of each model, piece by piece, with the legend and the table behind it."""

    rows: tuple[Stack, ...]
    axis: Axis
    legend: tuple[tuple[int, str], ...]
    heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One model side by side with the others; a drawing is ``None`` where there is nothing to draw."""

    ranked: Ranked
    model: HiringModel
    cost: Range | None
    cost_text: str
    total_text: str
    start: Range
    kept: Range
    share_cheapest: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """All models with one axis for each of cost, time and knowledge."""

    rows: tuple[MatrixRow, ...]
    cost_axis: Axis
    start_axis: Axis
    kept_axis: Axis


@dataclass(frozen=True, slots=True)
class CostLines:
    """Middle cost of a productive year by horizon, for each model; ``marks`` are the months of crossings."""

    lines: tuple[Line, ...]
    across: Axis
    up: Axis
    marks: tuple[float, ...]
    crossings: tuple[str, ...]
    heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


def points_chart(*, comparison: Comparison, desk: Desk) -> PointsChart | None:
    """Return the points as stacked bars in the ranking's order; ``None`` while every model has none."""
    themes = list(desk.themes)
    theme_of = {one.id: one.theme for one in desk.criteria}
    used = {theme_of[term.criterion] for one in comparison.ranking for term in one.terms if term.points}
    if not used:
        return None
    rows = tuple(
        Stack(
            label=one.label,
            parts=tuple(
                Part(term.label, term.points, themes.index(theme_of[term.criterion]), f"{signed(term.points)}")
                for term in sorted(one.terms, key=lambda term: themes.index(theme_of[term.criterion]))
                if term.points
            ),
            text=signed(one.points),
            note="ruled out" if one.place is None else "",
        )
        for one in comparison.ranking
    )
    ends = [sum(part.value for part in row.parts if (part.value > 0) == up) for row in rows for up in (True, False)]
    shown = [one.criterion for one in comparison.ranking[0].terms if one.truth is not None]
    return PointsChart(
        rows=rows,
        axis=axis_for([*ends, 0.0], write=signed, from_zero=True),
        legend=tuple((index, desk.themes[theme]) for index, theme in enumerate(themes) if theme in used),
        heads=("Statement", *(one.label for one in comparison.ranking)),
        table=(*_point_rows(comparison, shown), ("Together", *(signed(one.points) for one in comparison.ranking))),
    )


def _point_rows(comparison: Comparison, shown: Sequence[str]) -> list[tuple[str, ...]]:
    rows = []
    for name in shown:
        terms = [next(term for term in one.terms if term.criterion == name) for one in comparison.ranking]
        label = f"{terms[0].label} (true {terms[0].truth:g}, weight {terms[0].weight:g})"
        rows.append((label, *(signed(term.points) for term in terms)))
    return rows


def matrix(*, comparison: Comparison, desk: Desk) -> Matrix:
    """Return the models side by side in the ranking's order."""
    outlooks = {one.model: one for one in comparison.outlooks.models}
    middles = [one.per_year.p50 for one in outlooks.values() if one.per_year.p50 is not None]
    reach = [one.per_year.p90 for one in outlooks.values() if one.per_year.p90 is not None]
    top = min(max(reach, default=1.0), _HIGHEST_LINE * max(middles, default=1.0))
    return Matrix(
        rows=tuple(_matrix_row(one, outlooks[one.model], desk.model(one.model)) for one in comparison.ranking),
        cost_axis=Axis(0.0, top * 1.04),
        start_axis=Axis(0.0, max(one.start_weeks.p90 for one in outlooks.values()) * 1.04 or 1.0),
        kept_axis=Axis(0.0, 1.0),
    )


def _matrix_row(ranked: Ranked, outlook: Outlook, model: HiringModel) -> MatrixRow:
    cost, text = outlook.per_year, money_points(outlook.per_year)
    drawn = None
    if cost.p10 is not None and cost.p50 is not None:
        high = cost.p50 * 100 if cost.p90 is None else cost.p90
        drawn = Range(f"{model.label}, cost of a productive year", cost.p10, high, text, mid=cost.p50)
    weeks, kept = outlook.start_weeks, outlook.kept
    return MatrixRow(
        ranked=ranked,
        model=model,
        cost=drawn,
        cost_text=text,
        total_text=_money_spread(outlook.cost),
        start=_range(f"{model.label}, weeks to start", weeks, _weeks(weeks)),
        kept=_range(f"{model.label}, knowledge kept", kept, _shares(kept)),
        share_cheapest=percent(outlook.share_cheapest),
    )


def cost_lines(*, comparison: Comparison, desk: Desk) -> CostLines | None:
    """Return the cost of a productive year over time; ``None`` when no model has produced anything by the end."""
    outlooks = comparison.outlooks.models
    ends = [one.line[-1].per_year for one in outlooks if one.line and one.line[-1].per_year is not None]
    if not ends or comparison.months < 2:
        return None
    top = _HIGHEST_LINE * max(end for end in ends if end is not None)
    labels = {model.id: model.label for model in desk.models}
    order = [model.id for model in desk.models]
    lines = tuple(
        Line(
            name=labels[one.model],
            points=tuple((p.month, p.per_year) for p in one.line if p.per_year is not None and p.per_year <= top),
            series=order.index(one.model),
        )
        for one in outlooks
    )
    drawn = tuple(line for line in lines if len(line.points) > 1)
    if not drawn:
        return None
    months = [point.month for point in outlooks[0].line]
    crossings = comparison.outlooks.crossings
    return CostLines(
        lines=drawn,
        across=axis_for([0.0, months[-1]], write=lambda value: f"{value:.0f} mo", ticks=6, from_zero=True),
        up=axis_for([0.0, max(y for line in drawn for _, y in line.points)], write=short, from_zero=True),
        marks=tuple(one.month for one in crossings),
        crossings=tuple(
            f"From month {one.month:.0f} a productive year costs less with {labels[one.cheaper].lower()} "
            f"than with {labels[one.dearer].lower()}."
            for one in crossings
        ),
        heads=("Month", *(labels[one.model] for one in outlooks)),
        table=tuple((f"{month}", *(_line_cell(one, index) for one in outlooks)) for index, month in enumerate(months)),
    )


def signed(value: float) -> str:
    """Write points with their sign: ``+2``, ``−0.5``, ``0``."""
    rounded = round(value, 2)
    if rounded == 0:
        return "0"
    return f"{rounded:+g}".replace("-", "\u2212")


def short(value: float) -> str:
    """Write money in thousands, two figures of it: ``410k``."""
    return f"{round_figures(value) / 1000:,.0f}k" if value else "0"


def money_points(points: Points) -> str:
    """Write three points of money: ``USD 410k (350k to 570k)``."""
    if points.p50 is None or points.p10 is None:
        return NOTHING
    high = "no end" if points.p90 is None else short(points.p90)
    return f"{short(points.p50)} ({short(points.p10)} to {high})"


def _money_spread(spread: Spread) -> str:
    return f"{short(spread.p50)} ({short(spread.p10)} to {short(spread.p90)})"


def _weeks(spread: Spread) -> str:
    return f"{spread.p50:.0f} weeks ({spread.p10:.0f} to {spread.p90:.0f})"


def _shares(spread: Spread) -> str:
    return f"{percent(spread.p50)} ({spread.p10 * 100:.0f} to {spread.p90 * 100:.0f})"


def _range(label: str, spread: Spread, text: str) -> Range:
    return Range(label, spread.p10, spread.p90, text, mid=spread.p50)


def _line_cell(outlook: Outlook, index: int) -> str:
    point = outlook.line[index]
    return f"{NOTHING if point.per_year is None else short(point.per_year)}"
