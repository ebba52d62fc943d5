"""The competencies with their anchors, how far each kind of observer is trusted, and what is believed beforehand."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class SourceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where knowledge comes from: a title and what it refers to."""

    title: str
    reference: str = ""


class CompetencyNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One competency: id, label, what it is about, and what each level from 0 to 4 looks like in behaviour."""

    id: str
    label: str
    about: str
    anchors: tuple[str, str, str, str, str]


class CompetencySheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``competencies.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    competencies: tuple[CompetencyNote, ...]


class PriorNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is believed about a competency before anything was seen: middle and spread in levels."""

    middle: float
    spread: float


class ObserverNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reliability (0-1) of one observation of this kind, and what it grows to with more of them."""

    base: float
    most: float
    growth: float


class ReliabilitySheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reliability.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    coverage: float
    prior: PriorNote
    observers: dict[str, ObserverNote]


@cache
def load_competencies(folder: Path | None = None) -> CompetencySheet:
    """Read the competencies; ``folder`` may hold a file of the same name that is used instead."""
    path = folder_file(name="competencies.yaml", shipped=_HERE, override=folder)
    sheet = read_sheet(path=path, shape=CompetencySheet)
    seen: set[str] = set()
    for note in sheet.competencies:
        if note.id in seen:
            raise KnowledgeError(f"{path.name}: competency {note.id!r} stands there twice. Remove one.")
        seen.add(note.id)
    return sheet


@cache
def load_reliability(folder: Path | None = None) -> ReliabilitySheet:
    """Read how far each kind of observation is trusted; ``folder`` may override the file."""
    path = folder_file(name="reliability.yaml", shipped=_HERE, override=folder)
    return read_sheet(path=path, shape=ReliabilitySheet)


class SharedNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The correlation (0-1) of two errors that share a document, an observer or a conversation."""

    document: Share
    observer: Share
    conversation: Share


class ProfileSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``priors.yaml`` as it is: what is believed of applicants beforehand, and how measurements are put together."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    seniorities: dict[Literal["junior", "mid", "senior", "lead"], PriorNote]
    competencies: dict[str, float]
    sent_on: float
    full_minutes: Annotated[int, msgspec.Meta(gt=0)]
    shared: SharedNote
    contradiction: Annotated[float, msgspec.Meta(gt=0)]
    must_level: Annotated[float, msgspec.Meta(gt=0, le=4)]
    least_gain: Annotated[float, msgspec.Meta(ge=0)]


@cache
def load_profile_sheet() -> ProfileSheet:
    """Read ``priors.yaml``; raises ``KnowledgeError`` for a level of seat without a prior or an unknown competency."""
    path = _HERE / "priors.yaml"
    sheet = read_sheet(path=path, shape=ProfileSheet)
    for seniority in ("junior", "mid", "senior", "lead"):
        if seniority not in sheet.seniorities:
            raise KnowledgeError(f"{path.name}: field seniorities: {seniority!r} is missing. Add it.")
    known = {note.id for note in load_competencies().competencies}
    for competency in sheet.competencies:
        if competency not in known:
            raise KnowledgeError(f"{path.name}: field competencies: no competency {competency!r}. Correct it.")
    return sheet
