"""The sheets of the candidate's side: consent by place, demographic questions, limits, words."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, Sheet, folder_file, read_sheet

_HERE = Path(__file__).parent
_ANYWHERE = "*"
_GROUPS = ("application", "assessment", "interview", "offer", "hired")
_KINDS = ("text", "long_text", "yes_no", "choice", "number")
_TRIES = ("apply", "resume", "link", "lookup")


class PlaceSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a place's rule comes from."""

    title: str
    as_of: date
    reference: str = ""


class PlaceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked in one place; ``months`` and ``pool_months`` as in ``core/applying/consent``."""

    place: str
    name: str
    basis: Literal["notice", "consent"]
    statement: str
    notice: tuple[str, ...]
    months: int
    pool_months: int
    source: PlaceSource
    verify: str = ""


class ConsentSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``consent.yaml`` as it is."""

    version: str
    as_of: date
    groups: dict[str, tuple[str, ...]]
    common: tuple[str, ...]
    places: tuple[PlaceNote, ...]


class AskedNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One demographic question with its choices."""

    key: str
    label: str
    choices: tuple[str, ...]


class DemographicSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``demographics.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    intro: str
    questions: tuple[AskedNote, ...]


class TriesNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often within how many minutes."""

    minutes: int
    from_address: int
    from_network: int


class PaceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds for the fixed part of the form and for each kind of question, quick and at leisure."""

    base: tuple[int, int]
    kinds: dict[str, tuple[int, int]]


class LimitSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``limits.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    least_seconds: int
    most_hours: int
    pending_hours: int
    link_days: int
    tries: dict[str, TriesNote]
    pace: PaceNote


class StandingNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where somebody stands and what comes next, as they read it."""

    now: str
    next: str


class AutomatedNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the program did (``{version}`` of the rules), what it says where it did nothing, and who decides."""

    done: str
    none: str
    people: str


class WordSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    stages: dict[str, StandingNote]
    endings: dict[str, StandingNote]
    automated: AutomatedNote
    withdraw: dict[str, str]
    requests: dict[str, str]


@cache
def load_consent(folder: Path | None = None) -> ConsentSheet:
    """Read the rules by place, from ``folder`` when it holds them; raises ``KnowledgeError`` saying what to correct."""
    sheet = _read("consent.yaml", folder, ConsentSheet)
    places = [note.place for note in sheet.places]
    if len(set(places)) != len(places) or _ANYWHERE not in places:
        raise KnowledgeError('consent.yaml: every place stands once, and "*" stands for all others. Add or remove one.')
    wrong = next((note.place for note in sheet.places if note.months < 1 or note.pool_months < 0), None)
    if wrong is not None:
        raise KnowledgeError(f"consent.yaml: place {wrong!r} needs months of 1 or more and pool_months of 0 or more.")
    return sheet


@cache
def load_demographics(folder: Path | None = None) -> DemographicSheet:
    """Read the demographic questions; raises ``KnowledgeError`` saying what to correct."""
    sheet = _read("demographics.yaml", folder, DemographicSheet)
    keys = [note.key for note in sheet.questions]
    if len(set(keys)) != len(keys) or any(len(note.choices) < 2 for note in sheet.questions):
        raise KnowledgeError("demographics.yaml: every question needs a key of its own and two choices. Correct it.")
    return sheet


@cache
def load_limits(folder: Path | None = None) -> LimitSheet:
    """Read the limits; raises ``KnowledgeError`` saying what to correct."""
    sheet = _read("limits.yaml", folder, LimitSheet)
    missing = [*(set(_TRIES) - set(sheet.tries)), *(set(_KINDS) - set(sheet.pace.kinds))]
    if missing:
        raise KnowledgeError(f"limits.yaml: nothing is said of {', '.join(sorted(missing))}. Add it.")
    return sheet


@cache
def load_words(folder: Path | None = None) -> WordSheet:
    """Read what candidates read; raises ``KnowledgeError`` saying what to correct."""
    sheet = _read("words.yaml", folder, WordSheet)
    missing = sorted(set(_GROUPS) - set(sheet.stages))
    if missing:
        raise KnowledgeError(f"words.yaml: stages lack {', '.join(missing)}. Add them.")
    return sheet


def _read(name: str, folder: Path | None, shape: type[Sheet]) -> Sheet:
    return read_sheet(path=folder_file(name=name, shipped=_HERE, override=folder), shape=shape)
