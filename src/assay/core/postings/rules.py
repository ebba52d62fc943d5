"""What the check works by: rules as values. They come from the knowledge files and carry version and sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assay.core.base.source import Source
from assay.core.postings.advert import SectionKey
from assay.core.postings.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What every finding of one kind says: why it matters, what to do, the source, and what a click adds, if any."""

    id: str
    label: str
    severity: Severity
    why: str
    fix_label: str
    source: Source
    addition: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases of one kind. ``pattern`` has one group a phrase; ``replacements[i]`` belongs to group ``i + 1``.

    ``None`` means a person has to find the words; ``(s)`` at its end follows the number of the quote. ``unless`` on
    the same line takes a find back. ``topics`` limits the rule to parts of the advert; empty means all of it.
    """

    rule: Rule
    pattern: re.Pattern[str]
    replacements: tuple[str | None, ...]
    unless: re.Pattern[str] | None = None
    topics: frozenset[SectionKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Presence:
    """Something that should be said. In a built advert ``section`` must hold it; in any text ``pattern`` must be found.

    ``least`` is how many different groups of the pattern must be found for it to count as said.
    """

    rule: Rule
    section: SectionKey
    pattern: re.Pattern[str]
    least: int = 1
    only_if_remote: bool = False


@dataclass(frozen=True, slots=True)
class Gendered:
    """Published stems, and phrases of this trade in which a stem means something technical and is not counted.

    A finding is made only from ``least`` masculine words on, when they outnumber the feminine by ``margin``.
    """

    rule: Rule
    masculine: re.Pattern[str]
    feminine: re.Pattern[str]
    technical: re.Pattern[str]
    least: int
    margin: int
    softer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool and the year in which the public could first use it."""

    id: str
    label: str
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Specialism:
    """A field of work that takes years to learn, and the words that ask for it."""

    id: str
    label: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of people: tools by their names in lower case, specialisms, and how much is too much."""

    tools: Mapping[str, Tool]
    tool_pattern: re.Pattern[str]
    specialisms: tuple[Specialism, ...]
    equivalent: re.Pattern[str]
    degree: re.Pattern[str]
    doctorate: re.Pattern[str]
    years: re.Pattern[str]
    years_stop: re.Pattern[str]
    rules: Mapping[str, Rule]
    most_must_haves: int
    most_tools: int
    most_specialisms: int
    many_years: int


class PayItem(StrEnum):
    """What a law can ask to stand on an advert."""

    PAY_RANGE = "pay_range"
    BENEFITS = "benefits"
    OTHER_COMP = "other_comp"
    DEADLINE = "deadline"
    HOW_TO_APPLY = "how_to_apply"
    JOB_DESCRIPTION = "job_description"
    VACANCY_STATUS = "vacancy_status"
    SOFTWARE_STATEMENT = "software_statement"


@dataclass(frozen=True, slots=True)
class PlaceLaw:
    """What one place asks of an advert, from which day, from how many employees (``None``: not known).

    ``grade`` is the evidence: A official text, B law firm or regulator, C single or vendor, D background knowledge.
    ``is_binding`` is false while a place has not put a directive into its own law. ``most_width`` is the widest
    range allowed in the currency of the place unless its top is above ``width_free_above``.
    """

    place: str
    name: str
    employees: int | None
    items: tuple[PayItem, ...]
    effective_from: date
    grade: str
    source: Source
    verify: str = ""
    is_binding: bool = True
    most_width: int | None = None
    width_free_above: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PayLaw:
    """The table of places, the codes that stand for several of them, and what else is checked about pay."""

    places: tuple[PlaceLaw, ...]
    groups: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    item_labels: Mapping[PayItem, str]
    item_patterns: Mapping[PayItem, re.Pattern[str]]
    remote: re.Pattern[str]
    exclusion: re.Pattern[str]
    exclusion_places: frozenset[str]
    rules: Mapping[str, Rule]
    widest: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Length, reading grade, sentences and capitals: from where on each is worth a finding."""

    rules: Mapping[str, Rule]
    fewest_words: int
    most_words: int
    highest_grade: float
    longest_sentence: int
    capital_words: int
    capitals_allowed: frozenset[str]
    most_characters: int
    most_findings_each: int
    english: frozenset[str]
    other_languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class PostingRules:
    """All rules of the check. ``version`` names exactly these files."""

    version: str
    as_of: date
    wordings: tuple[Wording, ...]
    presences: tuple[Presence, ...]
    gendered: Gendered
    demands: Demands
    pay_law: PayLaw
    shape: Shape
    headings: Mapping[SectionKey, re.Pattern[str]]
    exempt_sentence: re.Pattern[str]
    opens_with_tools: re.Pattern[str]
    problem_first: Rule
    blank_rule: Rule

    @property
    def place_names(self) -> Mapping[str, str]:
        """The name of each known place by its code, for the outputs."""
        return {**self.pay_law.names, **{law.place: law.name for law in self.pay_law.places}}
