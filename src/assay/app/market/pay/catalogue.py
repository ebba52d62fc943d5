"""The pay desk's facts as values, and the question that everybody asks: what is posted for this role, here?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from assay.app.market.pay.rates import conversion_to
from assay.core.base.source import Source
from assay.core.market.pay.estimate import Conversion, Labels, MetroStep, PayEstimate, PayPlace, estimate
from assay.core.market.pay.levels import Level, LevelMapping
from assay.core.market.pay.model import CellPay, PayModel, fit_pay
from assay.core.market.pay.own import OwnWeights
from assay.core.market.pay.postings import PostedPay, PostedRange, posted_pay
from assay.core.market.pay.published import Contradiction, PublishedPay
from assay.core.market.pay.question import PayQuestionError, choose
from assay.core.market.pay.rules import PayRules
from assay.core.market.pay.strata import Cell
from assay.knowledge.market.pay.sheets import load_pay_sheets
from assay.knowledge.market.pay.tables import load_metro_index, load_posted, posted_file

_ML_TITLES = "DS/MLE"


def estimate_pay(
    *,
    family: str,
    level: str,
    country: str,
    metro: str = "",
    currency: str = "USD",
    on: date | None = None,
    mapping: LevelMapping | None = None,
    conversion: Conversion | None = None,
    rules: Path | None = None,
) -> PayEstimate:
    """Return posted base pay a year for a family of titles (or a role), a level of ours and a place.

    ``on`` is the day of the exchange rate, the latest there is by default; ``conversion`` replaces it. Files in the
    folder ``rules`` are used instead of the shipped ones. Raises
    ``PayQuestionError`` naming the part that is not known, with the nearest that is.
    """
    levels = mapping or default_mapping(rules)
    chosen = levels.level(level)
    family_id = family_of(family, rules)
    place = find_place(country=country, metro=metro, rules=rules)
    rate = conversion or conversion_to(currency=currency, on=on, today=datetime.now(tz=UTC).date())
    sheets = load_pay_sheets(rules)
    labels = Labels(family_id, family_labels(rules)[family_id], levels.code_label(chosen.code))
    return estimate(
        pay=_cell_pay(family_id, chosen.code, place.country, rules),
        labels=labels,
        level=chosen,
        place=place,
        conversion=rate,
        thin_rows=sheets.model.thin_rows,
        version=sheets.version,
        sources=_sources(rate=rate, place=place, rules=rules),
    )


@cache
def pay_rules(rules: Path | None = None) -> PayRules:
    """Return the settings of the pay model."""
    sheets = load_pay_sheets(rules)
    model = sheets.model
    return PayRules(
        regions=MappingProxyType({code: one.region for code, one in sheets.countries.countries.items()}),
        other_region=sheets.countries.other_region,
        home_country=sheets.countries.home_country,
        calibrated=frozenset(one.id for one in sheets.families.families if one.is_ml),
        shrinkage=model.shrinkage,
        window_years=model.window_years,
        thin_rows=model.thin_rows,
        folds=model.folds,
        interval_draws=model.interval_draws,
        steady_rows=model.steady_rows,
        seed=model.seed,
    )


@cache
def all_postings(rules: Path | None = None) -> PostedPay:
    """Return every shipped row of posted pay."""
    return posted_pay(ranges=posted_ranges(rules))


@cache
def posted_ranges(rules: Path | None = None) -> tuple[PostedRange, ...]:
    """Return every shipped posted range."""
    return tuple(
        PostedRange(row.year, row.level, row.family, row.country, row.low_usd, row.high_usd)
        for row in load_posted(posted_file(rules))
    )


@cache
def pay_model(rules: Path | None = None) -> PayModel:
    """Return the model fitted to the shipped data, once per process."""
    return fit_pay(postings=all_postings(rules), rules=pay_rules(rules))


@lru_cache(maxsize=512)
def _cell_pay(family: str, code: str, country: str, rules: Path | None) -> CellPay:
    return pay_model(rules).pay(cell=Cell(family=family, level=code, country=country))


@cache
def default_mapping(rules: Path | None = None) -> LevelMapping:
    """Return how our levels are read in the data unless somebody says otherwise."""
    sheet = load_pay_sheets(rules).levels
    levels = tuple(Level(one.id, one.label, one.code, one.years_low, one.years_high) for one in sheet.levels)
    return LevelMapping(levels=levels, codes=tuple(sheet.codes.items()), reason=" ".join(sheet.reason.split()))


@cache
def own_weights(rules: Path | None = None) -> OwnWeights:
    """Return how much own observations count, by kind and age."""
    own = load_pay_sheets(rules).model.own
    return OwnWeights(
        kinds=MappingProxyType({kind.id: kind.weight for kind in own.kinds}),
        k=own.k,
        half_life_years=own.half_life_years,
        oldest_years=own.oldest_years,
        least_for_spread=own.least_for_spread,
    )


@cache
def published_rows(rules: Path | None = None) -> tuple[PublishedPay, ...]:
    """Return every published figure, in the order of the tables."""
    sheet = load_pay_sheets(rules).published
    labels = {table.id: table.label for table in sheet.tables}
    return tuple(
        PublishedPay(
            fact=row.fact,
            table=labels[row.table],
            what=row.what,
            kind=row.kind,
            low=row.low,
            high=row.high,
            open_top=row.open_top,
            families=row.families,
            years_low=row.years_low,
            years_high=row.years_high,
            metro=row.metro,
        )
        for row in sheet.rows
    )


@cache
def contradictions(rules: Path | None = None) -> tuple[Contradiction, ...]:
    """Return where published facts contradict each other."""
    return tuple(
        Contradiction(one.facts, one.text, one.families, one.years_low, one.years_high)
        for one in load_pay_sheets(rules).published.disagreements
    )


@cache
def family_labels(rules: Path | None = None) -> Mapping[str, str]:
    """Return the label of each family by its id, those the desk is about first."""
    return MappingProxyType({one.id: one.label for one in load_pay_sheets(rules).families.families})


@cache
def role_families(rules: Path | None = None) -> Mapping[str, tuple[str, str]]:
    """Return for each role id the family whose pay stands for it, and why where they differ."""
    return MappingProxyType({one.role: (one.family, one.reason) for one in load_pay_sheets(rules).families.roles})


def family_of(name: str, rules: Path | None = None) -> str:
    """Return the family of a role id, a family id or its label. Raises ``PayQuestionError`` with the nearest."""
    roles = {role: family for role, (family, _) in role_families(rules).items()}
    asked = name.strip().lower().replace("_", "-")
    return choose(field="family", what="family of titles", value=asked, labels=family_labels(rules), names=roles)


@cache
def country_labels(rules: Path | None = None) -> Mapping[str, str]:
    """Return the name of each country by its code, in order of names."""
    countries = load_pay_sheets(rules).countries.countries
    return MappingProxyType({code: one.name for code, one in sorted(countries.items(), key=lambda pair: pair[1].name)})


@cache
def metro_steps(rules: Path | None = None) -> Mapping[str, MetroStep]:
    """Return the factor of each US metropolitan area: from ML titles where there are enough, else from all."""
    sheet = load_pay_sheets(rules).metros
    steps = {}
    for metro in sheet.metros:
        rows = {row.titles: row for row in load_metro_index() if row.place == metro.index}
        own = rows.get(_ML_TITLES)
        row = own if own is not None and own.rows >= sheet.least_rows else rows["all"]
        words = "data scientists and ML engineers" if row.titles == _ML_TITLES else "all data titles"
        steps[metro.id] = MetroStep(metro.id, words, row.rows, sheet.year, row.ratio, row.low, row.high)
    return MappingProxyType(steps)


def find_place(*, country: str, metro: str = "", rules: Path | None = None) -> PayPlace:
    """Return a place by country (code or name) and US metropolitan area, which may stand for both ("US/Austin").

    Raises ``PayQuestionError`` for an unknown one, and for a city outside the United States.
    """
    sheet = load_pay_sheets(rules).countries
    code = choose(field="country", what="country", value=country, labels=country_labels(rules), names=_COUNTRY_NAMES)
    note = sheet.countries[code]
    step = _metro(metro, code, note.name, rules) if metro.strip() else None
    return PayPlace(country=code, name=note.name, region=sheet.regions[note.region], metro=step)


def _metro(name: str, country: str, country_name: str, rules: Path | None) -> MetroStep:
    if country != load_pay_sheets(rules).countries.home_country:
        message = (
            f"There is no figure for “{name.strip()[:60]}”: outside the United States the data tell no city apart. "
            f"Leave the city out to see {country_name}."
        )
        raise PayQuestionError(field="metro", message=message)
    names = {text: one.id for one in load_pay_sheets(rules).metros.metros for text in one.names}
    labels = {one: one for one in metro_steps(rules)}
    chosen = choose(field="metro", what="metropolitan area", value=name, labels=labels, names=names)
    return metro_steps(rules)[chosen]


def _sources(*, rate: Conversion, place: PayPlace, rules: Path | None) -> tuple[Source, ...]:
    wanted = ["posted"]
    wanted += ["metro_index"] if place.metro else []
    wanted += ["daily_rates"] if rate.currency != "USD" else []
    sheet = load_pay_sheets(rules).sources
    notes = {one.id: one for one in sheet.sources}
    return tuple(Source(title=notes[one].title, reference=notes[one].licence, as_of=sheet.as_of) for one in wanted)


_COUNTRY_NAMES = {
    "usa": "US", "u.s.": "US", "united states of america": "US", "america": "US", "uk": "GB", "england": "GB",
    "great britain": "GB", "britain": "GB", "scotland": "GB", "wales": "GB", "holland": "NL", "czech republic": "CZ",
    "korea": "KR", "uae": "AE", "emirates": "AE", "deutschland": "DE", "españa": "ES", "brasil": "BR", "türkiye": "TR",
    "turkiye": "TR", "south korea": "KR", "russian federation": "RU",
}  # fmt: skip
