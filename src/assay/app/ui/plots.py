"""Plots drawn on the server as SVG: ranges on a shared axis, stacked bars, swings around a centre, lines.

Lengths are percentages of the plot's width, so a plot stretches with its column; words stay text in the page beside it.
Gold (``Ground.MEASURED``) is for what was measured from observations; what is assumed or modelled is drawn in ink.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10

from markupsafe import Markup, escape

ROW_HEIGHT = 26
LINE_HEIGHT = 220
SERIES = 6
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TOO_CLOSE = 1e-9


class Ground(StrEnum):
    """What a drawn value stands on."""

    MEASURED = "measured"
    PUBLISHED = "published"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Axis:
    """The values that a plot's edges stand for, and the ticks between them as (value, words)."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the left edge and 1 at the right; what lies outside is put on the edge."""
        width = self.high - self.low
        return min(max((value - self.low) / width, 0.0), 1.0) if width > 0 else 0.5


@dataclass(frozen=True, slots=True)
class Range:
    """A row of ``ranges``: the likely range, its middle and the inner half if known, and the same in words."""

    label: str
    low: float
    high: float
    text: str
    mid: float | None = None
    inner: tuple[float, float] | None = None
    ground: Ground = Ground.ASSUMED
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a stacked bar. ``series`` (0-5) picks its colour, the same for the same thing in every row."""

    name: str
    value: float
    series: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of ``stacks``: pieces laid end to end, those below zero to the left of it."""

    label: str
    parts: tuple[Part, ...]
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Swing:
    """A row of ``swings``: what the result becomes when one input moves from its low to its high."""

    label: str
    low: float
    high: float
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of ``lines``: points (x, y) from left to right, and a band around them as (x, low, high) if known."""

    name: str
    points: tuple[tuple[float, float], ...]
    series: int
    band: tuple[tuple[float, float, float], ...] = ()


def axis_for(
    values: Iterable[float], *, write: Callable[[float], str], ticks: int = 4, from_zero: bool = False
) -> Axis:
    """Return an axis with about ``ticks`` round steps that holds every value; ``write`` puts a tick into words.

    Raises ``ValueError`` when there is no value.
    """
    known = list(values)
    if not known:
        raise ValueError("an axis needs at least one value")
    low, high = (min(*known, 0.0) if from_zero else min(known)), max(known)
    size = max(abs(low), abs(high), 1.0)
    if high - low < size * _TOO_CLOSE:
        low, high = low - size / 2, high + size / 2
    step = _round_step((high - low) / max(ticks, 1))
    first, last = floor(low / step), -floor(-high / step)
    marks = tuple((index * step, write(index * step)) for index in range(first, last + 1))
    return Axis(low=first * step, high=last * step, ticks=marks)


def range_plot(row: Range, *, axis: Axis, span: tuple[float, float] | None = None) -> Markup:
    """Draw a range as a band with its inner half and its middle; ``span`` (our own band) is hatched behind it."""
    parts = [_ticks(axis)]
    if span is not None:
        parts.append(_box("plot-span", axis.share(span[0]), axis.share(span[1]), 0, ROW_HEIGHT))
    parts.append(_box(f"plot-range is-{row.ground}", axis.share(row.low), axis.share(row.high), 8, 10))
    if row.inner is not None:
        parts.append(_box(f"plot-inner is-{row.ground}", axis.share(row.inner[0]), axis.share(row.inner[1]), 6, 14))
    if row.mid is not None:
        parts.append(_upright("plot-mid", axis.share(row.mid), 3, ROW_HEIGHT - 3))
    return _row(f"{row.label}: {row.text}", parts)


def stack_plot(stack: Stack, *, axis: Axis) -> Markup:
    """Draw pieces end to end from zero: those above it to the right, those below it to the left."""
    parts = [_ticks(axis)]
    right = left = 0.0
    for part in stack.parts:
        start = right if part.value >= 0 else left
        end = start + part.value
        right, left = (end, left) if part.value >= 0 else (right, end)
        low, high = sorted((axis.share(start), axis.share(end)))
        if high > low:
            title = f"<title>{escape(part.name)}{escape(': ' + part.text if part.text else '')}</title>"
            parts.append(_box(f"plot-part is-series-{part.series % SERIES}", low, high, 5, 16, title))
    if axis.low < 0 < axis.high:
        parts.append(_upright("plot-zero", axis.share(0.0), 0, ROW_HEIGHT))
    return _row(f"{stack.label}: {stack.text}", parts)


def swing_plot(swing: Swing, *, axis: Axis, centre: float) -> Markup:
    """Draw what one input does to the result, from its low to its high, around the result at its middle."""
    low, high = sorted((axis.share(swing.low), axis.share(swing.high)))
    parts = [
        _ticks(axis),
        _box("plot-swing", low, high, 6, 14),
        _upright("plot-zero", axis.share(centre), 0, ROW_HEIGHT),
    ]
    parts.append(_upright("plot-end", axis.share(swing.low), 6, 20))
    return _row(f"{swing.label}: {swing.text}", parts)


def line_plot(title: str, lines: Sequence[Line], *, across: Axis, up: Axis, marks: Sequence[float] = ()) -> Markup:
    """Draw lines with their bands; ``marks`` are upright rules at values of the axis across."""
    parts = [
        f'<line class="plot-tick" x1="0" x2="100" y1="{y:.2f}" y2="{y:.2f}"/>'
        for y in (100 - 100 * up.share(value) for value, _ in up.ticks)
    ]
    for line in lines:
        if line.band:
            edge = [(x, low) for x, low, _ in line.band] + [(x, high) for x, _, high in reversed(line.band)]
            parts.append(
                f'<polygon class="plot-band is-series-{line.series % SERIES}" points="{_trace(edge, across, up)}"/>'
            )
    parts += [
        f'<line class="plot-mark" x1="{x:.2f}" x2="{x:.2f}" y1="0" y2="100"/>'
        for x in (100 * across.share(mark) for mark in marks)
    ]
    parts += [
        f'<polyline class="plot-line is-series-{line.series % SERIES}" points="{_trace(line.points, across, up)}"/>'
        for line in lines
    ]
    stretch = ' viewBox="0 0 100 100" preserveAspectRatio="none"'
    return _svg(title, LINE_HEIGHT, parts, stretch)


def legend_of(lines: Sequence[Line]) -> tuple[tuple[int, str], ...]:
    """Return the legend of some lines as (series, name)."""
    return tuple((line.series % SERIES, line.name) for line in lines)


def _round_step(rough: float) -> float:
    size = 10.0 ** floor(log10(rough))
    return next(step * size for step in _STEPS if step * size >= rough * (1 - 1e-9))


def _trace(points: Iterable[tuple[float, float]], across: Axis, up: Axis) -> str:
    return " ".join(f"{100 * across.share(x):.2f},{100 - 100 * up.share(y):.2f}" for x, y in points)


def _row(title: str, parts: Sequence[str]) -> Markup:
    return _svg(title, ROW_HEIGHT, parts)


def _svg(title: str, height: int, parts: Sequence[str], stretch: str = "") -> Markup:
    frame = f'<svg class="plot" role="img" width="100%" height="{height}" focusable="false"{stretch}>'
    return Markup(f"{frame}<title>{escape(title)}</title>{''.join(parts)}</svg>")  # noqa: S704 - words are escaped


def _ticks(axis: Axis) -> str:
    return "".join(_upright("plot-tick", axis.share(value), 0, ROW_HEIGHT) for value, _ in axis.ticks)


def _upright(name: str, share: float, top: int, bottom: int) -> str:
    x = f"{share * 100:.2f}%"
    return f'<line class="{name}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'


def _box(name: str, low: float, high: float, top: int, height: int, inside: str = "") -> str:
    place = f'x="{low * 100:.2f}%" width="{max(high - low, 0.0) * 100:.2f}%" y="{top}" height="{height}"'
    return f'<rect class="{name}" {place}>{inside}</rect>' if inside else f'<rect class="{name}" {place}/>'
