"""The role form, read into a draft and shown from one; nothing here decides or writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from django.http import QueryDict

from assay.core.roles.draft import MOST_MUST_HAVES, DraftBar, DraftMustHave, RoleDraft, Vocabulary
from assay.core.roles.role import Seniority
from assay.knowledge.evidence.sheets import CompetencyNote

LEVELS = [("", "Not asked"), *((f"{half / 2:g}", f"{half / 2:g}") for half in range(1, 9))]


@dataclass(frozen=True, slots=True)
class CompetencyField:
    """One row of the form: a competency with its anchors, and the level and weight in hundredths, if asked."""

    id: str
    label: str
    about: str
    anchors: tuple[str, ...]
    level: str
    weight: str


@dataclass(frozen=True, slots=True)
class MustHaveField:
    """One must-have of the form; an empty label is a row still to be filled."""

    number: int
    label: str
    claim_kinds: tuple[str, ...]
    skills: str
    competency: str
    level: str


def read_role_draft(*, fields: QueryDict, vocabulary: Vocabulary, skill_ids: Mapping[str, str]) -> RoleDraft:
    """Read the form. A competency counts when its level is chosen; what is no number becomes 0, refused in words.

    ``skill_ids`` gives the id of a skill by any of its names in lower case.
    """
    seniority = fields.get("seniority", "")
    bars = tuple(
        DraftBar(key, _number(level), _number(fields.get(f"weight_{key}", "")))
        for key in vocabulary.competencies
        if (level := fields.get(f"level_{key}", ""))
    )
    notes = (_read_must_have(fields, number, skill_ids) for number in range(1, MOST_MUST_HAVES + 1))
    return RoleDraft(
        title=_clean(fields.get("title", "")),
        problem=_clean(fields.get("problem", "")),
        seniority=Seniority(seniority) if seniority in set(Seniority) else Seniority.SENIOR,
        competencies=bars,
        must_haves=tuple(note for note in notes if note is not None),
        skills=_skills(fields.get("skills", ""), skill_ids),
        outcomes=tuple(line.strip() for line in _clean(fields.get("outcomes", "")).splitlines() if line.strip()),
    )


def competency_fields(*, draft: RoleDraft, notes: Mapping[str, CompetencyNote]) -> tuple[CompetencyField, ...]:
    """Return every competency as a row, those that the draft asks for first and with their values."""
    asked = {bar.competency: bar for bar in draft.competencies}
    total = sum(bar.weight for bar in draft.competencies)
    share = 100 / total if 0 < total <= 1.001 else 1
    keys = [*(key for key in asked if key in notes), *(key for key in notes if key not in asked)]
    return tuple(
        CompetencyField(
            id=key,
            label=notes[key].label,
            about=notes[key].about,
            anchors=notes[key].anchors,
            level=f"{asked[key].level:g}" if key in asked else "",
            weight=f"{asked[key].weight * share:.4g}" if key in asked else "",
        )
        for key in keys
    )


def must_have_fields(*, draft: RoleDraft, vocabulary: Vocabulary) -> tuple[MustHaveField, ...]:
    """Return five rows, those that the draft has and empty ones."""
    rows = [
        MustHaveField(
            number=number,
            label=note.label,
            claim_kinds=note.claim_kinds,
            skills=", ".join(vocabulary.skills.get(skill, skill) for skill in note.skills),
            competency=note.competency,
            level=f"{note.level:g}" if note.competency else "",
        )
        for number, note in enumerate(draft.must_haves, 1)
    ]
    empty = (MustHaveField(number, "", (), "", "", "") for number in range(len(rows) + 1, MOST_MUST_HAVES + 1))
    return (*rows, *empty)


def skill_line(*, draft: RoleDraft, vocabulary: Vocabulary) -> str:
    """Return the skills of a draft as people write them."""
    return ", ".join(vocabulary.skills.get(skill, skill) for skill in draft.skills)


def _read_must_have(fields: QueryDict, number: int, skill_ids: Mapping[str, str]) -> DraftMustHave | None:
    label = _clean(fields.get(f"must_label_{number}", "")).strip()
    kinds = tuple(dict.fromkeys(fields.getlist(f"must_kinds_{number}")))
    skills = _skills(fields.get(f"must_skills_{number}", ""), skill_ids)
    competency = fields.get(f"must_competency_{number}", "")
    if not (label or kinds or skills or competency):
        return None
    level = _number(fields.get(f"must_level_{number}", "")) if competency else 0.0
    return DraftMustHave(label, kinds, skills, competency, min(max(level, 0.0), 4.0))


def _skills(text: str, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the skills named in a comma-separated line; an unknown one stays as written."""
    names = (" ".join(part.split()) for part in _clean(text).replace("\n", ",").split(","))
    return tuple(dict.fromkeys(ids.get(name.casefold(), name.casefold()) for name in names if name))


def _number(text: str) -> float:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0
    return value if isfinite(value) else 0.0


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n")
