"""What screening works by: rules as values. They come from the knowledge files and carry their version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.core.evidence.profile import Prior, Trust
from assay.core.screening.lexicon import Lexicon
from assay.core.screening.skills import SkillMatcher


class SectionKind(StrEnum):
    """The parts of a résumé. Only work and projects can move a score."""

    HEADER = "header"
    SUMMARY = "summary"
    WORK = "work"
    PROJECTS = "projects"
    STUDY_PROJECTS = "study_projects"
    EDUCATION = "education"
    SKILLS = "skills"
    PUBLICATIONS = "publications"
    OTHER = "other"


class SignalRole(StrEnum):
    """How much a signal can carry by itself."""

    HARD = "hard"
    ANCHOR = "anchor"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """One kind of statement: which concepts together make it, and which competencies it informs by how much.

    A fallback is used only for a statement that no other kind fits. A kind that makes context lets other statements
    of the same position count although they name no model.
    """

    id: str
    label: str
    any_of: tuple[frozenset[str], ...]
    unless: frozenset[str]
    needs_model: bool
    is_fallback: bool
    makes_context: bool
    least_strength: float
    competencies: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Discount:
    """Wording that makes a statement weigh less: ``factor`` 0-1, and why in words.

    ``unless`` takes the discount back, and so does a hard signal (a figure, an event) where it ``yields_to_hard``;
    ``spares`` are claim kinds that it does not touch.
    """

    id: str
    label: str
    factor: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    yields_to_hard: bool = False
    spares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that makes a statement specific.

    A hard one is enough by itself; an anchor needs another anchor or a support; supports alone are not enough.
    """

    id: str
    label: str
    weight: float
    role: SignalRole
    pattern: re.Pattern[str] | None = None
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SpecificityRules:
    """How specific a statement must be to count, and what takes away from it."""

    signals: tuple[Signal, ...]
    tool_weight: float
    more_tools_weight: float
    duty: re.Pattern[str]
    duty_factor: float
    buzz: re.Pattern[str]
    buzz_cost: float
    least_counted: float
    generic_stems: frozenset[str]
    few_particulars: int
    few_weight: float
    many_particulars: int
    many_weight: float


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How contributions become levels and points."""

    saturation: float
    same_kind_decay: float
    other_employer_bonus: float
    most_per_kind: float
    share_to_bar: float
    most_kinds: int
    context_factor: float
    section_factors: Mapping[SectionKind, float]


@dataclass(frozen=True, slots=True)
class FlagRules:
    """When a résumé gets a flag; none of them rejects."""

    prompt_like: re.Pattern[str]
    stuffed_skills: int
    stuffed_share: float
    unsupported_share: float
    unsupported_least: int
    thin_letters: int
    repeated_least_words: int
    vague_least: int
    title_claims: re.Pattern[str]
    title_senior: re.Pattern[str]
    title_aspiring: re.Pattern[str]
    senior_months: int
    title_least_claims: int


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """How lines are read: headings by folded text, bullet marks, what a job title looks like."""

    headings: Mapping[str, SectionKind]
    heading_words: Mapping[str, SectionKind]
    bullet: re.Pattern[str]
    title_words: re.Pattern[str]
    noise: re.Pattern[str]
    most_statement_letters: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything screening needs besides the document and the role. ``version`` names the exact rules."""

    version: str
    lexicon: Lexicon
    kinds: tuple[ClaimKind, ...]
    discounts: tuple[Discount, ...]
    specificity: SpecificityRules
    scoring: ScoringRules
    flags: FlagRules
    layout: LayoutRules
    skills: SkillMatcher
    prior: Prior
    trust: Trust
    coverage: float
    kind_by_id: Mapping[str, ClaimKind] = field(default_factory=dict)
