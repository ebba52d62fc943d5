"""Turn what stands in the cost files into the core's values, in the currency of a scenario."""

from dataclasses import replace
from pathlib import Path

from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostInput, Grade, Unit
from assay.core.market.cost.scenario import Contribution
from assay.core.market.draws import Chance, Distribution, Fixed, LogNormal, Pert, Uniform, round_figures
from assay.knowledge.market.cost.sheets import (
    InputNote,
    LineNote,
    Origin,
    PlaceNote,
    SpreadNote,
    load_inputs,
    load_places,
)

CONTRIBUTIONS = "contributions"
HOME = "US"


def default_inputs(*, place: PlaceNote, per_usd: float, folder: Path | None = None) -> list[CostInput]:
    """Return every input of a place with its default spread; ``per_usd`` is the currency's units for a US dollar."""
    notes = [note for note in load_inputs(folder).inputs if not note.places or place.id in note.places]
    given = [*_shared(place, folder), *(_input(note, folder) for note in notes)]
    if place.id != HOME:
        given = [_elsewhere(one, folder) for one in given]
    return [_in_currency(one, per_usd) for one in given]


def law_lines(*, place: PlaceNote, year: int, folder: Path | None = None) -> tuple[Contribution, ...]:
    """Return what the employer pays by law in a place and year; empty where one share stands for it."""
    return tuple(_line(line, load_places(folder).sources) for line in place.years.get(year, ()))


def _shared(place: PlaceNote, folder: Path | None) -> list[CostInput]:
    if place.share is None:
        return []
    given = CostInput(
        id=CONTRIBUTIONS,
        label="Employer's contributions by law",
        group="pay",
        unit=Unit.SHARE,
        distribution=_spread(place.share.spread),
        grade=Grade(place.share.grade),
        sources=_sources(place.share.sources, load_places(folder).sources),
        most=2.0,
        note=place.share.note,
    )
    return [given]


def _input(note: InputNote, folder: Path | None) -> CostInput:
    return CostInput(
        id=note.id,
        label=note.label,
        group=note.group,
        unit=Unit(note.unit),
        distribution=_spread(note.spread),
        grade=Grade(note.grade),
        sources=_sources(note.sources, load_inputs(folder).sources),
        most=note.most,
        least=note.least,
        note=note.note,
    )


def _elsewhere(given: CostInput, folder: Path | None) -> CostInput:
    if given.id != "benefits":
        return given
    sheet = load_places(folder)
    share = sheet.benefits_elsewhere
    return replace(
        given,
        distribution=_spread(share.spread),
        grade=Grade(share.grade),
        sources=_sources(share.sources, sheet.sources),
        note=share.note,
    )


def _in_currency(given: CostInput, rate: float) -> CostInput:
    """Restate a default that is in dollars, rounded to two figures as the default itself is."""
    if not given.unit.is_money or rate == 1.0:
        return given
    points = [round_figures(point * rate) for point in given.points]
    match given.distribution:
        case Pert():
            spread: Distribution = Pert(*points)
        case LogNormal():
            spread = LogNormal(p10=points[0], p50=points[1], p90=points[2])
        case Uniform():
            spread = Uniform(*points)
        case _:
            spread = Fixed(points[0])
    return replace(
        given, distribution=spread, most=round_figures(given.most * rate), least=round_figures(given.least * rate)
    )


def _line(line: LineNote, sources: tuple[Origin, ...]) -> Contribution:
    return Contribution(
        id=line.id,
        label=line.label,
        rate=line.rate,
        grade=Grade(line.grade),
        sources=_sources(line.sources, sources),
        above=line.above,
        up_to=line.up_to,
    )


def _sources(ids: tuple[str, ...], known: tuple[Origin, ...]) -> tuple[Source, ...]:
    by_id = {one.id: one for one in known}
    return tuple(
        Source(title=by_id[name].title, reference=by_id[name].reference or by_id[name].url, as_of=by_id[name].date)
        for name in ids
    )


def _spread(note: SpreadNote) -> Distribution:
    if note.pert is not None:
        return Pert(*note.pert)
    if note.lognormal is not None:
        return LogNormal(p10=note.lognormal[0], p50=note.lognormal[1], p90=note.lognormal[2])
    if note.uniform is not None:
        return Uniform(*note.uniform)
    if note.chance is not None:
        return Chance(note.chance)
    return Fixed(note.fixed or 0.0)
