"""Gender-coded wording, counted by the published stems in both directions: only a clear balance is a finding."""

import re
from collections import Counter

from assay.core.postings.finding import Finding, Measure
from assay.core.postings.passages import Passage, sentence_around
from assay.core.postings.reading import Reading, found_at
from assay.core.postings.wording import fitted

_Hit = tuple[Passage, int, int]


def check_balance(reading: Reading) -> tuple[tuple[Finding, ...], tuple[Measure, ...]]:
    """Return findings where masculine words clearly outnumber feminine ones, and both counts in any case."""
    gendered = reading.rules.gendered
    masculine = _hits(reading, gendered.masculine)
    feminine = _hits(reading, gendered.feminine)
    difference = len(masculine) - len(feminine)
    measures = (
        _measure(reading, "masculine-words", "Words coded masculine", masculine),
        _measure(reading, "feminine-words", "Words coded feminine", feminine),
    )
    if len(masculine) < gendered.least or difference < gendered.margin:
        return (), measures
    findings = []
    for passage, start, end in _first_of_each(masculine):
        softer = gendered.softer.get(passage.text[start:end].lower())
        if softer is None:
            findings.append(found_at(rule=gendered.rule, passage=passage, start=start, end=end))
            continue
        low, high, words = fitted(text=passage.text, start=start, end=end, words=softer)
        findings.append(found_at(rule=gendered.rule, passage=passage, start=low, end=high, replacement=words))
    return tuple(findings), measures


def _hits(reading: Reading, pattern: re.Pattern[str]) -> list[_Hit]:
    hits = []
    for passage in reading.passages:
        technical = [found.span() for found in reading.rules.gendered.technical.finditer(passage.text)]
        for found in pattern.finditer(passage.text):
            if any(low <= found.start() < high for low, high in technical):
                continue
            if not reading.rules.exempt_sentence.search(sentence_around(text=passage.text, at=found.start())):
                hits.append((passage, *found.span()))
    return hits


def _first_of_each(hits: list[_Hit]) -> list[_Hit]:
    seen: dict[str, _Hit] = {}
    for passage, start, end in hits:
        seen.setdefault(passage.text[start:end].lower(), (passage, start, end))
    return list(seen.values())


def _measure(reading: Reading, name: str, label: str, hits: list[_Hit]) -> Measure:
    counts = Counter(passage.text[start:end].lower() for passage, start, end in hits)
    return Measure(
        id=name,
        label=label,
        value=float(len(hits)),
        unit="words",
        note="Words that mean something technical here, such as decision tree, are not counted.",
        source=reading.rules.gendered.rule.source,
        detail=dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
