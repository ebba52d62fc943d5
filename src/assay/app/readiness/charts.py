"""The bars of the result: what is known as a bar, what the unknown leaves open as a box, the two lines as ticks.

Positions are percentages, so a bar stretches with its column; colours come from classes.
"""

from markupsafe import Markup, escape

from assay.core.readiness.questionnaire import HIGHEST_LEVEL
from assay.core.readiness.verdict import DimensionResult

HEIGHT = 30
_HAIR = 1e-9


def bar_sentence(result: DimensionResult) -> str:
    """Say a dimension's bar in one sentence."""
    lines = f"hiring line {result.dimension.hire_from:g}, lower line {result.dimension.prepare_below:g}"
    if result.point is None:
        return f"nothing is known, so anything from 0 to {HIGHEST_LEVEL}; {lines}"
    if result.high - result.low < _HAIR:
        return f"level {result.point:.1f} of {HIGHEST_LEVEL}; {lines}"
    spread = f"between {result.low:.1f} and {result.high:.1f} depending on what is unknown"
    return f"level {result.point:.1f} of {HIGHEST_LEVEL} on what is known, {spread}; {lines}"


def dimension_bar(result: DimensionResult) -> Markup:
    """Draw a dimension's bar, with the sentence as its title."""
    parts = [_line("ready-grid", level / HIGHEST_LEVEL, 4, HEIGHT - 4) for level in range(HIGHEST_LEVEL + 1)]
    if result.high - result.low > _HAIR:
        parts.append(_box("ready-open", result.low, result.high, 5, HEIGHT - 10))
    if result.point is not None:
        parts.append(_box(f"ready-known is-{result.state}", 0.0, result.point, 10, HEIGHT - 20))
    parts.append(_line("ready-lower", result.dimension.prepare_below / HIGHEST_LEVEL, 0, HEIGHT))
    parts.append(_line("ready-hire", result.dimension.hire_from / HIGHEST_LEVEL, 0, HEIGHT))
    title = f"{result.dimension.label}: {bar_sentence(result)}"
    frame = f'<svg class="ready-bar" role="img" width="100%" height="{HEIGHT}" focusable="false">'
    return Markup(f"{frame}<title>{escape(title)}</title>{''.join(parts)}</svg>")  # noqa: S704 - escaped above


def _box(name: str, low: float, high: float, top: int, height: int) -> str:
    start, width = low / HIGHEST_LEVEL * 100, (high - low) / HIGHEST_LEVEL * 100
    return f'<rect class="{name}" x="{start:.2f}%" width="{width:.2f}%" y="{top}" height="{height}" rx="1.5"/>'


def _line(name: str, share: float, top: int, bottom: int) -> str:
    at = f"{share * 100:.2f}%"
    return f'<line class="{name}" x1="{at}" x2="{at}" y1="{top}" y2="{bottom}"/>'
