"""The advert: what it says section by section, what it pays and on which terms. Start reading postings here."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


class SectionKey(StrEnum):
    """Where something stands. The last four are not written text: pay, places, other terms, a pasted advert."""

    TITLE = "title"
    PROBLEM = "problem"
    CHALLENGE = "challenge"
    STAGE_AND_SCALE = "stage_and_scale"
    RESPONSIBILITIES = "responsibilities"
    MUST_HAVES = "must_haves"
    NICE_TO_HAVES = "nice_to_haves"
    OUTCOMES_90_DAYS = "outcomes_90_days"
    HONEST_CHALLENGES = "honest_challenges"
    GROWTH = "growth"
    REMOTE_AND_TIME_ZONE = "remote_and_time_zone"
    BENEFITS = "benefits"
    HOW_WE_HIRE = "how_we_hire"
    HOW_TO_APPLY = "how_to_apply"
    ABOUT = "about"
    PAY = "pay"
    PLACES = "places"
    TERMS = "terms"
    TEXT = "text"


class PayPeriod(StrEnum):
    """What the amounts of a range are paid for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class EmploymentType(StrEnum):
    """The kinds of employment that a job feed can say; the values are schema.org's as Google documents them."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    CONTRACTOR = "CONTRACTOR"
    TEMPORARY = "TEMPORARY"
    INTERN = "INTERN"
    OTHER = "OTHER"


class WorkPlace(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay as it will be printed. ``None`` is not said yet. Ends may be upside down: the check says so.

    ``currency`` is an ISO 4217 code; ``bonus`` and ``equity`` are sentences, empty where there is none.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    period: PayPeriod = PayPeriod.YEAR
    bonus: str = ""
    equity: str = ""

    @property
    def has_range(self) -> bool:
        """Whether both ends and the currency are said."""
        return self.low is not None and self.high is not None and bool(self.currency)


@dataclass(frozen=True, slots=True)
class Location:
    """A place of work: ISO 3166 country (``US``), region without the country (``CA``), town and street."""

    country: str
    region: str = ""
    locality: str = ""
    street: str = ""
    postal_code: str = ""

    @property
    def code(self) -> str:
        """The place as laws name it: ``US-CA``, or ``DE`` where there is no region."""
        return f"{self.country}-{self.region}" if self.region else self.country


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything about the job that is a fact and not prose.

    ``applicants_from`` are the places (``US``, ``US-CO``, ``DE``, ``EU``) from which a remote person may work and
    ``excluded_places`` those from which not. ``is_existing_vacancy`` is ``None`` until somebody says.
    ``software_statement`` is the sentence on software that screens, where the law wants one.
    """

    organisation: str = ""
    organisation_url: str = ""
    locations: tuple[Location, ...] = ()
    work_place: WorkPlace | None = None
    applicants_from: tuple[str, ...] = ()
    excluded_places: tuple[str, ...] = ()
    employment_type: EmploymentType | None = None
    posted_on: date | None = None
    apply_by: date | None = None
    how_to_apply: str = ""
    apply_url: str = ""
    reference: str = ""
    openings: int = 1
    is_existing_vacancy: bool | None = None
    software_statement: str = ""


@dataclass(frozen=True, slots=True)
class Advert:
    """A job advert, problem first. Lists hold one plain line each; the other sections are paragraphs of plain text.

    A blank that a person still has to fill stands as ``[? question]`` (see ``blanks``). Markup in it is only text.
    """

    title: str
    problem: str = ""
    challenge: str = ""
    stage_and_scale: str = ""
    responsibilities: tuple[str, ...] = ()
    must_haves: tuple[str, ...] = ()
    nice_to_haves: tuple[str, ...] = ()
    outcomes_90_days: tuple[str, ...] = ()
    honest_challenges: str = ""
    growth: str = ""
    remote_and_time_zone: str = ""
    benefits: tuple[str, ...] = ()
    how_we_hire: str = ""
    about: str = ""
    pay: Pay = field(default_factory=Pay)
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class Section:
    """One section as it is read and edited: ``text`` is what findings' ``start`` and ``end`` count in.

    A list's ``text`` is its lines joined by ``\\n``. ``prompt`` says what belongs here, for an empty field.
    """

    key: SectionKey
    heading: str
    text: str
    is_list: bool
    prompt: str


