"""Small charts drawn on the server as SVG: uncertainty as bands, the role's bar as a tick, words for everyone else.

Positions are percentages, so a chart stretches with its column and never distorts; colours come from classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

LEVELS = 4
SCORE_MAX = 100.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a histogram: what it covers in words, how many fell in, and whether to point at it."""

    label: str
    count: int
    is_marked: bool = False


def level_sentence(*, level: float, low: float, high: float, bar: float | None) -> str:
    """Say a level (0-4) with its interval and the role's bar in one sentence."""
    asked = "" if bar is None else f"; the role asks for {bar:.1f}"
    return f"level {level:.1f} of {LEVELS}, likely between {low:.1f} and {high:.1f}{asked}"


def level_chart(label: str, *, level: float, low: float, high: float, bar: float | None = None) -> Markup:
    """Draw a level (0-4) with its interval as a band and, when given, the role's bar as a tick."""
    title = f"{label}: {level_sentence(level=level, low=low, high=high, bar=bar)}"
    parts = [_line("chart-grid", step / LEVELS, 4, 18) for step in range(LEVELS + 1)]
    parts.append(_band(low / LEVELS, high / LEVELS))
    if bar is not None:
        parts.append(_line("chart-bar", bar / LEVELS, 0, 22))
    parts.append(_point(level / LEVELS))
    return _svg("chart chart-level", title, 22, parts)


def score_mark(value: float, low: float, high: float, *, label: str = "Score") -> Markup:
    """Draw a score (0-100) between its figure and the figures of its interval, which is a band. In one piece and not as
    a macro: a list has one in every row."""
    title = f"{label}: {value:.0f} of 100, likely between {low:.0f} and {high:.0f}"
    parts = [_line("chart-axis", None, 11, 11), _band(low / SCORE_MAX, high / SCORE_MAX), _point(value / SCORE_MAX)]
    return Markup(  # noqa: S704 - made of numbers and an escaped title
        f'<div class="score"><span class="score-value">{value:.0f}</span>'
        f'<span class="score-drawn">{_svg("chart chart-score", title, 22, parts)}</span>'
        f'<span class="score-range" aria-hidden="true">{low:.0f}–{high:.0f}</span></div>'
    )


def histogram_chart(label: str, bins: Sequence[Bin], *, height: int = 96) -> Markup:
    """Draw counts as bars of ``height`` pixels at most, marked bins pointed out.

    Raises ``ValueError`` when there is no bin.
    """
    if not bins:
        raise ValueError("a histogram needs at least one bin")
    top = max(max(item.count for item in bins), 1)
    step = 100.0 / len(bins)
    parts = [_column(item, index * step, step, top, height) for index, item in enumerate(bins)]
    parts.append(_line("chart-axis", None, height, height))
    total = sum(item.count for item in bins)
    return _svg("chart chart-histogram", f"{label}: {total} in {len(bins)} bands", height + 1, parts)


def _percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def _line(name: str, share: float | None, top: int, bottom: int) -> str:
    left, right = ("0%", "100%") if share is None else (_percent(share), _percent(share))
    return f'<line class="{name}" x1="{left}" x2="{right}" y1="{top}" y2="{bottom}"/>'


def _band(low: float, high: float) -> str:
    start, width = _percent(low), _percent(min(high, 1.0) - max(low, 0.0))
    return f'<rect class="chart-band" x="{start}" width="{width}" y="6" height="10" rx="2"/>'


def _point(share: float) -> str:
    return f'<circle class="chart-point" cx="{_percent(share)}" cy="11" r="4.5"/>'


def _column(item: Bin, left: float, step: float, top: int, height: int) -> str:
    tall = round(item.count / top * (height - 18), 1)
    name = "chart-column is-marked" if item.is_marked else "chart-column"
    frame = f'x="{left + step * 0.06:.2f}%" width="{step * 0.88:.2f}%" y="{height - tall}" height="{tall}"'
    bar = f'<rect class="{name}" {frame}><title>{escape(item.label)}: {item.count}</title></rect>'
    if not item.count:
        return bar
    middle, above = left + step / 2, round(height - tall - 5, 1)
    return f'{bar}<text class="chart-count" x="{middle:.2f}%" y="{above}" text-anchor="middle">{item.count}</text>'


def _svg(name: str, title: str, height: int, parts: Sequence[str]) -> Markup:
    """Close the drawing. Plain strings are joined here because a long list draws hundreds; words are escaped."""
    frame = f'<svg class="{name}" role="img" width="100%" height="{height}" focusable="false">'
    return Markup(f"{frame}<title>{escape(title)}</title>{''.join(parts)}</svg>")  # noqa: S704 - escaped above
