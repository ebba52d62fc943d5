"""The roles that ship with the product, each a file named after its id."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote, load_competencies
from assay.knowledge.loading import KnowledgeError, convert_mapping, read_mapping

_HERE = Path(__file__).parent
_MOST_MUST_HAVES = 5
_TOLERANCE = 0.005


class BarNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A competency of a role, the level to reach (0-4) and its weight."""

    id: str
    level: float
    weight: float


class MustHaveNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A must-have, and what would show it: claim kinds, skills, or a competency at a level."""

    id: str
    label: str
    claim_kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    competency: str = ""
    level: float = 0.0


class RoleSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role file as it is."""

    id: str
    version: str
    title: str
    problem: str
    seniority: Literal["junior", "mid", "senior", "lead"]
    competencies: tuple[BarNote, ...]
    as_of: date | None = None
    sources: tuple[SourceNote, ...] = ()
    must_haves: tuple[MustHaveNote, ...] = ()
    skills: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


class UnknownRole(KnowledgeError):
    """Raised for a role id that is not shipped; the message lists those that are."""


def list_role_ids() -> tuple[str, ...]:
    """Return the ids of the shipped roles in alphabetical order."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.yaml")))


@cache
def load_role_sheet(role_id: str) -> RoleSheet:
    """Read a shipped role; raises ``UnknownRole`` when there is none of that id."""
    if role_id not in list_role_ids():
        raise UnknownRole(f"There is no role {role_id!r}. The roles are: {', '.join(list_role_ids())}.")
    return read_role_file(path=_HERE / f"{role_id}.yaml")


def read_role_file(*, path: Path) -> RoleSheet:
    """Read a role from a file of one's own; raises ``KnowledgeError`` naming line or field."""
    return role_sheet_from(content=read_mapping(path=path), name=path.name)


def role_sheet_from(*, content: dict[str, Any], name: str) -> RoleSheet:
    """Check a mapping and return it as a role; ``name`` stands in messages for where it came from."""
    sheet = convert_mapping(content=content, shape=RoleSheet, name=name)
    for problem in _problems(sheet):
        raise KnowledgeError(f"{name}: {problem}")
    return sheet


def _problems(sheet: RoleSheet) -> list[str]:
    known = {note.id for note in load_competencies().competencies}
    problems = []
    for index, bar in enumerate(sheet.competencies):
        place = f"competencies[{index}]"
        if bar.id not in known:
            problems.append(f"field {place}.id: no competency {bar.id!r}. Use one of: {', '.join(sorted(known))}.")
        if not 0 < bar.level <= 4:
            problems.append(f"field {place}.level: {bar.level} is not above 0 and at most 4. Correct it.")
        if not 0 < bar.weight <= 1:
            problems.append(f"field {place}.weight: {bar.weight} is not above 0 and at most 1. Correct it.")
    total = sum(bar.weight for bar in sheet.competencies)
    if abs(total - 1) > _TOLERANCE:
        problems.append(f"field competencies: the weights sum to {total:g}, not 1. Change them so that they do.")
    if len({bar.id for bar in sheet.competencies}) != len(sheet.competencies):
        problems.append("field competencies: one stands there twice. Remove it.")
    if len(sheet.must_haves) > _MOST_MUST_HAVES:
        problems.append(f"field must_haves: at most {_MOST_MUST_HAVES} can be musts. Make the others weights instead.")
    return problems
