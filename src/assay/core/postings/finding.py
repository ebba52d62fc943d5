"""What a check finds: where, why it matters, what to do, and what says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.core.base.source import Source
from assay.core.postings.advert import Advert, SectionKey, sections_of, with_section


class Severity(StrEnum):
    """How much a finding weighs: a law or a blank must be seen to, the field's advice should, taste may be."""

    MUST = "must"
    SHOULD = "should"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to change. ``quote`` is ``text[start:end]`` of the section; both 0 where something is missing.

    With a ``replacement`` one click applies ``text[:start] + replacement + text[end:]``; ``None`` means that a
    person has to write. ``fix_label`` says what to do either way.
    """

    rule_id: str
    severity: Severity
    section: SectionKey
    start: int
    end: int
    quote: str
    why: str
    fix_label: str
    replacement: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Measure:
    """A number about the advert, with what it means; ``detail`` counts what went into it."""

    id: str
    label: str
    value: float
    unit: str
    note: str
    source: Source
    detail: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassedRule:
    """A rule that was checked and found nothing."""

    rule_id: str
    label: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything a check says. Findings come worst first, then in reading order.

    ``notes`` say in sentences what was not or could not be checked; they are never findings.
    """

    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    passed: tuple[PassedRule, ...]
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)


class StaleFinding(ValueError):
    """Raised when a fix no longer fits: the text has changed since the check."""


def apply_fix(*, advert: Advert, finding: Finding) -> Advert:
    """Return the advert with the finding's replacement in place.

    Raises ``StaleFinding`` when there is no replacement or the quoted words no longer stand there.
    """
    if finding.replacement is None:
        raise StaleFinding("This has to be written by a person; there is nothing to apply.")
    for section in sections_of(advert):
        if section.key is finding.section and section.text[finding.start : finding.end] == finding.quote:
            text = section.text[: finding.start] + finding.replacement + section.text[finding.end :]
            return with_section(advert=advert, key=section.key, text=text)
    raise StaleFinding("The text has changed since it was checked. Check it again.")
