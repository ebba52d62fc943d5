"""A role as somebody writes it, checked and turned into a bar: weights of any size become shares of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.roles.role import CompetencyBar, MustHave, Role, Seniority

MOST_MUST_HAVES = 5
MOST_OUTCOMES = 9
MOST_SKILLS = 60
_TITLE = 200
_TEXT = 4_000
_LINE = 300


class RoleError(ValueError):
    """Raised when a draft cannot be a role; ``field`` says which input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class DraftBar:
    """A competency to ask for: the level (0-4) to reach, and a weight of any positive size."""

    competency: str
    level: float
    weight: float


@dataclass(frozen=True, slots=True)
class DraftMustHave:
    """Something to insist on, and the kinds of claims or the skills that would show it."""

    label: str
    claim_kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    competency: str = ""
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """What someone fills in to write or change a role."""

    title: str
    problem: str
    seniority: Seniority
    competencies: tuple[DraftBar, ...]
    must_haves: tuple[DraftMustHave, ...] = ()
    skills: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a role can be written in: competencies, claim kinds and skills by id, with their labels."""

    competencies: Mapping[str, str]
    claim_kinds: Mapping[str, str]
    skills: Mapping[str, str]


def compile_role(*, draft: RoleDraft, key: str, version: int, vocabulary: Vocabulary) -> Role:
    """Return the role that a draft describes. Raises ``RoleError`` naming the first input that must change."""
    _check_words(draft)
    total = _checked_total(draft, vocabulary)
    return Role(
        id=key,
        version=str(version),
        title=_line(draft.title),
        problem=draft.problem.strip(),
        seniority=draft.seniority,
        competencies=tuple(
            CompetencyBar(bar.competency, vocabulary.competencies[bar.competency], bar.level, bar.weight / total)
            for bar in draft.competencies
        ),
        must_haves=_must_haves(draft, vocabulary),
        skills=tuple(dict.fromkeys(draft.skills)),
        outcomes=tuple(_line(outcome) for outcome in draft.outcomes if _line(outcome)),
    )


def draft_of(*, role: Role) -> RoleDraft:
    """Return a role as a draft to be changed."""
    return RoleDraft(
        title=role.title,
        problem=role.problem,
        seniority=role.seniority,
        competencies=tuple(DraftBar(bar.competency, bar.level, bar.weight) for bar in role.competencies),
        must_haves=tuple(
            DraftMustHave(note.label, note.claim_kinds, note.skills, note.competency, note.level)
            for note in role.must_haves
        ),
        skills=role.skills,
        outcomes=role.outcomes,
    )


def _check_words(draft: RoleDraft) -> None:
    if not 1 <= len(_line(draft.title)) <= _TITLE:
        raise RoleError(field="title", message=f"Give the role a title of 1 to {_TITLE} characters.")
    if not 1 <= len(draft.problem.strip()) <= _TEXT:
        raise RoleError(field="problem", message=f"Say in 1 to {_TEXT} characters which problem this role solves.")
    if len(draft.outcomes) > MOST_OUTCOMES or any(len(_line(outcome)) > _LINE for outcome in draft.outcomes):
        message = f"Write at most {MOST_OUTCOMES} outcomes, one a line, of at most {_LINE} characters."
        raise RoleError(field="outcomes", message=message)
    if len(draft.skills) > MOST_SKILLS:
        raise RoleError(field="skills", message=f"Name at most {MOST_SKILLS} skills.")


def _checked_total(draft: RoleDraft, vocabulary: Vocabulary) -> float:
    if not draft.competencies:
        raise RoleError(field="competencies", message="Choose at least one competency and give it a weight.")
    for bar in draft.competencies:
        label = vocabulary.competencies.get(bar.competency)
        if label is None:
            raise RoleError(field="competencies", message=f"There is no competency “{bar.competency}”.")
        if not 0 < bar.level <= 4:
            raise RoleError(field=f"level_{bar.competency}", message=f"{label}: choose a level above 0, at most 4.")
        if not 0 < bar.weight <= 1_000:
            raise RoleError(field=f"weight_{bar.competency}", message=f"{label}: give a weight above 0.")
    if len({bar.competency for bar in draft.competencies}) != len(draft.competencies):
        raise RoleError(field="competencies", message="Each competency can stand in a role once.")
    return sum(bar.weight for bar in draft.competencies)


def _must_haves(draft: RoleDraft, vocabulary: Vocabulary) -> tuple[MustHave, ...]:
    if len(draft.must_haves) > MOST_MUST_HAVES:
        message = f"At most {MOST_MUST_HAVES} things can be musts. Give the others a weight instead."
        raise RoleError(field="must_haves", message=message)
    made = []
    for number, note in enumerate(draft.must_haves, 1):
        _check_must_have(note, number, vocabulary)
        made.append(
            MustHave(
                id=f"must-{number}",
                label=_line(note.label),
                claim_kinds=note.claim_kinds,
                skills=note.skills,
                competency=note.competency,
                level=note.level,
            )
        )
    return tuple(made)


def _check_must_have(note: DraftMustHave, number: int, vocabulary: Vocabulary) -> None:
    if not 1 <= len(_line(note.label)) <= _LINE:
        raise RoleError(field=f"must_label_{number}", message=f"Must-have {number}: say in a few words what it is.")
    if not (note.claim_kinds or note.skills or note.competency):
        message = f"Must-have {number}: choose the claims or the skills that would show it."
        raise RoleError(field=f"must_kinds_{number}", message=message)
    unknown = [kind for kind in note.claim_kinds if kind not in vocabulary.claim_kinds]
    if unknown:
        raise RoleError(field=f"must_kinds_{number}", message=f"Must-have {number}: there is no claim “{unknown[0]}”.")
    unknown = [skill for skill in note.skills if skill not in vocabulary.skills]
    if unknown:
        message = f"Must-have {number}: “{unknown[0]}” is not a skill Assay can find. Choose one from the suggestions."
        raise RoleError(field=f"must_skills_{number}", message=message)
    if note.competency and note.competency not in vocabulary.competencies:
        raise RoleError(field=f"must_kinds_{number}", message=f"Must-have {number}: there is no such competency.")


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())
