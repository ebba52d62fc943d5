"""What screening says about one résumé: claims with quotes, levels with uncertainty, must-haves, flags, a score."""

from dataclasses import dataclass
from enum import StrEnum

from assay.core.base.interval import Interval


class ScreeningStatus(StrEnum):
    """Whether a file could be screened at all."""

    SCREENED = "screened"
    NEEDS_PERSON = "needs_person"


class Verdict(StrEnum):
    """What the document shows about a must-have. "Missing" means "not found in this document", never "lacks"."""

    MET = "met"
    UNCLEAR = "unclear"
    MISSING = "missing"


class FlagKind(StrEnum):
    """Things about a résumé that a person should see. None of them rejects anyone."""

    HIDDEN_TEXT = "hidden_text"
    PROMPT_LIKE_TEXT = "prompt_like_text"
    KEYWORD_STUFFING = "keyword_stuffing"
    TITLE_INFLATION = "title_inflation"
    UNSUPPORTED_SKILLS = "unsupported_skills"
    VAGUE_CLAIMS = "vague_claims"
    OVERLAPPING_DATES = "overlapping_dates"
    THIN_TEXT = "thin_text"
    REPEATED_TEXT = "repeated_text"
    SAME_FILE = "same_file"


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim quote: ``text[start:end] == quote`` in the document's text, on page ``page`` (from 1)."""

    quote: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One typed statement of the candidate. ``counted`` says if it moved the score, ``why`` says why (not).

    ``strength`` (0-1) is how specific the statement is; ``points`` what it added to the score (0-100).
    ``id`` is stable within a result and numbers claims in the order of the document.
    """

    id: int
    kind: str
    span: Span
    counted: bool
    why: str
    strength: float
    points: float
    employer: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyResult:
    """The level (0-4) shown for one competency of the role, with its interval and the claims it stands on."""

    competency: str
    label: str
    level: float
    interval: Interval
    reliability: float
    bar: float
    weight: float
    points: float
    claim_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MustHaveResult:
    """The verdict for one must-have, in words, with the quotes that led to it."""

    id: str
    label: str
    verdict: Verdict
    why: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding for a person's eyes: what it is, a sentence, and where it stands (if anywhere)."""

    kind: FlagKind
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Employment:
    """One position as read from the document. Unknown dates are ``None`` and never guessed; months are ``YYYY-MM``."""

    title: str
    employer: str
    started: str | None
    ended: str | None
    is_current: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the person, as written in the document. Carries no weight in any score."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillMention:
    """A skill of the taxonomy found in the document; ``supported`` when work or project text uses it."""

    id: str
    label: str
    supported: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """Everything screening has to say about one document under one role. Frozen and replayable.

    ``score`` is 0-100 with its interval; it is 0 when ``status`` is ``needs_person`` and then means nothing.
    ``status_detail`` says in a sentence why a file needs a person.
    """

    status: ScreeningStatus
    status_detail: str
    rules_version: str
    role_id: str
    role_version: str
    score: float
    interval: Interval
    must_haves: tuple[MustHaveResult, ...] = ()
    competencies: tuple[CompetencyResult, ...] = ()
    claims: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    contact: Contact = Contact()
    employment: tuple[Employment, ...] = ()
    skills: tuple[SkillMention, ...] = ()
