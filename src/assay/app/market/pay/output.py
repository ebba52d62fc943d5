"""An answer of the pay desk as text to read and as JSON with documented keys."""

import json
from collections.abc import Mapping
from typing import Any

from assay.app.market.pay.answering import PayAnswer
from assay.app.market.pay.catalogue import country_labels, default_mapping, family_labels, metro_steps, role_families
from assay.app.market.pay.rates import list_currencies, rates_end_on
from assay.app.market.pay.wording import (
    band_sentences,
    kind_words,
    level_words,
    money,
    plural_figures,
    pool_label,
    published_words,
    share_words,
    years_words,
)
from assay.core.market.pay.estimate import PayEstimate
from assay.core.market.pay.placing import BandPlacement
from assay.core.market.pay.rules import PERCENTILES

_WIDTH = 46


def to_json(answer: PayAnswer) -> str:
    """Return the answer as JSON; the keys are described in docs/market.md and sorted."""
    return json.dumps(to_mapping(answer), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def to_mapping(answer: PayAnswer) -> dict[str, Any]:
    """Return the answer as plain values, fit to be kept beside a band."""
    found = answer.estimate
    return {
        **estimate_mapping(found),
        "own": {
            "count": answer.own.count,
            "effective": round(answer.own.effective, 3),
            "weight": round(answer.own.weight, 4),
            "quantiles": None if answer.own.quantiles is None else _whole(answer.own.quantiles),
            "combined": _whole(answer.own.combined),
            "notes": list(answer.own.notes),
        },
        "band": None if answer.placement is None else _placement(answer.placement),
        "by_year": [
            {"year": one.year, "rows": one.rows, "quantiles": None if one.quantiles is None else _whole(one.quantiles)}
            for one in answer.years
        ],
        "published": [
            {"fact": row.fact, "table": row.table, "what": row.what, "kind": row.kind, "low_usd": row.low,
             "high_usd": row.high, "open_top": row.open_top}
            for row in answer.published
        ],
        "disagreements": [{"facts": one.facts, "text": one.text} for one in answer.contradictions],
        "place": _place(answer),
        "level_mapping": {one.id: {"code": one.code, "years": [one.years_low, one.years_high]}
                          for one in answer.mapping.levels},
    }  # fmt: skip


def estimate_mapping(found: PayEstimate) -> dict[str, Any]:
    """Return an estimate as plain values."""
    return {
        "family": found.family,
        "level": found.level.id,
        "level_in_data": found.level.code,
        "country": found.country,
        "metro": found.metro,
        "currency": found.currency,
        "exchange": {
            "per_usd": round(found.conversion.per_usd, 6),
            "on": found.conversion.on.isoformat() if found.conversion.on else None,
            "source": found.conversion.source,
        },
        "quantiles": _whole(found.quantiles),
        "median_interval": {
            "low": round(found.median.low),
            "high": round(found.median.high),
            "coverage": found.median.coverage,
        },
        "rows": found.n,
        "adverts": found.adverts,
        "thin": found.is_thin,
        "pools": [
            {"pool": one.pool.value, "rows": one.rows, "adverts": one.adverts, "share": round(one.share, 4)}
            for one in found.shares
        ],
        "years": list(found.years),
        "version": found.version,
        "notes": list(found.notes),
        "sources": [{"title": one.title, "licence": one.reference} for one in found.sources],
    }


def to_text(answer: PayAnswer) -> str:
    """Return the answer for a person at a shell."""
    found = answer.estimate
    lines = [
        f"{found.family_label}, {level_words(found)}, {found.place.label}",
        f"posted base pay a year, {years_words(found.years)}, {found.currency}",
        "",
        *(f"  p{percent:<4}{money(found.quantiles[percent], found.currency):>16}" for percent in PERCENTILES),
        f"  the middle lies within {money(found.median.low, '')} to {money(found.median.high, '')} (90% interval)",
        "",
        "what stands behind it",
        *(f"  {share_words(one.share):>5}  {pool_label(one.pool, found):<{_WIDTH}} {plural_figures(one.rows):>14}"
          for one in found.shares if one.share >= 0.005),
        "",
        *(f"* {note}" for note in found.notes),
    ]  # fmt: skip
    lines += _own_lines(answer) + _band_lines(answer) + _beside_lines(answer)
    lines += ["", "sources", *(f"  {one.title}. {one.reference}" for one in found.sources)]
    return "\n".join(lines) + "\n"


def listing() -> dict[str, Any]:
    """Return everything that can be asked for."""
    return {
        "families": dict(family_labels()),
        "roles": {role: family for role, (family, _) in role_families().items()},
        "levels": {one.id: one.code for one in default_mapping().levels},
        "countries": dict(country_labels()),
        "metros": sorted(metro_steps()),
        "currencies": list(list_currencies()),
        "rates_end_on": rates_end_on().isoformat(),
    }


def listing_text() -> str:
    """Return everything that can be asked for, to read."""
    mapping = default_mapping()
    lines = ["families"]
    lines += [f"  {id_:<22}{label}" for id_, label in family_labels().items()]
    lines += ["", "roles, and the family whose pay stands for them"]
    lines += [f"  {role:<28}{family:<20}{reason}" for role, (family, reason) in role_families().items()]
    lines += ["", "levels, and what they are read as (change with --mapping)"]
    lines += [f"  {one.id:<10}{one.code}  {mapping.code_label(one.code)}" for one in mapping.levels]
    lines += ["", "metropolitan areas of the US", f"  {', '.join(metro_steps())}", "", "countries"]
    lines += [f"  {code}  {name}" for code, name in country_labels().items()]
    lines += ["", f"currencies, to {rates_end_on().isoformat()}", f"  {', '.join(list_currencies())}"]
    return "\n".join(lines) + "\n"


def _own_lines(answer: PayAnswer) -> list[str]:
    if answer.own.quantiles is None:
        return []
    own, combined, currency = answer.own.quantiles, answer.own.combined, answer.estimate.currency
    head = f"  {'':<6}{'own':>16}{'market and own':>18}"
    rows = [f"  p{one:<5}{money(own[one], currency):>16}{money(combined[one], currency):>18}" for one in PERCENTILES]
    return ["", "your own", head, *rows, *(f"* {note}" for note in answer.own.notes)]


def _band_lines(answer: PayAnswer) -> list[str]:
    if answer.placement is None:
        return []
    return ["", *band_sentences(answer.placement, answer.estimate)]


def _beside_lines(answer: PayAnswer) -> list[str]:
    lines: list[str] = []
    if answer.published:
        lines += ["", "published tables, US dollars, kept apart because they disagree"]
        lines += [
            f"  {row.fact}  {row.what:<32}{published_words(row):>28}  {kind_words(row)}  ({row.table})"
            for row in answer.published
        ]
        lines += [f"* {one.text} ({one.facts})" for one in answer.contradictions]
    for row in answer.wages[:1]:
        ends = f"{money(row.p10, 'USD')} to {money(row.p90, 'USD')}"
        lines += [f"  BLS May {row.year}, {row.title.lower()}, all levels, wages paid, p10 to p90: {ends}"]
    place = answer.place
    if place.pay is not None and place.country != "US":
        lines += ["", f"{place.name}: posted pay is {place.pay.ratio:.2f} of the US ({place.pay.low:.2f} to "
                  f"{place.pay.high:.2f}, {place.pay.rows} figures)"]  # fmt: skip
        if place.prices is not None:
            lines[-1] += f"; prices are {place.prices.level:.2f} of the US ({place.prices.year})"
        lines[-1] += ". One does not follow from the other: do not multiply them."
    return lines


def _placement(placement: BandPlacement) -> dict[str, Any]:
    ranges = placement.ranges
    return {
        "low": placement.band.low,
        "high": placement.band.high,
        "percentile_low": round(placement.low_percentile, 1),
        "percentile_middle": round(placement.middle_percentile, 1),
        "percentile_high": round(placement.high_percentile, 1),
        "warnings": list(placement.warnings),
        "ranges": None
        if ranges is None
        else {
            "pool": ranges.pool.value,
            "ranges": ranges.ranges,
            "share_top_beaten": round(ranges.top_beaten, 4),
            "share_middle_beaten": round(ranges.middle_beaten, 4),
            "share_start_reached": round(ranges.reached, 4),
        },
    }


def _place(answer: PayAnswer) -> dict[str, Any]:
    pay, prices = answer.place.pay, answer.place.prices
    return {
        "pay_ratio_to_us": None if pay is None else pay.ratio,
        "pay_ratio_interval": None if pay is None else [pay.low, pay.high],
        "pay_ratio_rows": None if pay is None else pay.rows,
        "price_level_to_us": None if prices is None else prices.level,
        "price_level_year": None if prices is None else prices.year,
    }


def _whole(quantiles: Mapping[int, float]) -> dict[str, int]:
    return {f"p{percent}": round(quantiles[percent]) for percent in PERCENTILES}
