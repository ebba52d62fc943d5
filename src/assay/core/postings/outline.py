"""The one outline that every output follows: facts first, then the sections that hold anything, in their order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.postings.advert import Advert, SectionKey, WorkPlace, sections_of
from assay.core.postings.pay_words import EMPLOYMENT_LABELS, describe_pay

_LINK = re.compile(r"(?:https?://|mailto:)[^\s\"'<>\x00-\x1f]{1,2000}", re.IGNORECASE)
_WORK_PLACES = {WorkPlace.ON_SITE: "On site", WorkPlace.HYBRID: "Hybrid", WorkPlace.REMOTE: "Remote"}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with paragraphs or, for a list, items."""

    heading: str
    paragraphs: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What an output shows: the title, labelled facts, and the parts."""

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    apply_url: str


def outline_of(advert: Advert, *, names: Mapping[str, str] | None = None) -> Outline:
    """Return the outline of an advert; empty facts and sections are left out, places named by ``names`` where known."""
    parts = []
    for section in sections_of(advert):
        if section.key is SectionKey.TITLE or not section.text.strip():
            continue
        split = section.text.splitlines() if section.is_list else section.text.split("\n\n")
        paragraphs = tuple(" ".join(part.split()) for part in split if part.strip())
        parts.append(Part(section.heading, paragraphs, section.is_list))
    url = advert.terms.apply_url if is_safe_link(advert.terms.apply_url) else ""
    return Outline(title=advert.title, facts=_facts(advert, names or {}), parts=tuple(parts), apply_url=url)


def is_safe_link(url: str) -> bool:
    """Whether an address may be linked: http, https or mailto, and nothing that a page could run."""
    return _LINK.fullmatch(url) is not None


def _facts(advert: Advert, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    terms, pay = advert.terms, advert.pay
    vacancy = {True: "An existing vacancy", False: "Not for an existing vacancy", None: ""}[terms.is_existing_vacancy]
    facts = (
        ("Organisation", terms.organisation),
        ("Pay", describe_pay(pay)),
        ("Bonus", pay.bonus),
        ("Equity", pay.equity),
        ("Place", _place(advert, names)),
        ("People may work from", ", ".join(names.get(code, code) for code in terms.applicants_from)),
        ("Employment", EMPLOYMENT_LABELS[terms.employment_type] if terms.employment_type else ""),
        ("Openings", str(terms.openings) if terms.openings > 1 else ""),
        ("Vacancy", vacancy),
        ("Posted", terms.posted_on.isoformat() if terms.posted_on else ""),
        ("Apply by", terms.apply_by.isoformat() if terms.apply_by else ""),
        ("Software in hiring", terms.software_statement),
        ("Reference", terms.reference),
    )
    return tuple((label, " ".join(text.split())) for label, text in facts if text.strip())


def _place(advert: Advert, names: Mapping[str, str]) -> str:
    towns = "; ".join(
        ", ".join(part for part in (place.locality, names.get(place.code, place.code)) if part)
        for place in advert.terms.locations
    )
    kind = _WORK_PLACES[advert.terms.work_place] if advert.terms.work_place else ""
    return ": ".join(part for part in (kind, towns) if part)
