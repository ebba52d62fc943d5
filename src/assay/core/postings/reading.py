"""One reading of an advert that every check shares: its passages, its words, and what kind of text it is."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assay.core.base.source import Source
from assay.core.postings.advert import Advert, SectionKey
from assay.core.postings.finding import Finding, Severity
from assay.core.postings.passages import Passage
from assay.core.postings.rules import PostingRules, Rule

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Reading:
    """What is checked. ``advert`` is there for a built one only; ``passages`` hold masked text of equal length."""

    passages: tuple[Passage, ...]
    rules: PostingRules
    as_of: date
    advert: Advert | None = None

    @cached_property
    def whole(self) -> str:
        """All passages as one text, for what may be said anywhere."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in small letters."""
        return tuple(found[0].lower() for found in _WORD.finditer(self.whole))

    @cached_property
    def is_remote(self) -> bool:
        """Whether the work may be done remotely, by the terms or by what the text says."""
        if self.advert is not None and self.advert.terms.work_place is not None:
            return self.advert.terms.work_place.value == "remote"
        return self.rules.pay_law.remote.search(self.whole) is not None

    def about(self, *topics: SectionKey) -> tuple[Passage, ...]:
        """Return the passages about any of these parts."""
        return tuple(passage for passage in self.passages if passage.topic in topics)


def missing(*, rule: Rule, section: SectionKey) -> Finding:
    """Return a finding about something that is not there."""
    return Finding(
        rule_id=rule.id,
        severity=rule.severity,
        section=section,
        start=0,
        end=0,
        quote="",
        why=rule.why,
        fix_label=rule.fix_label,
        replacement=None,
        source=rule.source,
    )


def found_at(*, rule: Rule, passage: Passage, start: int, end: int, replacement: str | None = None) -> Finding:
    """Return a finding about a stretch of a passage."""
    return replace(
        missing(rule=rule, section=passage.section),
        start=passage.start + start,
        end=passage.start + end,
        quote=passage.text[start:end],
        replacement=replacement,
    )


def filled(*, rule: Rule, severity: Severity | None = None, source: Source | None = None, **values: str) -> Rule:
    """Return a rule with the ``{names}`` in its sentences replaced."""
    why, fix = rule.why, rule.fix_label
    for name, value in values.items():
        why, fix = why.replace("{" + name + "}", value), fix.replace("{" + name + "}", value)
    return replace(rule, why=why, fix_label=fix, severity=severity or rule.severity, source=source or rule.source)
