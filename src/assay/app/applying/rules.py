"""Turn the sheets of the candidate's side into what the core asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from assay.core.applying.abuse import Limit
from assay.core.applying.consent import Basis, PlaceRule
from assay.core.applying.pace import Pace
from assay.core.applying.questions import QuestionKind
from assay.core.base.source import Source
from assay.knowledge.applying.sheets import (
    DemographicSheet,
    LimitSheet,
    PlaceNote,
    WordSheet,
    load_consent,
    load_demographics,
    load_limits,
    load_words,
)


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """The rules by place, the groups of places, and what every notice says."""

    places: Mapping[str, PlaceRule]
    groups: Mapping[str, tuple[str, ...]]
    common: tuple[str, ...]


def consent_rules() -> ConsentRules:
    """Return what is asked where."""
    return _consent(_own())


def demographics() -> DemographicSheet:
    """Return the demographic questions."""
    return load_demographics(_own())


def limits() -> LimitSheet:
    """Return times and tries."""
    return load_limits(_own())


def words() -> WordSheet:
    """Return what candidates read."""
    return load_words(_own())


def limit_on(*, purpose: str) -> Limit:
    """Return how often ``purpose`` (apply, resume, link, lookup) may be tried."""
    note = limits().tries[purpose]
    return Limit(minutes=note.minutes, from_address=note.from_address, from_network=note.from_network)


def pace() -> Pace:
    """Return how long the parts of a form take."""
    note = limits().pace
    return Pace(base=note.base, kinds={QuestionKind(kind): seconds for kind, seconds in note.kinds.items()})


def _own() -> Path:
    return Path(settings.DATA_DIR) / "knowledge" / "applying"


@cache
def _consent(folder: Path) -> ConsentRules:
    sheet = load_consent(folder)
    return ConsentRules(
        places={note.place: _rule(note, sheet.version) for note in sheet.places},
        groups=sheet.groups,
        common=sheet.common,
    )


def _rule(note: PlaceNote, version: str) -> PlaceRule:
    return PlaceRule(
        place=note.place,
        name=note.name,
        basis=Basis(note.basis),
        statement=note.statement,
        notice=note.notice,
        months=note.months,
        pool_months=note.pool_months,
        version=f"{note.place}/{version}",
        source=Source(title=note.source.title, reference=note.source.reference, as_of=note.source.as_of),
        verify=note.verify,
    )
