"""Turn the cost files and what somebody asks into a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path

from assay.app.market.cost.translation import default_inputs, law_lines
from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostError, CostInput, Grade, Unit, change_input, check_ends
from assay.core.market.cost.scenario import Limits, Scenario
from assay.core.market.draws import (
    LARGEST_SEED,
    Correlation,
    Distribution,
    Fixed,
    LogNormal,
    Pert,
    Uniform,
    round_figures,
)
from assay.knowledge.market.cost.sheets import (
    CheckNote,
    ModelSheet,
    PlaceNote,
    PlaceSheet,
    load_inputs,
    load_model,
    load_places,
)

BASE = "base"
_OWN = (Source(title="Your own figure"),)


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks. ``base`` holds one, two or three yearly amounts; with ``from_market`` three of them are the
    points that 10, 50 and 90% of posted pay lie below. ``changes`` replaces inputs by id, ``opens`` is (year, month).
    """

    base: tuple[float, ...]
    opens: tuple[int, int]
    place: str = "US"
    currency: str = ""
    months: int | None = None
    headcount: int = 1
    juniors: int | None = None
    starts: tuple[int, ...] = ()
    seed: int | None = None
    changes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    from_market: bool = False
    base_sources: tuple[Source, ...] = _OWN
    base_note: str = ""


def build_scenario(*, ask: Ask, folder: Path | None = None) -> Scenario:
    """Return the scenario that somebody asks for; files in ``folder`` are used instead of the shipped ones.

    Raises ``CostError`` naming the field to change, ``KnowledgeError`` for a file that is wrong.
    """
    model = load_model(folder)
    place = find_place(place=ask.place, folder=folder)
    currency = (ask.currency or place.currency).upper()
    rate = _rate(currency, load_places(folder))
    if place.years and currency != place.currency:
        message = f"What employers pay by law there ({place.label}) is set in {place.currency}. Use that currency."
        raise CostError(field="currency", message=message)
    year = _law_year(place, ask.opens[0])
    given = default_inputs(place=place, per_usd=rate, folder=folder)
    return Scenario(
        base=_base(ask, model, rate, currency),
        inputs=_changed(given, ask.changes),
        law=law_lines(place=place, year=year, folder=folder),
        place=place.label,
        law_year=year,
        currency=currency,
        months=int(model.horizon.usual) if ask.months is None else ask.months,
        opens=_opens(ask.opens),
        limits=_limits(model),
        seed=_seed(model.seed if ask.seed is None else ask.seed),
        draws=model.draws,
        version=cost_version(folder=folder),
        headcount=ask.headcount,
        juniors=int(model.juniors.usual) if ask.juniors is None else ask.juniors,
        starts=ask.starts,
        correlations=tuple(Correlation(pair.first, pair.second, pair.rho) for pair in model.correlations),
    )


def find_place(*, place: str, folder: Path | None = None) -> PlaceNote:
    """Return a place by its two letters or its name. Raises ``CostError`` listing those there are."""
    places = load_places(folder).places
    wanted = place.strip().casefold()
    found = next((one for one in places if wanted in (one.id.casefold(), one.label.casefold())), None)
    if found is None:
        known = ", ".join(f"{one.id} ({one.label})" for one in places)
        shown = place.strip()[:40] or "(nothing)"
        raise CostError(field="place", message=f"There is no place “{shown}” here. Choose one of: {known}.")
    return found


def default_rows(*, place: str, currency: str) -> tuple[str, tuple[CostInput, ...]]:
    """Return the currency of a place (or the one asked for) and its inputs at their defaults. Raises ``CostError``."""
    found = find_place(place=place)
    code = (currency or found.currency).upper()
    return code, tuple(default_inputs(place=found, per_usd=_rate(code, load_places(None))))


