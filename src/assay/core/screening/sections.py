"""Divide a résumé into its parts by its headings, so that only work and projects can carry evidence."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.screening.dates import find_period
from assay.core.screening.folding import fold
from assay.core.screening.lines import Line
from assay.core.screening.rules import LayoutRules, SectionKind

_DECORATION = re.compile(r"^[\W_\d]+|[\W_]+$")
_SPACED = re.compile(r"^(?:\w ){3,}\w$")
_JOINERS = re.compile(r"\s*(?:&|\+|,|\band\b)\s*")
_LABEL = re.compile(r"^([A-Za-z][A-Za-z &/-]{2,40}):\s*\S")
_TWO_LANGUAGES = re.compile(r"\s+[/|]\s+")
_MOST_WORDS = 6
_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the résumé with its lines, the heading left out."""

    kind: SectionKind
    lines: tuple[Line, ...]


def split_sections(*, lines: Sequence[Line], layout: LayoutRules) -> tuple[Section, ...]:
    """Return the parts in the order of the document.

    What stands before the first heading is the header. A résumé without any work or project heading is read
    as work from its first dated line on, so that a plain letter-like résumé is not lost.
    """
    parts: list[tuple[SectionKind, list[Line]]] = [(SectionKind.HEADER, [])]
    for line in lines:
        if layout.noise.match(line.text):
            continue
        kind = heading_kind(text=line.text, layout=layout)
        if kind is not None:
            parts.append((kind, []))
        elif _labelled_kind(line.text, layout) is SectionKind.SKILLS:
            parts.insert(len(parts) - 1, (SectionKind.SKILLS, [line]))
        else:
            parts[-1][1].append(line)
    sections = tuple(Section(kind=kind, lines=tuple(held)) for kind, held in parts if held)
    if any(section.kind in (SectionKind.WORK, SectionKind.PROJECTS) for section in sections):
        return sections
    return _without_headings(sections)


def heading_kind(*, text: str, layout: LayoutRules) -> SectionKind | None:
    """Return which part a line opens, or ``None`` when it is not a heading."""
    if len(text) > _MOST_LETTERS:
        return None
    if _TWO_LANGUAGES.search(text):
        kinds = [heading_kind(text=part, layout=layout) for part in _TWO_LANGUAGES.split(text)]
        return next((kind for kind in kinds if kind is not None), None)
    plain = text.replace(" ", "") if _SPACED.match(text) else text
    folded = fold(plain_letters(_DECORATION.sub("", plain)))
    if not folded or len(folded.split()) > _MOST_WORDS:
        return None
    whole = layout.headings.get(folded) or layout.headings.get(folded.replace(" ", ""))
    if whole is not None:
        return whole
    pieces = [piece for piece in _JOINERS.split(folded) if piece]
    if len(pieces) < 2:
        return None
    kinds = [layout.headings.get(piece) or layout.heading_words.get(piece) for piece in pieces]
    return kinds[0] if all(kinds) else None


def plain_letters(text: str) -> str:
    """Return ``text`` without accents, as headings are often typed."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _labelled_kind(text: str, layout: LayoutRules) -> SectionKind | None:
    """Return the part that a line such as ``Tech stack: Python, Docker`` names for itself."""
    match = _LABEL.match(text)
    if match is None:
        return None
    folded = fold(match.group(1))
    return layout.headings.get(folded)


def _without_headings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    result: list[Section] = []
    for section in sections:
        if section.kind not in (SectionKind.HEADER, SectionKind.SUMMARY):
            result.append(section)
            continue
        first = next((at for at, line in enumerate(section.lines) if find_period(line.text)), None)
        if first is None:
            result.append(section)
            continue
        first = max(0, first - 1)
        if first:
            result.append(Section(kind=section.kind, lines=section.lines[:first]))
        result.append(Section(kind=SectionKind.WORK, lines=section.lines[first:]))
    return tuple(result)
