"""What comes out of compiling an intake: the role that the problem needs, with every reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.rulebook import ArchetypeKind
from assay.core.roles.compiling.scoring import Reason, Standing
from assay.core.roles.compiling.tipping import Tip
from assay.core.roles.role import Seniority


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that cannot both be true: the questions to look at, and why."""

    rule: str
    questions: tuple[str, ...]
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """A hybrid: the second role, the share of the work (0-1) that belongs to each, and why shares are stated."""

    archetype: str
    lead_share: float
    partner_share: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelVerdict:
    """The level of the seat, the points of all levels, and why."""

    level: Seniority
    points: Mapping[Seniority, int]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CompiledBar:
    """One competency: the level to reach (0-4), its share (0-1) and what the answers added to it."""

    competency: str
    level: float
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CompiledMust:
    """A must-have that screening can find, and why it is one."""

    rule: str
    label: str
    claim_kinds: tuple[str, ...]
    skills: tuple[str, ...]
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StackItem:
    """A skill that the work usually uses, and why it is named."""

    skill: str
    says: str
    rule: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledOutcome:
    """Who has done what by which day, and how anyone sees it. ``is_open`` when a figure of the intake is missing."""

    rule: str
    day: int
    who: str
    what: str
    check: str
    is_open: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The answer that a fix gives to a question; ``None`` empties it."""

    question: str
    answer: Value | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A hiring mistake seen in the intake: why it is one, what to do, and the change a click can make."""

    rule: str
    is_serious: bool
    title: str
    why: str
    fix: str
    facts: tuple[str, ...]
    change: Change | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The compiled role. ``standings`` are best first; the first leads by ``margin`` points.

    ``possible`` are the other archetypes that open questions could still bring to the lead.
    """

    rules_version: str
    open_questions: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    standings: tuple[Standing, ...]
    margin: int
    is_close: bool
    mix: Mix | None
    possible: tuple[str, ...]
    tips: tuple[Tip, ...]
    kind: ArchetypeKind
    instead: str
    title: str
    problem: str
    level: LevelVerdict
    competencies: tuple[CompiledBar, ...]
    must_haves: tuple[CompiledMust, ...]
    stack: tuple[StackItem, ...]
    unknown_skills: tuple[str, ...]
    outcomes: tuple[CompiledOutcome, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def archetype(self) -> str:
        """The id of the archetype that leads."""
        return self.standings[0].archetype

    @property
    def runner_up(self) -> str:
        """The id of the archetype that comes second."""
        return self.standings[1].archetype
