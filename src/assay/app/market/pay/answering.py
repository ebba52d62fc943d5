"""One question to the pay desk and its whole answer, the same on the page and at a shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assay.app.market.pay.catalogue import (
    all_postings,
    contradictions,
    default_mapping,
    estimate_pay,
    metro_steps,
    own_weights,
    pay_rules,
    posted_ranges,
    published_rows,
)
from assay.app.market.pay.rates import conversion_to, own_conversion
from assay.app.market.pay.reading import OwnRecord
from assay.core.market.pay.estimate import PayEstimate
from assay.core.market.pay.history import YearPay, pay_by_year
from assay.core.market.pay.levels import LevelMapping
from assay.core.market.pay.own import OwnPay, OwnPoint, combine_own
from assay.core.market.pay.placing import Band, BandPlacement, place_band, share_of_ranges
from assay.core.market.pay.published import Contradiction, PublishedPay, contradictions_for, published_for
from assay.core.market.pay.strata import Cell
from assay.knowledge.market.pay.sheets import load_pay_sheets
from assay.knowledge.market.pay.tables import IndexRow, OewsRow, PriceLevel, load_country_index, load_oews
from assay.knowledge.market.pay.tables import load_price_levels as price_levels

_OCCUPATIONS = ("15-2051", "15-1221", "15-1252")


@dataclass(frozen=True, slots=True)
class PayQuestion:
    """What is asked, as typed: a family or role, a level, a place, and how to show it. ``band`` is in ``currency``.

    Files in the folder ``rules`` are used instead of the shipped ones.
    """

    family: str
    level: str
    country: str
    metro: str = ""
    currency: str = "USD"
    on: date | None = None
    per_usd: float | None = None
    mapping: str = ""
    band: Band | None = None
    rules: Path | None = None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A country's pay and its prices against the United States, side by side and never multiplied."""

    country: str
    name: str
    pay: IndexRow | None
    prices: PriceLevel | None


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """Everything the desk knows about a question. Money is in ``estimate.currency`` unless it says dollars."""

    estimate: PayEstimate
    mapping: LevelMapping
    own: OwnPay
    placement: BandPlacement | None
    combined_placement: BandPlacement | None
    years: tuple[YearPay, ...]
    published: tuple[PublishedPay, ...]
    contradictions: tuple[Contradiction, ...]
    wages: tuple[OewsRow, ...]
    place: PlaceView

    @property
    def quantiles(self) -> Mapping[int, float]:
        """Market and own together."""
        return self.own.combined


def answer_pay(*, question: PayQuestion, own: Sequence[OwnRecord], today: date) -> PayAnswer:
    """Return the answer to a question. Raises ``PayQuestionError`` naming the part to change."""
    mapping = default_mapping(question.rules).changed(question.mapping)
    rate = None
    if question.per_usd is not None:
        rate = own_conversion(currency=question.currency, per_usd=question.per_usd)
    found = estimate_pay(
        family=question.family,
        level=question.level,
        country=question.country,
        metro=question.metro,
        currency=question.currency,
        on=question.on,
        mapping=mapping,
        conversion=rate,
        rules=question.rules,
    )
    cell = Cell(family=found.family, level=found.level.code, country=found.country)
    combined = combine_own(
        market=found.quantiles,
        points=_points(own, found, today, question.rules),
        rules=own_weights(question.rules),
        today=today,
    )
    return PayAnswer(
        estimate=found,
        mapping=mapping,
        own=combined,
        placement=_placed(question, found, found.quantiles, cell),
        combined_placement=_placed(question, found, combined.combined, cell) if combined.count else None,
        years=pay_by_year(postings=all_postings(question.rules), cell=cell, factor=_factor(found)),
        published=_published(found, question.rules),
        contradictions=contradictions_for(known=contradictions(question.rules), family=found.family, level=found.level)
        if found.country == pay_rules().home_country
        else (),
        wages=_wages(found),
        place=place_view(country=found.country, name=found.place.name),
    )


def place_view(*, country: str, name: str) -> PlaceView:
    """Return pay and prices of a country against the United States, whichever is known."""
    return PlaceView(country, name, load_country_index().get(country), price_levels().get(country))


def list_place_views() -> tuple[PlaceView, ...]:
    """Return every country with a pay index, best-paid first."""
    names = load_pay_sheets().countries.countries
    return tuple(
        place_view(country=code, name=names[code].name)
        for code, row in sorted(load_country_index().items(), key=lambda pair: -pair[1].ratio)
        if code in names
    )


def _factor(found: PayEstimate) -> float:
    return found.conversion.per_usd * (found.place.metro.ratio if found.place.metro else 1.0)


def _placed(
    question: PayQuestion, found: PayEstimate, quantiles: Mapping[int, float], cell: Cell
) -> BandPlacement | None:
    """Place a band; posted ranges are of the whole country, so the band is set against them at the country's pay."""
    band, rules = question.band, pay_rules(question.rules)
    if band is None:
        return None
    everything = posted_ranges(question.rules)
    factor = _factor(found)
    ranges = share_of_ranges(
        band=Band(low=band.low / factor, high=band.high / factor),
        ranges=tuple(one for one in everything if one.year in found.years),
        cell=cell,
        region_of={code: rules.region_of(code) for code in {cell.country, *(one.country for one in everything)}},
        least=rules.thin_rows,
    )
    return place_band(band=band, quantiles=quantiles, ranges=ranges)


def _points(own: Sequence[OwnRecord], found: PayEstimate, today: date, rules: Path | None) -> list[OwnPoint]:
    """Return the own facts about this title, level and country, in the currency and city asked for."""
    asked = found.place.metro.ratio if found.place.metro else 1.0
    points = []
    for one in own:
        if (one.family, one.level, one.country) != (found.family, found.level.id, found.country):
            continue
        rate = conversion_to(currency=one.currency, on=one.observed_on, today=today)
        step = metro_steps(rules).get(one.metro)
        moved = asked / (step.ratio if step else 1.0)
        amount = float(one.annual_base) / rate.per_usd * moved * found.conversion.per_usd
        if one.currency == found.currency:
            amount = float(one.annual_base) * moved
        points.append(OwnPoint(kind=one.kind, amount=amount, observed_on=one.observed_on))
    return points


def _published(found: PayEstimate, rules: Path | None) -> tuple[PublishedPay, ...]:
    """Return the published rows; they speak of the United States only."""
    if found.country != pay_rules().home_country:
        return ()
    return published_for(rows=published_rows(rules), family=found.family, level=found.level, metro=found.metro)


def _wages(found: PayEstimate) -> tuple[OewsRow, ...]:
    if found.country != pay_rules().home_country:
        return ()
    last = max(row.year for row in load_oews())
    rows = {row.code: row for row in load_oews() if row.year == last}
    return tuple(rows[code] for code in _OCCUPATIONS)
