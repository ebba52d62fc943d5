"""An advert laid out for its editor: parts with their text, their mark and the findings beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.app.postings.checking import NumberedFinding, by_section, count_of, numbered
from assay.app.postings.fields import field_values
from assay.app.postings.writing import Draft, mark_of, part_text
from assay.core.postings.advert import SectionKey, sections_of
from assay.core.postings.finding import CheckResult, Measure, Severity

_FACTS = (
    (
        SectionKey.PAY,
        "Pay",
        "Base pay as it will be printed. A range people can rely on brings more of the right ones.",
    ),
    (SectionKey.PLACES, "Places", "Where the work is done, and from where it may be done."),
    (SectionKey.TERMS, "Terms", "What job sites and laws ask about, apart from the text."),
)
_LETTERS_A_ROW = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A written section as it is edited. ``rows`` is a first guess at its height; the page grows it."""

    key: str
    heading: str
    text: str
    mark: str
    prompt: str
    is_list: bool
    rows: int
    findings: tuple[NumberedFinding, ...]


@dataclass(frozen=True, slots=True)
class FactPart:
    """A typed part: its inputs by name, and the findings beside it."""

    key: str
    heading: str
    note: str
    mark: str
    values: Mapping[str, str]
    findings: tuple[NumberedFinding, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the editor shows of an advert and its check."""

    parts: tuple[Part, ...]
    facts: tuple[FactPart, ...]
    general: tuple[NumberedFinding, ...]
    musts: tuple[NumberedFinding, ...]
    must_places: tuple[tuple[str, str, int], ...]
    counts: Mapping[str, int]
    measures: tuple[Measure, ...]
    passed: int
    notes: tuple[str, ...]
    headings: Mapping[str, str]


def lay_out(draft: Draft, result: CheckResult) -> Desk:
    """Put a draft and its check onto the desk."""
    findings = numbered(result.findings)
    beside = by_section(findings)
    parts = tuple(
        Part(
            key=section.key.value,
            heading=section.heading,
            text=section.text,
            mark=mark_of(section.text),
            prompt=section.prompt,
            is_list=section.is_list,
            rows=_rows(section.text, section.key),
            findings=beside[section.key],
        )
        for section in sections_of(draft.advert)
    )
    facts = tuple(_fact_part(draft, key, heading, note, beside[key]) for key, heading, note in _FACTS)
    headings = {part.key: part.heading for part in parts}
    headings |= {part.key: part.heading for part in facts} | {SectionKey.TEXT.value: "The whole advert"}
    musts = tuple(one for one in findings if one.finding.severity is Severity.MUST)
    return Desk(
        parts=parts,
        facts=facts,
        general=beside[SectionKey.TEXT],
        musts=musts,
        must_places=_places(musts, headings),
        counts=count_of(result),
        measures=result.measures,
        passed=len(result.passed),
        notes=result.notes,
        headings=headings,
    )


def _places(musts: tuple[NumberedFinding, ...], headings: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    """Return the parts in which something must change, in the order of the desk, and how much in each."""
    counts: dict[str, int] = dict.fromkeys(headings, 0)
    for one in musts:
        counts[one.finding.section.value] += len(one.all)
    return tuple((key, headings[key], count) for key, count in counts.items() if count)


def _fact_part(
    draft: Draft, key: SectionKey, heading: str, note: str, findings: tuple[NumberedFinding, ...]
) -> FactPart:
    values = dict(field_values(draft.advert, draft.circumstances, key))
    return FactPart(key.value, heading, note, mark_of(part_text(draft, key)), values, findings)


def _rows(text: str, key: SectionKey) -> int:
    if key is SectionKey.TITLE:
        return 1
    wrapped = sum(1 + len(line) // _LETTERS_A_ROW for line in text.split("\n"))
    return min(max(wrapped, 2), 40)
