"""What is posted for a role in a place, in the currency asked for: the number, how it came about, what to beware of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assay.core.base.interval import Interval
from assay.core.base.source import Source
from assay.core.market.pay.levels import Level
from assay.core.market.pay.model import CellPay
from assay.core.market.pay.rules import PERCENTILES
from assay.core.market.pay.strata import Pool, PoolShare


@dataclass(frozen=True, slots=True)
class Conversion:
    """How US dollars became another currency: units of it for a dollar, on which day, from whom."""

    currency: str
    per_usd: float
    on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class MetroStep:
    """Pay of a metropolitan area against its country, as a factor with a 90% interval, its adverts and its year."""

    name: str
    titles: str
    rows: int
    year: int
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PayPlace:
    """Where: the country, its name and region, and the metropolitan area when one is asked for."""

    country: str
    name: str
    region: str
    metro: MetroStep | None = None

    @property
    def label(self) -> str:
        """The place as people say it."""
        return self.name if self.metro is None else f"{self.metro.name}, {self.name}"


@dataclass(frozen=True, slots=True)
class PayEstimate:
    """Posted base pay a year in ``currency``: five quantiles (10, 25, 50, 75, 90) and what stands behind them.

    ``n`` counts the range ends of this family, level and country alone; ``shares`` says how much every wider pool
    adds. ``median`` is the 90% interval of the middle, which counts in how far groups lie apart as far as the answer
    leans on wider ones. ``is_thin`` below the least number of rows.
    """

    family: str
    family_label: str
    level: Level
    code_label: str
    place: PayPlace
    currency: str
    quantiles: Mapping[int, float]
    median: Interval
    n: int
    adverts: int
    shares: tuple[PoolShare, ...]
    widened: float
    years: tuple[int, ...]
    is_thin: bool
    conversion: Conversion
    version: str
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    @property
    def country(self) -> str:
        """The country's ISO 3166-1 code."""
        return self.place.country

    @property
    def metro(self) -> str:
        """The metropolitan area, or nothing."""
        return self.place.metro.name if self.place.metro else ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for a family and for what stands behind it."""

    family: str
    family_label: str
    code_label: str


def estimate(
    *,
    pay: CellPay,
    labels: Labels,
    level: Level,
    place: PayPlace,
    conversion: Conversion,
    thin_rows: int,
    version: str,
    sources: tuple[Source, ...],
) -> PayEstimate:
    """Return a cell's pay as an estimate: the metropolitan step first, then the currency."""
    factor = conversion.per_usd * (place.metro.ratio if place.metro else 1.0)
    is_thin = pay.rows < thin_rows
    return PayEstimate(
        family=labels.family,
        family_label=labels.family_label,
        level=level,
        code_label=labels.code_label,
        place=place,
        currency=conversion.currency,
        quantiles={share: pay.quantiles[share] * factor for share in PERCENTILES},
        median=Interval(pay.median.low * factor, pay.median.high * factor, pay.median.coverage),
        n=pay.rows,
        adverts=pay.shares[0].adverts,
        shares=pay.shares,
        widened=pay.widened,
        years=pay.years,
        is_thin=is_thin,
        conversion=conversion,
        version=version,
        sources=sources,
        notes=_notes(pay=pay, place=place, conversion=conversion, is_thin=is_thin, labels=labels),
    )


def main_pool(*, shares: tuple[PoolShare, ...]) -> PoolShare:
    """Return the pool that has the greatest part in an answer."""
    return max(shares, key=lambda one: one.share)


def pool_words(*, pool: Pool, labels: Labels, country: str, region: str) -> str:
    """Return which adverts a pool holds, for people to read."""
    family, level = labels.family_label.lower(), labels.code_label
    return {
        Pool.FAMILY_LEVEL_COUNTRY: f"{family}, {level}, {country}",
        Pool.FAMILY_LEVEL_REGION: f"{family}, {level}, {region}",
        Pool.LEVEL_REGION: f"all titles, {level}, {region}",
        Pool.REGION: f"all titles and levels, {region}",
        Pool.EVERYWHERE: "all titles and levels, everywhere",
    }[pool]


def _notes(*, pay: CellPay, place: PayPlace, conversion: Conversion, is_thin: bool, labels: Labels) -> tuple[str, ...]:
    years = f"{pay.years[0]}" if len(pay.years) == 1 else f"{pay.years[0]} to {pay.years[-1]}"
    notes = [
        f"Posted base pay of {years}: what adverts offer, not what people are paid. No bonus, equity or benefits.",
        "No trend is added: medians in the United States did not move between 2024 and 2025.",
    ]
    if is_thin:
        notes.insert(0, _thin_words(pay=pay, place=place, labels=labels))
    if place.metro is not None:
        step = place.metro
        notes.append(
            f"{step.name} is the {place.name} figure times {step.ratio:.2f} ({step.low:.2f} to {step.high:.2f}), from "
            f"{step.rows} adverts of {step.year} for {step.titles}."
        )
    elif place.country != "US":
        notes.append("The figure is for the whole country: outside the United States no city is told apart.")
    if conversion.currency != "USD":
        day = f" on {conversion.on.isoformat()}" if conversion.on else ""
        notes.append(f"1 USD was {conversion.per_usd:.4g} {conversion.currency}{day} ({conversion.source}).")
    return tuple(notes)


def _thin_words(*, pay: CellPay, place: PayPlace, labels: Labels) -> str:
    main = main_pool(shares=pay.shares)
    words = pool_words(pool=main.pool, labels=labels, country=place.name, region=place.region)
    count = f"only {pay.rows} figures" if pay.rows > 1 else "only 1 figure" if pay.rows else "no figure"
    moved = (
        ""
        if place.country == "US" or main.pool is Pool.FAMILY_LEVEL_COUNTRY
        else (", moved by what title and level make of pay in the United States")
    )
    return (
        f"Thin data: {count} for this title, level and country. {main.share:.0%} of the answer comes from "
        f"{words} ({main.rows:,} figures){moved}. The interval of the middle counts in how far such groups "
        "lie from their wider ones. Take it as a direction, not as a price."
    )
