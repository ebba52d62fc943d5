"""The words a role can be written in, gathered from the competencies and the rules of screening."""

from functools import cache

from assay.app.screening.rules import load_rules
from assay.core.roles.draft import Vocabulary
from assay.knowledge.evidence.sheets import CompetencyNote, load_competencies


@cache
def load_vocabulary() -> Vocabulary:
    """Return every competency, claim kind and skill that screening knows, with its label."""
    rules = load_rules()
    return Vocabulary(
        competencies={note.id: note.label for note in load_competencies().competencies},
        claim_kinds={kind.id: kind.label for kind in rules.kinds},
        skills={skill.id: skill.label for skill in rules.skills.skills},
    )


@cache
def competency_notes() -> dict[str, CompetencyNote]:
    """Return each competency's description and anchors by its id."""
    return {note.id: note for note in load_competencies().competencies}


@cache
def skill_ids() -> dict[str, str]:
    """Return the id of each skill by everything people call it, in lower case."""
    names = {
        name.casefold(): skill.id for skill in load_rules().skills.skills for name in (*skill.ambiguous, *skill.names)
    }
    return names | {
        name.casefold(): skill.id for skill in load_rules().skills.skills for name in (skill.label, skill.id)
    }
