"""The share of clocks kept, week by week, as a line with the range that few cases leave open."""

from dataclasses import dataclass

from assay.app.clocks.queries.kept import KeptPage
from assay.app.ui.plots import Axis, Line

_QUARTERS = tuple((step / 4, f"{step * 25} %") for step in range(5))


@dataclass(frozen=True, slots=True)
class KeptChart:
    """The line, its axes, and the same as rows of words (week, kept, likely range)."""

    lines: tuple[Line, ...]
    across: Axis
    up: Axis
    table: tuple[tuple[str, str, str], ...]


def chart_of(*, page: KeptPage) -> KeptChart | None:
    """Return the chart of a page; None while fewer than two weeks have a clock that ended."""
    known = [(index, kept) for index, (_, kept) in enumerate(page.weeks) if kept.ended]
    if len(known) < 2:
        return None
    points = tuple((float(index), kept.share or 0.0) for index, kept in known)
    band = tuple((float(index), *kept.interval) for index, kept in known)
    last = len(page.weeks) - 1
    ticks = tuple((float(index), f"{page.weeks[index][0]:%d %b}") for index in (0, last // 2, last))
    rows = []
    for monday, kept in page.weeks:
        low, high = kept.interval
        words = (f"{kept.kept} of {kept.ended}", f"{low:.0%} to {high:.0%}") if kept.ended else ("none ended", "")
        rows.append((f"Week of {monday.day} {monday:%b %Y}", *words))
    return KeptChart(
        lines=(Line("Kept", points, 0, band),),
        across=Axis(0.0, float(last), ticks),
        up=Axis(0.0, 1.0, _QUARTERS),
        table=tuple(rows),
    )
