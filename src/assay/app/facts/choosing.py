"""Which facts a question is about, and how their kinds are called."""

from collections.abc import Mapping, Sequence

from assay.knowledge.facts.sheets import Fact, FactSection, FactSheet

KINDS: Mapping[str, str] = {
    "stated": "stated",
    "ours": "our reading",
    "worked_out": "worked out",
    "vendor": "a seller's claim",
}
ABOUT_KINDS: Mapping[str, str] = {
    "stated": "the guide says it",
    "ours": "the guide has only the heading; what stands here is our judgement",
    "worked_out": "our arithmetic on the guide's figures",
    "vendor": "what a company says of itself; quoted, and never taken as ours",
}
LONGEST_SEARCH = 200


def find_facts(*, sheet: FactSheet, text: str) -> tuple[FactSection, ...]:
    """Return the sections with the facts that have every word of ``text``; all of them for an empty text.

    A word may stand in the id, the statement, the section, the kind or the guide; case does not matter.
    """
    words = text[:LONGEST_SEARCH].casefold().split()
    guides = {guide.id: guide.title for guide in sheet.guides}
    found = (
        FactSection(section.title, tuple(fact for fact in section.facts if _has(fact, section.title, guides, words)))
        for section in sheet.sections
    )
    return tuple(section for section in found if section.facts)


def _has(fact: Fact, section: str, guides: Mapping[str, str], words: Sequence[str]) -> bool:
    seen = f"{fact.id} {fact.says} {section} {KINDS[fact.kind]} {guides[fact.source]}".casefold()
    return all(word in seen for word in words)
