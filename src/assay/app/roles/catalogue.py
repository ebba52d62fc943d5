"""The roles as values: those that ship, and those that somebody writes."""

from functools import cache
from pathlib import Path

from assay.core.roles.role import CompetencyBar, MustHave, Role, Seniority
from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.roles.sheets import RoleSheet, list_role_ids, load_role_sheet, read_role_file


@cache
def list_roles() -> tuple[Role, ...]:
    """Return the shipped roles in order of their ids."""
    return tuple(get_role(role_id) for role_id in list_role_ids())


def get_role(role_id: str) -> Role:
    """Return a shipped role; raises ``UnknownRole`` (a ``KnowledgeError``) listing those there are."""
    return _role(load_role_sheet(role_id))


def role_from_file(path: Path) -> Role:
    """Return a role from a YAML file; raises ``KnowledgeError`` naming the line or field."""
    return _role(read_role_file(path=path))


def _role(sheet: RoleSheet) -> Role:
    labels = {note.id: note.label for note in load_competencies().competencies}
    total = sum(bar.weight for bar in sheet.competencies)
    return Role(
        id=sheet.id,
        version=sheet.version,
        title=sheet.title,
        problem=sheet.problem,
        seniority=Seniority(sheet.seniority),
        competencies=tuple(
            CompetencyBar(competency=bar.id, label=labels[bar.id], level=bar.level, weight=bar.weight / total)
            for bar in sheet.competencies
        ),
        must_haves=tuple(
            MustHave(
                id=note.id,
                label=note.label,
                claim_kinds=note.claim_kinds,
                skills=note.skills,
                competency=note.competency,
                level=note.level,
            )
            for note in sheet.must_haves
        ),
        skills=sheet.skills,
        outcomes=sheet.outcomes,
    )
