"""Wording: phrases that say nothing, shut people out or break a law, with other words where a click can put them."""

import re
from collections.abc import Iterator
from itertools import islice

from assay.core.postings.finding import Finding
from assay.core.postings.passages import Passage, line_around, sentence_around
from assay.core.postings.reading import Reading, found_at
from assay.core.postings.rules import Wording

_MOST_EACH = 200
_ARTICLE = re.compile(r"\b(an?)\s$", re.IGNORECASE)
_JOB = re.compile(r"\s(?:\w+\s){0,3}(?:engineer|developer|scientist|programmer|analyst|architect)s?\b", re.IGNORECASE)
_NEXT = re.compile(r"\s+([A-Za-z]+)")
_SPOKEN_LIKE_A_VOWEL = frozenset("AEFHILMNORSX")


def check_wording(reading: Reading) -> tuple[Finding, ...]:
    """Return every phrase that a wording rule finds, sentences that promise equal treatment left out."""
    return tuple(
        finding
        for passage in reading.passages
        for wording in reading.rules.wordings
        if not wording.topics or passage.topic in wording.topics
        for finding in islice(_find(passage, wording, reading.rules.exempt_sentence), _MOST_EACH)
    )


def _find(passage: Passage, wording: Wording, exempt: re.Pattern[str]) -> Iterator[Finding]:
    for found in wording.pattern.finditer(passage.text):
        if exempt.search(sentence_around(text=passage.text, at=found.start())):
            continue
        low, high = line_around(text=passage.text, at=found.start())
        if wording.unless is not None and wording.unless.search(passage.text, low, high):
            continue
        words = wording.replacements[(found.lastindex or 1) - 1]
        start, end, replacement = found.start(), found.end(), None
        if words is not None:
            start, end, replacement = fitted(text=passage.text, start=start, end=end, words=words)
        yield found_at(rule=wording.rule, passage=passage, start=start, end=end, replacement=replacement)


def fitted(*, text: str, start: int, end: int, words: str) -> tuple[int, int, str]:
    """Return the stretch to replace and the words for it, so that number, capital and article still fit.

    ``engineer(s)`` becomes the plural of a plural, and nothing where the job is named right after.
    """
    quote = text[start:end]
    if words.endswith("(s)"):
        job = words.removesuffix("(s)")
        words = "" if _JOB.match(text, end) else job + ("s" if quote.lower().endswith("s") else "")
    article = _ARTICLE.search(text, max(0, start - 4), start)
    if not words:
        while end < len(text) and text[end] in " \t":
            end += 1
        following = _NEXT.match(" " + text[end : end + 40])
        if article and following:
            return article.start(), end, _articled(article[1], following[1]) + " "
        return start, end, ""
    if quote[:1].isupper() and not quote.isupper():
        words = words[0].upper() + words[1:]
    if article and not words.endswith("s"):
        return article.start(), end, f"{_articled(article[1], words)} {words}"
    return start, end, words


def _articled(article: str, word: str) -> str:
    spoken = word[0] in _SPOKEN_LIKE_A_VOWEL if word[:2].isupper() else word[0].lower() in "aeiou"
    return article[0] + ("n" if spoken else "")
