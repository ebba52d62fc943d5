"""An advert as pages show it to be read: the outline that all outputs follow, with its days as days."""

from dataclasses import dataclass
from datetime import date

from assay.app.postings.rules import load_rules
from assay.core.postings.advert import Advert
from assay.core.postings.outline import Part, outline_of

_SHORT = ("Pay", "Place", "Employment", "Apply by")


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact; ``day`` is set where the fact is a calendar day."""

    label: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What a page shows: the title, the facts (``short`` ones for a list), the parts, and where to apply."""

    title: str
    facts: tuple[Fact, ...]
    short: tuple[Fact, ...]
    parts: tuple[Part, ...]
    apply_url: str


def article_of(advert: Advert) -> Article:
    """Return an advert as it is read; everything in it is plain text."""
    outline = outline_of(advert, names=load_rules().place_names)
    days = {"Posted": advert.terms.posted_on, "Apply by": advert.terms.apply_by}
    facts = tuple(Fact(label, text, days.get(label)) for label, text in outline.facts)
    short = tuple(fact for fact in facts if fact.label in _SHORT)
    return Article(outline.title, facts, short, outline.parts, outline.apply_url)
