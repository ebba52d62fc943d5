"""What an advert should say and does not: problem, challenge, stage, place, growth, outcomes, steps."""

import re
from collections.abc import Iterator

from assay.core.postings.advert import Advert, SectionKey
from assay.core.postings.blanks import find_blanks
from assay.core.postings.finding import Finding
from assay.core.postings.passages import Passage
from assay.core.postings.reading import Reading, filled, found_at, missing
from assay.core.postings.rules import Presence

_FIRST_WORDS = re.compile(r"\s*(?:\S+\s+){0,40}\S*")
_LEAST_WORDS = 4


def check_presence(reading: Reading) -> tuple[Finding, ...]:
    """Return a finding for everything that should be said and is not, and one for each blank."""
    findings = [finding for presence in reading.rules.presences for finding in _check(reading, presence)]
    return (*findings, *_problem_first(reading), *_blanks(reading))


def _check(reading: Reading, presence: Presence) -> Iterator[Finding]:
    if presence.only_if_remote and not reading.is_remote:
        return
    section = presence.section if reading.advert is not None else SectionKey.TEXT
    if reading.advert is None:
        if not _has(presence, reading.whole) and not reading.about(presence.section):
            yield missing(rule=presence.rule, section=section)
    elif not _is_filled(reading.advert, presence, reading):
        yield missing(rule=presence.rule, section=section)


def _has(presence: Presence, text: str) -> bool:
    """Whether enough different groups of the pattern are found."""
    seen: set[int] = set()
    for found in presence.pattern.finditer(text):
        seen.add(found.lastindex or 0)
        if len(seen) >= presence.least:
            return True
    return False


def _is_filled(advert: Advert, presence: Presence, reading: Reading) -> bool:
    if presence.section is SectionKey.TERMS:
        return advert.terms.apply_by is not None
    if presence.section is SectionKey.HOW_TO_APPLY and advert.terms.apply_url:
        return True
    text = "\n".join(passage.text for passage in reading.about(presence.section))
    if presence.only_if_remote:
        return bool(advert.terms.applicants_from) and _has(presence, text)
    if find_blanks(text):
        return True
    if presence.least > 1:
        return _has(presence, text)
    return len(text.split()) >= _LEAST_WORDS or _has(presence, text)


def _problem_first(reading: Reading) -> Iterator[Finding]:
    """Look at the first words after the title: tools and demands there are the wrong way round."""
    passages = [passage for passage in reading.passages if passage.section is not SectionKey.TITLE]
    opening = _opening(passages[0]) if passages else None
    if opening is None:
        return
    passage, start, end = opening
    is_demand = passage.topic is SectionKey.MUST_HAVES
    found = reading.rules.opens_with_tools.search(passage.text, start, end)
    tools = len(list(reading.rules.demands.tool_pattern.finditer(passage.text, start, end)))
    if is_demand or found or tools >= 3:
        first_line = passage.text.find("\n", start, end)
        stop = end if first_line < 0 else first_line
        yield found_at(rule=reading.rules.problem_first, passage=passage, start=start, end=max(stop, start + 1))


def _opening(passage: Passage) -> tuple[Passage, int, int] | None:
    """Return the first forty words, without a first line that is only a title."""
    start = len(passage.text) - len(passage.text.lstrip())
    line_end = passage.text.find("\n", start)
    if passage.section is SectionKey.TEXT and line_end > 0 and len(passage.text[start:line_end].split()) <= 10:
        rest = passage.text[line_end:]
        if rest.strip():
            start = line_end + len(rest) - len(rest.lstrip())
    found = _FIRST_WORDS.match(passage.text, start)
    if found is None or not found[0].strip():
        return None
    return passage, start, found.end()


def _blanks(reading: Reading) -> Iterator[Finding]:
    for passage in reading.passages:
        for start, end, question in find_blanks(passage.text):
            rule = filled(rule=reading.rules.blank_rule, question=question)
            yield found_at(rule=rule, passage=passage, start=start, end=end)
