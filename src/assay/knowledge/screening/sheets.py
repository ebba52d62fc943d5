"""The files that screening works by, read into their own shapes and checked against each other."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote, load_competencies
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
_SHIPPED_EVIDENCE = _HERE.parent / "evidence"
_FILES = (
    "claims.yaml",
    "discounts.yaml",
    "flags.yaml",
    "layout.yaml",
    "lexicon.yaml",
    "scoring.yaml",
    "skills.yaml",
    "specificity.yaml",
)
# Raised by hand when the code that reads the rules changes what comes out of it.
CODE_VERSION = "1"

Part = Literal[
    "header", "summary", "work", "projects", "study_projects", "education", "skills", "publications", "other"
]


class ConceptNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one idea."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class NamedSystems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An application next to a kind of system, or a whole phrase, names a system."""

    applications: tuple[str, ...]
    models: tuple[str, ...]
    systems: tuple[str, ...]
    whole: tuple[str, ...]


class LexiconSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``lexicon.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    irregular: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    concepts: dict[str, ConceptNote]
    named_systems: NamedSystems


class KindNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of claim. Each line of ``any_of`` joins concepts with ``+``; a fallback is used when no other fits."""

    id: str
    label: str
    any_of: tuple[str, ...]
    competencies: dict[str, float]
    unless: tuple[str, ...] = ()
    needs_model: bool = True
    is_fallback: bool = False
    makes_context: bool = False
    least_strength: float | None = None


class ClaimSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``claims.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    kinds: tuple[KindNote, ...]


class DiscountNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wording that takes weight away."""

    id: str
    label: str
    factor: float
    patterns: tuple[str, ...]
    unless: str | None = None
    yields_to_hard: bool = False
    spares: tuple[str, ...] = ()


class DiscountSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``discounts.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    discounts: tuple[DiscountNote, ...]


class SignalNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that makes a statement specific."""

    id: str
    label: str
    weight: float
    role: Literal["hard", "anchor", "support"] = "anchor"
    concepts: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


class ParticularsNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From how many words that are not generic a statement is particular, and how much that weighs."""

    few: int
    few_weight: float
    many: int
    many_weight: float


class SpecificitySheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``specificity.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    least_counted: float
    tool_weight: float
    more_tools_weight: float
    duty: str
    duty_factor: float
    buzz: str
    buzz_cost: float
    particulars: ParticularsNote
    generic_words: str
    signals: tuple[SignalNote, ...]


class ScoringSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``scoring.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    saturation: float
    same_kind_decay: float
    other_employer_bonus: float
    most_per_kind: float
    share_to_bar: float
    most_kinds: int
    context_factor: float
    least_strength: float
    section_factors: dict[Part, float]


class FlagSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``flags.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    stuffed_skills: int
    stuffed_share: float
    unsupported_least: int
    unsupported_share: float
    thin_letters: int
    repeated_least_words: int
    vague_least: int
    senior_months: int
    title_least_claims: int
    title_claims: str
    title_senior: str
    title_aspiring: str
    prompt_like: tuple[str, ...]


class LayoutSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``layout.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    headings: dict[Part, tuple[str, ...]]
    heading_words: dict[Part, tuple[str, ...]]
    bullet: str
    title_words: str
    noise: str
    most_statement_letters: int


class SkillGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Skills of one sort, each written ``Label | alias | alias ? ordinary word``."""

    id: str
    skills: tuple[str, ...]
    ml: bool = False
    tool: bool = False


class SkillSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``skills.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    groups: tuple[SkillGroup, ...]


class ScreeningKnowledge(msgspec.Struct, frozen=True):
    """All sheets of screening, and the version that names exactly these bytes."""

    version: str
    lexicon: LexiconSheet
    claims: ClaimSheet
    discounts: DiscountSheet
    specificity: SpecificitySheet
    scoring: ScoringSheet
    flags: FlagSheet
    layout: LayoutSheet
    skills: SkillSheet


@cache
def load_screening(folder: Path | None = None) -> ScreeningKnowledge:
    """Read and check every file of screening; a file of the same name in ``folder`` is used instead.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """

    def path(name: str) -> Path:
        return folder_file(name=name, shipped=_HERE, override=folder)

    knowledge = ScreeningKnowledge(
        version=_version(folder),
        lexicon=read_sheet(path=path("lexicon.yaml"), shape=LexiconSheet),
        claims=read_sheet(path=path("claims.yaml"), shape=ClaimSheet),
        discounts=read_sheet(path=path("discounts.yaml"), shape=DiscountSheet),
        specificity=read_sheet(path=path("specificity.yaml"), shape=SpecificitySheet),
        scoring=read_sheet(path=path("scoring.yaml"), shape=ScoringSheet),
        flags=read_sheet(path=path("flags.yaml"), shape=FlagSheet),
        layout=read_sheet(path=path("layout.yaml"), shape=LayoutSheet),
        skills=read_sheet(path=path("skills.yaml"), shape=SkillSheet),
    )
    _check(knowledge)
    return knowledge


def _version(folder: Path | None) -> str:
    """Return the first twelve digits of the SHA-256 over the code's version and every rule file."""
    digest = hashlib.sha256(CODE_VERSION.encode())
    paths = [folder_file(name=name, shipped=_HERE, override=folder) for name in _FILES]
    paths += [
        folder_file(name=name, shipped=_SHIPPED_EVIDENCE, override=folder)
        for name in ("competencies.yaml", "reliability.yaml")
    ]
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _check(knowledge: ScreeningKnowledge) -> None:
    lexicon = knowledge.lexicon
    names = set(lexicon.concepts) | set(lexicon.groups) | {"tool", "ml_tool", "named_system", "named_model"}
    names |= {f"tells {signal.id}" for signal in knowledge.specificity.signals}
    for group, members in lexicon.groups.items():
        _must_know(members, names, f"lexicon.yaml: field groups.{group}")
    competencies = {note.id for note in load_competencies().competencies}
    for at, kind in enumerate(knowledge.claims.kinds):
        place = f"claims.yaml: field kinds[{at}]"
        for line in kind.any_of:
            _must_know(tuple(part.strip() for part in line.split("+")), names, f"{place}.any_of")
        _must_know(tuple(kind.competencies), competencies, f"{place}.competencies")
    kinds = {kind.id for kind in knowledge.claims.kinds}
    for at, discount in enumerate(knowledge.discounts.discounts):
        _must_know(discount.spares, kinds, f"discounts.yaml: field discounts[{at}].spares")
    for at, signal in enumerate(knowledge.specificity.signals):
        _must_know(signal.concepts, names, f"specificity.yaml: field signals[{at}].concepts")


def _must_know(used: tuple[str, ...], known: set[str], place: str) -> None:
    for name in used:
        if name not in known:
            raise KnowledgeError(f"{place}: {name!r} is not known. Use a name that the files define.")