def usual_question(*, today: date) -> dict[str, str]:
    """Return the question that the desk opens with, as it stands in the form."""
    model = load_model(None)
    return {
        "family": "ml-engineer",
        "level": "senior",
        "metro": "",
        "base_1": "",
        "base_2": "",
        "base_3": "",
        "place": "US",
        "currency": "",
        "months": f"{model.horizon.usual:g}",
        "headcount": "1",
        "juniors": f"{model.juniors.usual:g}",
        "opens": f"{today:%Y-%m}",
        "starts": "",
        "seed": str(model.seed),
    }


@cache
def cost_version(*, folder: Path | None = None) -> str:
    """Return the versions of the files that a result rests on."""
    inputs, places, model = load_inputs(folder), load_places(folder), load_model(folder)
    return f"inputs {inputs.version}, places {places.version}, model {model.version}"


def list_checks(*, folder: Path | None = None) -> tuple[CheckNote, ...]:
    """Return the published figures for yearly cost over base."""
    return load_model(folder).checks


def _base(ask: Ask, model: ModelSheet, rate: float, currency: str) -> CostInput:
    blank = CostInput(
        id=BASE,
        label="Base pay a year",
        group="pay",
        unit=Unit.MONEY_YEAR,
        distribution=Fixed(0.0),
        grade=Grade.MEASURED if ask.from_market else Grade.OWN,
        sources=ask.base_sources,
        most=round_figures(model.base_usd.most * rate),
        least=round_figures(model.base_usd.least * rate),
        note=ask.base_note,
    )
    if not ask.base:
        raise CostError(field=BASE, message="Give the base pay for a year.")
    if any(isfinite(value) and value <= 0 for value in ask.base):
        raise CostError(field=BASE, message=f"Give a base pay above 0 {currency} a year.")
    check_ends(given=blank, values=ask.base)
    spread: Distribution = Fixed(ask.base[0])
    if len(set(ask.base)) > 1:
        spread = Uniform(*ask.base) if len(ask.base) == 2 else Pert(*ask.base)
        if ask.from_market and len(ask.base) == 3:
            spread = LogNormal(p10=ask.base[0], p50=ask.base[1], p90=ask.base[2])
    return replace(blank, distribution=spread)


def _changed(given: list[CostInput], changes: Mapping[str, tuple[float, ...]]) -> tuple[CostInput, ...]:
    known = {one.id for one in given}
    for name in changes:
        if name not in known:
            message = f"There is no input “{name[:40]}” here. The inputs are: {', '.join(sorted(known))}."
            raise CostError(field=name, message=message)
    return tuple(change_input(given=one, values=changes[one.id]) if one.id in changes else one for one in given)


def _rate(currency: str, sheet: PlaceSheet) -> float:
    note = sheet.currencies.get(currency)
    if note is None:
        known = ", ".join(sorted(sheet.currencies))
        message = f"There is no rate for “{currency[:12]}”, so the defaults cannot be restated. Choose one of: {known}."
        raise CostError(field="currency", message=message)
    return note.per_usd


def _law_year(place: PlaceNote, wanted: int) -> int:
    """Return the newest year on file that has begun by the wanted one, or the oldest on file."""
    years = sorted(place.years)
    return max((year for year in years if year <= wanted), default=years[0] if years else wanted)


def _opens(opens: tuple[int, int]) -> tuple[int, int]:
    year, month = opens
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        raise CostError(field="opens", message="Give the month the seat opens as year and month, such as 2026-12.")
    return opens


def _seed(seed: int) -> int:
    if not 0 <= seed <= LARGEST_SEED:
        raise CostError(field="seed", message=f"The seed must be a whole number from 0 to {LARGEST_SEED}.")
    return seed


def _limits(model: ModelSheet) -> Limits:
    ends = {
        name: (int(note.least), int(note.most))
        for name, note in (("months", model.horizon), ("headcount", model.headcount), ("juniors", model.juniors))
    }
    return Limits(
        months=ends["months"],
        headcount=ends["headcount"],
        juniors=ends["juniors"],
        delay_step=model.delay_weeks.step,
        delay_last=model.delay_weeks.last,
        least_productive_years=model.least_productive_years,
    )
