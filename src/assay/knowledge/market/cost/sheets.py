"""The cost desk's numbers as they stand in the files: inputs with their spreads, the model's limits, places and law."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
Grade = Literal["measured", "published", "assumption"]
Sheet = TypeVar("Sheet")


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a number comes from; ``id`` is what inputs refer to."""

    id: str
    title: str
    date: date
    reference: str = ""
    url: str = ""


class SpreadNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A spread, in exactly one of its forms."""

    fixed: float | None = None
    chance: float | None = None
    uniform: tuple[float, float] | None = None
    pert: tuple[float, float, float] | None = None
    lognormal: tuple[float, float, float] | None = None

    def __post_init__(self) -> None:
        given = [name for name in self.__struct_fields__ if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give one of fixed, chance, uniform, pert and lognormal")


class GroupNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading under which inputs stand."""

    id: str
    label: str
    about: str


class InputNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One input: its spread, the ends it may be changed to, and its sources. ``places`` empty means everywhere."""

    id: str
    label: str
    group: str
    unit: str
    spread: SpreadNote
    grade: Grade
    sources: tuple[str, ...]
    most: float
    least: float = 0.0
    note: str = ""
    places: tuple[str, ...] = ()


class InputSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``inputs.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[Origin, ...]
    groups: tuple[GroupNote, ...]
    inputs: tuple[InputNote, ...]


class CorrelationNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two inputs that rise together, how much, and why that is thought."""

    first: str
    second: str
    rho: float
    why: str


class RangeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ends of what may be asked, and what is asked unless somebody says otherwise."""

    least: float
    most: float
    usual: float = 0.0


class DelayNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weeks at which the cost of delay is drawn."""

    step: int
    last: int


class CheckNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published figure for yearly cost over base, to hold an answer against."""

    label: str
    low: float
    high: float
    source: str


class ModelSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``model.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    draws: int
    seed: int
    correlations: tuple[CorrelationNote, ...]
    horizon: RangeNote
    headcount: RangeNote
    juniors: RangeNote
    base_usd: RangeNote
    delay_weeks: DelayNote
    least_productive_years: float
    checks: tuple[CheckNote, ...]


class LineNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One contribution by law: ``rate`` on yearly wages from ``above`` to ``up_to``, in the place's currency."""

    id: str
    label: str
    rate: float
    grade: Grade
    sources: tuple[str, ...]
    above: float = 0.0
    up_to: float | None = None


class ShareNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share of base pay with its spread and sources."""

    spread: SpreadNote
    grade: Grade
    sources: tuple[str, ...]
    note: str = ""


class PlaceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place: its currency, and what employers pay by law, as lines by year or as one share."""

    id: str
    label: str
    currency: str
    years: dict[int, tuple[LineNote, ...]] = {}
    share: ShareNote | None = None


class CurrencyNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units of a currency for one US dollar, and the source of that."""

    per_usd: float
    source: str


class PlaceSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``places.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[Origin, ...]
    currencies: dict[str, CurrencyNote]
    benefits_elsewhere: ShareNote
    places: tuple[PlaceNote, ...]


@cache
def load_inputs(folder: Path | None = None) -> InputSheet:
    """Read the inputs; ``folder`` may hold a file of the same name that is used instead. Raises ``KnowledgeError``."""
    sheet = _read("inputs.yaml", InputSheet, folder)
    groups = {note.id for note in sheet.groups}
    _check_unique("inputs.yaml", [note.id for note in sheet.inputs])
    for note in sheet.inputs:
        _check_known("inputs.yaml", note.id, note.sources, sheet.sources)
        if note.group not in groups:
            raise KnowledgeError(f"inputs.yaml: input {note.id!r} stands under {note.group!r}, which is no group.")
    return sheet


@cache
def load_model(folder: Path | None = None) -> ModelSheet:
    """Read the model's settings; ``folder`` may override the file. Raises ``KnowledgeError``."""
    return _read("model.yaml", ModelSheet, folder)


@cache
def load_places(folder: Path | None = None) -> PlaceSheet:
    """Read the places; ``folder`` may override the file. Raises ``KnowledgeError``."""
    sheet = _read("places.yaml", PlaceSheet, folder)
    _check_unique("places.yaml", [place.id for place in sheet.places])
    for place in sheet.places:
        if (place.share is None) == (not place.years):
            raise KnowledgeError(f"places.yaml: place {place.id!r} needs either years or a share, and not both.")
        if place.currency not in sheet.currencies:
            raise KnowledgeError(f"places.yaml: place {place.id!r} uses {place.currency}, which has no rate.")
        for line in (line for lines in place.years.values() for line in lines):
            _check_known("places.yaml", f"{place.id} {line.id}", line.sources, sheet.sources)
        if place.share is not None:
            _check_known("places.yaml", place.id, place.share.sources, sheet.sources)
    return sheet


def _read(name: str, shape: type[Sheet], folder: Path | None) -> Sheet:
    return read_sheet(path=folder_file(name=name, shipped=_HERE, override=folder), shape=shape)


def _check_unique(name: str, ids: list[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise KnowledgeError(f"{name}: {twice[0]!r} stands there twice. Remove one.")


def _check_known(name: str, what: str, wanted: tuple[str, ...], sources: tuple[Origin, ...]) -> None:
    missing = sorted(set(wanted) - {source.id for source in sources})
    if missing or not wanted:
        raise KnowledgeError(
            f"{name}: {what!r} names the source {', '.join(missing) or '(none)'}, which is not listed."
        )
