"""An answer of the pay desk as rows for plots: the figures people look at, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from assay.app.market.pay.answering import PayAnswer, PlaceView
from assay.app.market.pay.wording import kind_words, pool_label, published_words, rounded, share_words
from assay.app.ui.formats import THIN_SPACE, number, plural
from assay.app.ui.plots import Axis, Ground, Part, Range, Stack, axis_for
from assay.core.market.pay.rules import PERCENTILES

_PEERS = ("US", "CA", "AU", "SG", "DE", "IE", "GB", "NL", "AR", "FR", "PL", "MX", "CO", "PT", "ES", "ZA", "BR", "LT",
          "IN", "PH")  # fmt: skip
FROM_WIDER = "worked out from wider groups"
MARKET_SPREAD = "The market's spread around your middle"


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Rows of ranges on one axis, our own band behind them, and the numbers as a table."""

    rows: tuple[Range, ...]
    axis: Axis
    span: tuple[float, float] | None
    heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A country with its pay and its prices, drawn on two axes that do not meet."""

    name: str
    is_asked: bool
    pay: Range | None
    prices: Range | None
    note: str


@dataclass(frozen=True, slots=True)
class PlaceChart:
    """Pay and prices of countries side by side, each on its own axis."""

    rows: tuple[PlaceRow, ...]
    pay_axis: Axis
    price_axis: Axis


def short(amount: float) -> str:
    """Write money for an axis: ``150 k``; ``1.2 M``."""
    if abs(amount) >= 1_000_000:
        return f"{amount / 1_000_000:g}{THIN_SPACE}M"
    return f"{number(amount / 1000)}{THIN_SPACE}k" if abs(amount) >= 1000 else number(amount)


def market_chart(answer: PayAnswer) -> RangeChart:
    """Return posted pay, the interval of its middle, own pay, wages paid, and every published figure beneath."""
    found = answer.estimate
    ground = Ground.ASSUMED if found.is_thin else Ground.MEASURED
    stands_on = f"p10 to p90, {_figures(found.n)} of its own{f'; {FROM_WIDER}' if found.is_thin else ''}"
    rows = [
        quantile_row("Posted base pay", found.quantiles, ground, stands_on),
        Range(
            label="Its middle",
            low=found.median.low,
            high=found.median.high,
            text=_ends(found.median.low, found.median.high),
            mid=found.quantiles[50],
            ground=ground,
            note=f"90% interval; {FROM_WIDER}" if found.is_thin else "90% interval",
        ),
    ]
    rows += _own_rows(answer)
    rows += _wage_rows(answer)
    rows += _published_rows(answer)
    band = answer.placement.band if answer.placement else None
    ends = [end for row in rows for end in (row.low, row.high)] + ([band.low, band.high] if band else [])
    return RangeChart(
        rows=tuple(rows),
        axis=axis_for(ends, write=short, from_zero=True),
        span=(band.low, band.high) if band else None,
        heads=("", *(f"p{one}" for one in PERCENTILES)),
        table=_tabled(answer),
    )


def year_chart(answer: PayAnswer) -> RangeChart | None:
    """Return posted pay year by year, unpooled; ``None`` where no year has enough figures."""
    drawn = [one for one in answer.years if one.quantiles is not None]
    rows = tuple(
        quantile_row(str(one.year), one.quantiles, Ground.MEASURED, _figures(one.rows))
        for one in drawn
        if one.quantiles is not None
    )
    if not rows:
        return None
    return RangeChart(
        rows=rows,
        axis=axis_for([end for row in rows for end in (row.low, row.high)], write=short, from_zero=True),
        span=None,
        heads=("Year", "figures", *(f"p{one}" for one in PERCENTILES)),
        table=tuple(
            (str(one.year), f"{one.rows:,}", *(number(rounded(one.quantiles[share])) for share in PERCENTILES))
            for one in drawn
            if one.quantiles is not None
        ),
    )


def years_left_out(answer: PayAnswer) -> str:
    """Return a sentence on the years with too few figures to draw, or nothing."""
    if not any(one.rows for one in answer.years):
        return "No year has a posted figure for this title, level and country."
    few = [f"{one.year} ({_figures(one.rows)})" for one in answer.years if one.quantiles is None and one.rows]
    return f"Too few to draw: {', '.join(few)}." if few else ""


def pool_stack(answer: PayAnswer) -> tuple[Stack, Axis]:
    """Return the pools behind the answer as one bar from 0 to 1."""
    parts = tuple(
        Part(pool_label(one.pool, answer.estimate), one.share, series, share_words(one.share))
        for series, one in enumerate(answer.estimate.shares)
        if one.share > 0
    )
    text = f"{_figures(answer.estimate.n)} of its own"
    axis = Axis(0.0, 1.0, ((0.0, "0"), (0.5, "half"), (1.0, "all")))
    return Stack("Where the answer comes from", parts, text), axis


def pool_rows(answer: PayAnswer) -> tuple[tuple[str, ...], ...]:
    """Return the pools behind the answer in words: which adverts, figures, adverts, share, middle in dollars."""
    return tuple(
        (
            pool_label(one.pool, answer.estimate),
            number(one.rows),
            number(one.adverts),
            share_words(one.share),
            "–" if one.log_median is None else number(rounded(exp(one.log_median))),
        )
        for one in answer.estimate.shares
    )


def place_chart(answer: PayAnswer, views: tuple[PlaceView, ...]) -> PlaceChart:
    """Return the countries people compare, and the one asked about, best-paid first."""
    asked = answer.estimate.country
    known = {view.country: view for view in views}
    if asked not in known:
        known[asked] = answer.place
    chosen = [view for code, view in known.items() if code == asked or code in _PEERS]
    chosen.sort(key=lambda view: -(view.pay.ratio if view.pay else 0.0))
    pay = Axis(0.0, 1.2, ((0.0, "0"), (0.5, "half"), (1.0, "as the US")))
    return PlaceChart(tuple(_place_row(view, asked) for view in chosen), pay, pay)


def quantile_row(label: str, quantiles: Mapping[int, float], ground: Ground, note: str) -> Range:
    """Return five quantiles as a row: p10 to p90, the half between p25 and p75, and the middle."""
    return Range(
        label=label,
        low=quantiles[10],
        high=quantiles[90],
        text=_ends(quantiles[10], quantiles[90]),
        mid=quantiles[50],
        inner=(quantiles[25], quantiles[75]),
        ground=ground,
        note=note,
    )


def _figures(count: int) -> str:
    return plural(count, "figure")


def _ends(low: float, high: float) -> str:
    return f"{number(rounded(low))} to {number(rounded(high))}"


def _own_rows(answer: PayAnswer) -> list[Range]:
    """Return own pay and both together; with few of them only the figures and their middle are drawn as measured."""
    own = answer.own
    if own.quantiles is None:
        return []
    rows = []
    if own.has_own_spread:
        rows.append(quantile_row("Your own", own.quantiles, Ground.MEASURED, _own_note(answer)))
    else:
        low, high = (end(point.amount for point in own.points) for end in (min, max))
        text = _ends(low, high) if low < high else number(rounded(low))
        rows.append(Range(label="Your own", low=low, high=high, text=text, mid=own.quantiles[50],
                          ground=Ground.MEASURED, note=f"lowest to highest; {_own_note(answer)}"))  # fmt: skip
        rows.append(quantile_row(MARKET_SPREAD, own.quantiles, Ground.ASSUMED, "too few for a spread of their own"))
    share = f"your own weigh {share_words(own.weight)}"
    return [*rows, quantile_row("Both together", own.combined, Ground.ASSUMED, share)]


def _own_note(answer: PayAnswer) -> str:
    return f"{answer.own.count} of yours, counting as {answer.own.effective:.1f}"


def _wage_rows(answer: PayAnswer) -> list[Range]:
    rate = answer.estimate.conversion.per_usd
    rows = []
    for row in answer.wages:
        if row.p10 is not None and row.p90 is not None:
            inner = (row.p25 * rate, row.p75 * rate) if row.p25 is not None and row.p75 is not None else None
            rows.append(
                Range(
                    label=f"{row.title}, wages paid",
                    low=row.p10 * rate,
                    high=row.p90 * rate,
                    text=_ends(row.p10 * rate, row.p90 * rate),
                    mid=row.p50 * rate if row.p50 is not None else None,
                    inner=inner,
                    ground=Ground.PUBLISHED,
                    note=f"BLS May {row.year}, all levels, p10 to p90",
                )
            )
    return rows


def _published_rows(answer: PayAnswer) -> list[Range]:
    rate = answer.estimate.conversion.per_usd
    unit = "" if answer.estimate.currency == "USD" else " USD"
    return [
        Range(
            label=row.what,
            low=row.low * rate,
            high=(row.high or row.low) * rate,
            text=published_words(row) + unit,
            mid=row.low * rate if row.high is None else None,
            ground=Ground.PUBLISHED,
            note=f"{row.table.partition(':')[0]}, {kind_words(row)} ({row.fact})",
        )
        for row in answer.published
    ]


def _tabled(answer: PayAnswer) -> tuple[tuple[str, ...], ...]:
    found = answer.estimate
    lines = [("Posted base pay", found.quantiles)]
    if answer.own.quantiles is not None:
        name = "Your own" if answer.own.has_own_spread else MARKET_SPREAD
        lines += [(name, answer.own.quantiles), ("Both together", answer.own.combined)]
    table = [(name, *(number(rounded(values[one])) for one in PERCENTILES)) for name, values in lines]
    for row in answer.wages:
        cells = (row.p10, row.p25, row.p50, row.p75, row.p90)
        money = (number(rounded(cell * found.conversion.per_usd)) if cell is not None else "–" for cell in cells)
        table.append((f"{row.title}, wages paid (BLS {row.year})", *money))
    return tuple(table)


def _place_row(view: PlaceView, asked: str) -> PlaceRow:
    pay = prices = None
    if view.pay is not None:
        pay = Range(view.name, view.pay.low, view.pay.high, f"{view.pay.ratio:.2f}", mid=view.pay.ratio,
                    ground=Ground.MEASURED, note=_figures(view.pay.rows))  # fmt: skip
    if view.prices is not None:
        level = view.prices.level
        prices = Range(view.name, 0.0, level, f"{level:.2f}", ground=Ground.PUBLISHED, note=str(view.prices.year))
    note = "" if view.pay is None or view.pay.rows >= 30 else "thin data"
    return PlaceRow(view.name, view.country == asked, pay, prices, note)
