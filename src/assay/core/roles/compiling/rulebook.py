"""The compiler's rules as values: archetypes, points, and everything that shapes the role. They hold no code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.core.roles.compiling.conditions import Condition, Value
from assay.core.roles.compiling.intake import Question, Section
from assay.core.roles.role import Seniority


class ArchetypeKind(StrEnum):
    """A machine-learning role, another role, or no hire."""

    ML = "ml"
    DATA = "data"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BarShare:
    """A competency of an archetype at senior level: the level (0-4) and a weight in hundredths."""

    competency: str
    level: float
    weight: float


@dataclass(frozen=True, slots=True)
class Archetype:
    """A kind of role. ``order`` settles a tie, ``mixes`` names those that one person can honestly share with it.

    ``short`` names its work inside a mixed title, ``instead`` says what to do when it is no ML role.
    """

    id: str
    order: int
    kind: ArchetypeKind
    title: str
    short: str
    about: str
    problem: str
    mixes: frozenset[str]
    facts: tuple[str, ...]
    competencies: tuple[BarShare, ...]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class PointRule:
    """When the condition holds, each named target (archetype or level) gains or loses whole points.

    ``looks_at`` are the facts that the condition looks at.
    """

    id: str
    when: Condition
    points: Mapping[str, int]
    says: str
    facts: tuple[str, ...]
    looks_at: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShapeRule:
    """When the condition holds, competencies weigh more (in hundredths) and are asked at ``level`` at least."""

    id: str
    when: Condition
    competencies: Mapping[str, float]
    level: float
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MustRule:
    """A must-have of some archetypes; ``when`` is ``None`` for always. The lowest order is taken first."""

    id: str
    order: int
    archetypes: frozenset[str]
    label: str
    claim_kinds: tuple[str, ...]
    skills: tuple[str, ...]
    when: Condition | None
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StackRule:
    """Skills that the work usually uses when the condition holds; lower orders are named first."""

    id: str
    order: int
    when: Condition
    skills: tuple[str, ...]
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """What is done by a day, and how anyone sees it. ``text`` and ``check`` have {places} to be filled."""

    id: str
    day: int
    order: int
    when: Condition
    text: str
    check: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContradictionRule:
    """Answers that cannot both be true, the questions to look at, and why."""

    id: str
    when: Condition
    questions: tuple[str, ...]
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apply:
    """The answer that a fix changes: to ``value``, to what was made (``take``), or emptied when both are empty."""

    question: str
    value: Value | None = None
    take: str = ""


@dataclass(frozen=True, slots=True)
class MistakeRule:
    """A known hiring mistake: when it shows, why it is one, what to do, and which other rules it says better."""

    id: str
    is_serious: bool
    when: Condition
    title: str
    why: str
    fix: str
    facts: tuple[str, ...]
    replaces: frozenset[str] = frozenset()
    apply: Apply | None = None


@dataclass(frozen=True, slots=True)
class FieldFact:
    """What the field says; ``is_stated`` is false where the field gives a heading and the reading is the authors'."""

    id: str
    says: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class CompilerRules:
    """Everything the compiler goes by. ``version`` names exactly these rules; ``year`` is that of their as-of date."""

    version: str
    year: int
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    archetypes: Mapping[str, Archetype]
    level_shift: Mapping[Seniority, float]
    close_margin: int
    mix_facts: tuple[str, ...]
    most_competencies: int
    least_share: float
    scoring: tuple[PointRule, ...]
    level_order: tuple[Seniority, ...]
    levels: tuple[PointRule, ...]
    shaping: tuple[ShapeRule, ...]
    musts: tuple[MustRule, ...]
    most_musts: int
    stack: tuple[StackRule, ...]
    most_families: int
    outcomes: tuple[OutcomeRule, ...]
    outcome_defaults: Mapping[str, str]
    contradictions: tuple[ContradictionRule, ...]
    mistakes: tuple[MistakeRule, ...]
    since: Mapping[str, int]
    families: Mapping[str, frozenset[str]]
    facts: Mapping[str, FieldFact]
    skill_ids: Mapping[str, str] = field(default_factory=dict)
    skill_labels: Mapping[str, str] = field(default_factory=dict)

    def question(self, question_id: str) -> Question:
        """Return a question by its id; raises ``KeyError`` for one that is not asked."""
        return {one.id: one for one in self.questions}[question_id]