# The one order in which an advert is shown, edited and written out: key, heading, what belongs there.
_SECTIONS: tuple[tuple[SectionKey, str, str], ...] = (
    (SectionKey.TITLE, "Title", "The title people search for, without adjectives."),
    (SectionKey.PROBLEM, "The problem", "Who has which problem today, and what would be better if it were solved?"),
    (
        SectionKey.CHALLENGE,
        "The machine-learning challenge",
        "What is hard about it: which data and how much, which kind of model, how good and how fast must it be?",
    ),
    (SectionKey.STAGE_AND_SCALE, "Stage and scale", "New, scaling or maintenance? How many users or requests?"),
    (SectionKey.RESPONSIBILITIES, "What you will do", "The work itself, one line each."),
    (SectionKey.MUST_HAVES, "What you need", "Only what the work cannot be done without; at most five."),
    (SectionKey.NICE_TO_HAVES, "What would help", "What can be learned here, one line each."),
    (SectionKey.OUTCOMES_90_DAYS, "Your first 90 days", "What will be true by then that both sides can check?"),
    (SectionKey.HONEST_CHALLENGES, "What is hard here", "Technical debt, missing tools, limits of the data."),
    (SectionKey.GROWTH, "How you can grow", "Learning time, publishing, conferences, the path ahead."),
    (
        SectionKey.REMOTE_AND_TIME_ZONE,
        "Where and when",
        "On site, hybrid or remote; from which countries or states; which hours are shared.",
    ),
    (SectionKey.BENEFITS, "Benefits", "Leave, insurance, pension, equipment: one line each."),
    (SectionKey.HOW_WE_HIRE, "How we hire", "The steps, how long each takes and when you will hear from us."),
    (SectionKey.HOW_TO_APPLY, "How to apply", "What to send where."),
    (SectionKey.ABOUT, "About us", "Who you are in three sentences."),
)
_LISTS = frozenset(
    {
        SectionKey.RESPONSIBILITIES,
        SectionKey.MUST_HAVES,
        SectionKey.NICE_TO_HAVES,
        SectionKey.OUTCOMES_90_DAYS,
        SectionKey.BENEFITS,
    }
)
_WRITTEN = frozenset(key for key, _, _ in _SECTIONS)


def sections_of(advert: Advert) -> tuple[Section, ...]:
    """Return every written section in its fixed order, empty ones too, the title first."""
    return tuple(
        Section(key=key, heading=heading, text=_text(advert, key), is_list=key in _LISTS, prompt=prompt)
        for key, heading, prompt in _SECTIONS
    )


def with_section(*, advert: Advert, key: SectionKey, text: str) -> Advert:
    """Return the advert with one written section replaced; the lines of a list become its items, empty ones go.

    Raises ``ValueError`` for a key that is not written text (pay, places, terms, text).
    """
    if key not in _WRITTEN:
        raise ValueError(f"{key.value} is not a section that can be written. Change the advert's pay or terms instead.")
    tidy = plain(text)
    if key is SectionKey.HOW_TO_APPLY:
        return replace(advert, terms=replace(advert.terms, how_to_apply=tidy.strip()))
    if key is SectionKey.TITLE:
        return replace(advert, title=" ".join(tidy.split()))
    if key not in _LISTS:
        return replace(advert, **{key.value: tidy.strip()})  # type: ignore[arg-type]
    items = tuple(line.strip(" \t•*–-") for line in tidy.splitlines())
    return replace(advert, **{key.value: tuple(item for item in items if item)})  # type: ignore[arg-type]


def plain(text: str) -> str:
    """Return text without NUL, other control and invisible characters, with ``\\n`` as the only line end."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(advert: Advert, key: SectionKey) -> str:
    if key is SectionKey.HOW_TO_APPLY:
        return advert.terms.how_to_apply
    value: str | tuple[str, ...] = getattr(advert, key.value)
    return value if isinstance(value, str) else "\n".join(value)
