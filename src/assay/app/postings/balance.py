"""The two small pictures beside an advert: how many findings are open, and which way its words lean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.app.ui.plots import Axis, Part, Stack
from assay.core.postings.finding import Measure

_LEAST_WIDTH = 4.0
# Colours far enough apart for must, should and consider.
_SERIES = (0, 2, 3)


@dataclass(frozen=True, slots=True)
class Picture:
    """A stacked bar with its axis and the names of its colours."""

    stack: Stack
    axis: Axis
    legend: tuple[tuple[int, str], ...]


def draw_counts(counts: Mapping[str, int]) -> Picture | None:
    """Draw how many findings of each severity are open; nothing to draw when there are none."""
    if not any(counts.values()):
        return None
    parts = tuple(
        Part(name, float(count), series, str(count))
        for series, (name, count) in zip(_SERIES, counts.items(), strict=True)
    )
    total = float(sum(counts.values()))
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    legend = tuple(zip(_SERIES, counts, strict=True))
    return Picture(Stack("Open findings", parts, said), Axis(0.0, total, ((0.0, "0"), (total, f"{total:.0f}"))), legend)


def draw_balance(measures: Sequence[Measure]) -> Picture | None:
    """Draw the words coded masculine to the left and those coded feminine to the right; nothing without any."""
    values = {measure.id: measure.value for measure in measures}
    masculine, feminine = values.get("masculine-words", 0.0), values.get("feminine-words", 0.0)
    if not masculine + feminine:
        return None
    side = max(masculine, feminine, _LEAST_WIDTH)
    parts = (Part("masculine", -masculine, 1, f"{masculine:.0f}"), Part("feminine", feminine, 4, f"{feminine:.0f}"))
    ticks = ((-side, f"{side:.0f}"), (0.0, "0"), (side, f"{side:.0f}"))
    said = f"{masculine:.0f} masculine, {feminine:.0f} feminine"
    return Picture(Stack("Coded words", parts, said), Axis(-side, side, ticks), ((1, "masculine"), (4, "feminine")))
