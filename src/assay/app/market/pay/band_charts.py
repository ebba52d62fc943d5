"""A saved band against posted pay, as rows for plots: what leaned on wider groups is drawn as assumed."""

from collections.abc import Mapping
from typing import Any

from assay.app.market.pay.answering import PayAnswer
from assay.app.market.pay.charts import FROM_WIDER, RangeChart, quantile_row, short
from assay.app.market.pay.wording import rounded
from assay.app.ui.formats import number
from assay.app.ui.plots import Ground, Range, axis_for, range_plot
from assay.core.market.pay.rules import PERCENTILES


def saved_chart(*, benchmark: Mapping[str, Any], now: PayAnswer | None, low: float, high: float) -> RangeChart | None:
    """Return posted pay on the day a band was saved and today, with the band behind; ``None`` without either."""
    sets = []
    then = benchmark.get("quantiles")
    if isinstance(then, dict) and {f"p{one}" for one in PERCENTILES} <= set(then):
        values = {one: float(then[f"p{one}"]) for one in PERCENTILES}
        sets.append(("When it was saved", values, is_thin(benchmark)))
    if now is not None:
        sets.append(("What the data say now", dict(now.estimate.quantiles), now.estimate.is_thin))
    if not sets:
        return None
    rows = tuple(_saved_row(label, values, from_wider=is_from_wider) for label, values, is_from_wider in sets)
    ends = [end for row in rows for end in (row.low, row.high)]
    table = tuple((label, *(number(rounded(values[one])) for one in PERCENTILES)) for label, values, _ in sets)
    heads = ("", *(f"p{one}" for one in PERCENTILES))
    return RangeChart(rows, axis_for([*ends, low, high], write=short, from_zero=True), (low, high), heads, table)


def small_band_chart(*, benchmark: Mapping[str, Any], low: float, high: float) -> str:
    """Return posted pay with a band behind it as a small SVG, or nothing where the benchmark lacks its quantiles."""
    quantiles = benchmark.get("quantiles")
    if not isinstance(quantiles, dict) or not {f"p{one}" for one in PERCENTILES} <= set(quantiles):
        return ""
    values = {one: float(quantiles[f"p{one}"]) for one in PERCENTILES}
    from_wider = is_thin(benchmark)
    row = _saved_row(f"Posted base pay{f', {FROM_WIDER}' if from_wider else ''}", values, from_wider=from_wider)
    axis = axis_for((row.low, row.high, low, high), write=short, from_zero=True)
    return str(range_plot(row, axis=axis, span=(low, high)))


def is_thin(benchmark: Mapping[str, Any]) -> bool:
    """Return whether a kept answer leaned on wider groups; one that does not say how many rows it had did."""
    return bool(benchmark.get("thin", True)) or not benchmark.get("rows")


def _saved_row(label: str, values: Mapping[int, float], *, from_wider: bool) -> Range:
    ground = Ground.ASSUMED if from_wider else Ground.MEASURED
    return quantile_row(label, values, ground, f"p10 to p90, {FROM_WIDER}" if from_wider else "p10 to p90")
