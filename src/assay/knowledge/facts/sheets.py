"""Read ``facts.yaml``: what the field says, by section, and which guide says it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_SHIPPED = Path(__file__).parent
FACTS_FILE = "facts.yaml"

FactId = Annotated[str, msgspec.Meta(pattern=r"^F[0-9]{3}\Z")]
FactKind = Literal["stated", "ours", "worked_out", "vendor"]


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the texts: its letter, how pages name it, what it is about and the day it was read."""

    id: str
    title: str
    about: str
    as_of: date


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement in our words: who says it (a guide's id), in which sense, and which others contradict it.

    ``stated``: the guide says it. ``ours``: it has only the heading, the content is the authors' judgement.
    ``worked_out``: arithmetic on its figures. ``vendor``: what a seller says of itself.
    """

    id: FactId
    says: str
    kind: FactKind
    source: str
    disagrees_with: tuple[FactId, ...] = ()


class FactSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts about one subject."""

    title: str
    facts: tuple[Fact, ...]


class FactSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``facts.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    note: str
    guides: tuple[Guide, ...]
    sections: tuple[FactSection, ...]

    def by_id(self) -> Mapping[str, Fact]:
        """Return every fact under its id, in the order of the file."""
        return {fact.id: fact for section in self.sections for fact in section.facts}


@cache
def load_facts(folder: Path | None = None) -> FactSheet:
    """Read and check the facts; ``facts.yaml`` in ``folder`` is used instead of the shipped one.

    Raises ``KnowledgeError`` naming the fact and what to do.
    """
    return read_facts(path=facts_path(folder=folder))


def facts_path(*, folder: Path | None = None) -> Path:
    """Return the file that the facts are read from."""
    return folder_file(name=FACTS_FILE, shipped=_SHIPPED, override=folder)


def read_facts(*, path: Path) -> FactSheet:
    """Return the facts of a file; raises ``KnowledgeError`` naming the fact and what to do."""
    sheet = read_sheet(path=path, shape=FactSheet)
    for problem in _problems(sheet):
        raise KnowledgeError(f"{path.name}: {problem}")
    return sheet


def _problems(sheet: FactSheet) -> Iterable[str]:
    in_file = [fact for section in sheet.sections for fact in section.facts]
    for before, after in pairwise(in_file):
        if after.id <= before.id:
            yield f"{after.id} stands after {before.id}. Give every fact its own id, in rising order."
    known, guides = sheet.by_id(), {guide.id for guide in sheet.guides}
    for fact in in_file:
        if fact.source not in guides:
            yield f"{fact.id} is from {fact.source!r}, which is no guide. Use one of {sorted(guides)}."
        for other in fact.disagrees_with:
            if other not in known or fact.id not in known[other].disagrees_with:
                yield f"{fact.id} disagrees with {other}, but not the other way round. Say it at both."
