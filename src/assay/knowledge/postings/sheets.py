"""The files that adverts are checked by, read into their own shapes."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
_FILES = ("gendered.yaml", "pay_law.yaml", "presence.yaml", "shape.yaml", "tools.yaml", "wording.yaml")
JOB_POSTING_SCHEMA = _HERE / "job-posting.schema.json"

SeverityName = Literal["must", "should", "consider"]
PartName = Literal[
    "title", "problem", "challenge", "stage_and_scale", "responsibilities", "must_haves", "nice_to_haves",
    "outcomes_90_days", "honest_challenges", "growth", "remote_and_time_zone", "benefits", "how_we_hire",
    "how_to_apply", "about", "terms",
]  # fmt: skip
ItemName = Literal[
    "pay_range", "benefits", "other_comp", "deadline", "how_to_apply", "job_description", "vacancy_status",
    "software_statement",
]  # fmt: skip


class DatedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule comes from: a title, what it refers to, and the day it describes."""

    title: str
    reference: str = ""
    as_of: date | None = None


class RuleNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a finding says. ``addition`` is what a click adds, where that is possible."""

    label: str
    severity: SeverityName
    why: str
    fix: str
    source: DatedSource
    id: str = ""
    addition: str = ""


class WordingNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases of one kind; each may offer words after ``=>``."""

    id: str
    label: str
    severity: SeverityName
    why: str
    fix: str
    source: DatedSource
    phrases: tuple[str, ...]
    unless: str = ""
    topics: tuple[PartName, ...] = ()


class WordingSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``wording.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    exempt_sentence: str
    rules: tuple[WordingNote, ...]


class GenderedSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``gendered.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    masculine: str
    feminine: str
    technical: str
    least: int
    margin: int
    rule: RuleNote
    softer: dict[str, str]


class LimitNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much may be asked for."""

    must_haves: int
    tools: int
    specialisms: int
    years: int


class ToolNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tool, its other spellings after ``|``, its first public year; an ordinary word counts only as it is written."""

    name: str
    year: int
    is_word: bool = False


class SpecialismNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of work and the words that ask for it."""

    id: str
    label: str
    words: str


class DemandPatterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How degrees and years are asked for."""

    equivalent: str
    degree: str
    doctorate: str
    years: str
    years_stop: str


class ToolSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``tools.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    limits: LimitNote
    tools: tuple[ToolNote, ...]
    specialisms: tuple[SpecialismNote, ...]
    patterns: DemandPatterns
    rules: dict[str, RuleNote]


class PresenceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something an advert should say, and each line of words that shows it."""

    id: str
    label: str
    section: PartName
    severity: SeverityName
    why: str
    fix: str
    source: DatedSource
    words: tuple[str, ...]
    least: int = 1
    only_if_remote: bool = False


class PresenceSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``presence.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    problem_first: RuleNote
    opens_with_tools: str
    blank: RuleNote
    presences: tuple[PresenceNote, ...]
    headings: dict[PartName, str]


class ShapeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``shape.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    fewest_words: int
    most_words: int
    highest_grade: float
    longest_sentence: int
    capital_words: int
    capitals_allowed: str
    most_characters: int
    most_findings_each: int
    english: str
    other_languages: str
    rules: dict[str, RuleNote]


class PlaceNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"effective_from": "from"}):
    """What one place asks of an advert."""

    place: str
    name: str
    employees: int | None
    items: tuple[ItemName, ...]
    effective_from: date
    grade: Literal["A", "B", "C", "D"]
    source: DatedSource
    verify: str = ""
    is_binding: bool = True
    most_width: int | None = None
    width_free_above: int | None = None
    currency: str = ""


class ItemNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a law can ask for, and the words that show it."""

    label: str
    words: str = "(?!)"


class PayLawSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``pay_law.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[DatedSource, ...]
    widest: float
    places: tuple[PlaceNote, ...]
    groups: dict[str, tuple[str, ...]]
    names: dict[str, str]
    items: dict[ItemName, ItemNote]
    remote: str
    exclusion: str
    rules: dict[str, RuleNote]


class PostingKnowledge(msgspec.Struct, frozen=True):
    """All sheets of postings, and the version that names exactly these bytes."""

    version: str
    gendered: GenderedSheet
    pay_law: PayLawSheet
    presence: PresenceSheet
    shape: ShapeSheet
    tools: ToolSheet
    wording: WordingSheet


@cache
def load_postings(folder: Path | None = None) -> PostingKnowledge:
    """Read every file of postings; a file of the same name in ``folder`` is used instead.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """

    def path(name: str) -> Path:
        return folder_file(name=name, shipped=_HERE, override=folder)

    knowledge = PostingKnowledge(
        version=_version(folder),
        gendered=read_sheet(path=path("gendered.yaml"), shape=GenderedSheet),
        pay_law=read_sheet(path=path("pay_law.yaml"), shape=PayLawSheet),
        presence=read_sheet(path=path("presence.yaml"), shape=PresenceSheet),
        shape=read_sheet(path=path("shape.yaml"), shape=ShapeSheet),
        tools=read_sheet(path=path("tools.yaml"), shape=ToolSheet),
        wording=read_sheet(path=path("wording.yaml"), shape=WordingSheet),
    )
    _check(knowledge)
    return knowledge


def _version(folder: Path | None) -> str:
    """Return the first twelve digits of the SHA-256 over every file."""
    digest = hashlib.sha256()
    for name in _FILES:
        content = folder_file(name=name, shipped=_HERE, override=folder).read_bytes()
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _check(knowledge: PostingKnowledge) -> None:
    missing = set(_ITEMS) - set(knowledge.pay_law.items)
    if missing:
        raise KnowledgeError(f"pay_law.yaml: field items: {', '.join(sorted(missing))} is missing. Add it.")
    for name, found, needed in (
        ("pay_law.yaml", knowledge.pay_law.rules, _PAY_RULES),
        ("shape.yaml", knowledge.shape.rules, _SHAPE_RULES),
        ("tools.yaml", knowledge.tools.rules, _DEMAND_RULES),
    ):
        if set(found) != set(needed):
            wrong = ", ".join(sorted(set(found) ^ set(needed)))
            raise KnowledgeError(f"{name}: field rules: {wrong}. There must be exactly: {', '.join(needed)}.")
    ids = [note.id for note in knowledge.wording.rules] + [note.id for note in knowledge.presence.presences]
    if len(set(ids)) != len(ids):
        raise KnowledgeError("wording.yaml, presence.yaml: an id stands there twice. Change one.")


_ITEMS: tuple[ItemName, ...] = (
    "pay_range", "benefits", "other_comp", "deadline", "how_to_apply", "job_description", "vacancy_status",
    "software_statement",
)  # fmt: skip
_PAY_RULES = (
    "pay-range", "pay-upside-down", "pay-wide", "pay-single", "pay-absurd", "law-item", "law-width", "law-exclusion",
)  # fmt: skip
_SHAPE_RULES = ("too-short", "too-long", "hard-to-read", "long-sentence", "capitals", "markup", "script")
_DEMAND_RULES = (
    "impossible-years", "long-years", "too-many-must-haves", "beyond-role", "unicorn", "tool-list", "degree-filter",
    "doctorate-filter",
)  # fmt: skip
