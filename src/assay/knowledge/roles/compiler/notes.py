"""The shapes of the files of the role compiler."""

from datetime import date
from typing import Any, Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote

FactIds = tuple[str, ...]
AnswerNote = str | int | float | tuple[str, ...]


class OptionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice of a question."""

    id: str
    label: str
    about: str = ""
    exclusive: bool = False


class SectionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of questions."""

    id: str
    label: str
    about: str


class QuestionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the intake."""

    id: str
    section: str
    kind: Literal["text", "one", "many", "number", "skills"]
    label: str
    help: str = ""
    example: str = ""
    options: tuple[OptionNote, ...] = ()
    unit: str = ""
    least: float = 0
    most: float = 0
    steps: tuple[float, ...] = ()


class IntakeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``intake.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    derived: dict[str, str]
    sections: tuple[SectionNote, ...]
    questions: tuple[QuestionNote, ...]


class ShareNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A competency of an archetype at senior level."""

    id: str
    level: float
    weight: float


class ArchetypeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of role."""

    id: str
    order: int
    kind: Literal["ml", "data", "none"]
    title: str
    short: str
    about: str
    problem: str
    mixes: tuple[str, ...]
    facts: FactIds
    competencies: tuple[ShareNote, ...]
    instead: str = ""


class ArchetypeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``archetypes.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    level_shift: dict[str, float]
    close_margin: int
    mix_facts: FactIds
    most_competencies: int
    least_share: float
    archetypes: tuple[ArchetypeNote, ...]


class PointNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that gives or takes points."""

    id: str
    when: Any
    points: dict[str, int]
    says: str
    facts: FactIds


class ScoringSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``scoring.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    rules: tuple[PointNote, ...]


class LevelSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``levels.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    tie_order: tuple[Literal["junior", "mid", "senior", "lead"], ...]
    rules: tuple[PointNote, ...]


class ShapeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that adds weight to competencies."""

    id: str
    when: Any
    competencies: dict[str, float]
    level: float
    says: str
    facts: FactIds


class ShapingSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``shaping.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    rules: tuple[ShapeNote, ...]


class MustNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A must-have of some archetypes."""

    id: str
    order: int
    archetypes: tuple[str, ...]
    label: str
    says: str
    facts: FactIds
    claim_kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    when: Any = None


class MustSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``musts.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    most: int
    musts: tuple[MustNote, ...]


class StackNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Skills that the work uses under a condition."""

    id: str
    when: Any
    skills: tuple[str, ...]
    says: str
    facts: FactIds
    order: int = 50


class StackSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``stack.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    most_families: int
    rules: tuple[StackNote, ...]


class OutcomeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done by a day."""

    id: str
    day: int
    order: int
    when: Any
    text: str
    check: str
    facts: FactIds


class OutcomeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``outcomes.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    defaults: dict[str, str]
    outcomes: tuple[OutcomeNote, ...]


class ContradictionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers that cannot both be true."""

    id: str
    when: Any
    questions: tuple[str, ...]
    says: str
    facts: FactIds


class ContradictionSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``contradictions.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    rules: tuple[ContradictionNote, ...]


class ApplyNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer that a fix changes."""

    question: str
    value: AnswerNote | None = None
    take: Literal["", "archetype", "level", "budget"] = ""
    clear: bool = False


class MistakeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hiring mistake and its fix."""

    id: str
    weight: Literal["serious", "worth a look"]
    when: Any
    title: str
    why: str
    fix: str
    facts: FactIds
    replaces: tuple[str, ...] = ()
    apply: ApplyNote | None = None


class MistakeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``mistakes.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    rules: tuple[MistakeNote, ...]


class YoungSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``young.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    since: dict[str, int]
    families: dict[str, tuple[str, ...]]
