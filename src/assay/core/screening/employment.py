"""The positions a résumé names: title, employer, months. What is not written stays unknown and is never guessed."""

import re
from collections.abc import Sequence

from assay.core.documents.document import Document
from assay.core.screening.dates import Period, find_period
from assay.core.screening.lines import Line
from assay.core.screening.result import Employment, Span
from assay.core.screening.rules import LayoutRules, SectionKind
from assay.core.screening.statements import Entry

_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_SPLIT = re.compile(r"\s+[–—|·•@-]\s+|\s*\|\s*|\t+|\s{2,}|,\s+|\s+at\s+")
_LABEL = re.compile(
    r"\b(?:company|employer|organi[sz]ation|client|position|role|designation|job title|title|duration|period|dates?"
    r"|project)\s*(?:name)?\s*(?:#?\d+)?\s*[:\-–]\s*",
    re.IGNORECASE,
)
_EDGES = " \t,;|–—-·•()[]"


def read_employment(*, entries: Sequence[Entry], document: Document, layout: LayoutRules) -> tuple[Employment, ...]:
    """Return the positions of the work section in document order."""
    return tuple(
        _position(entry, document, layout) for entry in entries if entry.section is SectionKind.WORK and entry.lines
    )


def _position(entry: Entry, document: Document, layout: LayoutRules) -> Employment:
    pieces = [piece for line in entry.lines for piece in _pieces(line)]
    title = next((piece for piece in pieces if layout.title_words.search(piece)), "")
    others = [piece for piece in pieces if piece != title]
    period = entry.period
    start, end = entry.lines[0].start, entry.lines[-1].end
    return Employment(
        title=title,
        employer=others[0] if others else "",
        started=period.started if period else None,
        ended=period.ended if period else None,
        is_current=period.is_current if period else False,
        span=Span(quote=document.text[start:end], page=document.page_at(offset=start), start=start, end=end),
    )


def _pieces(line: Line) -> list[str]:
    text = _LABEL.sub("", line.text)
    period: Period | None = find_period(text)
    if period is not None:
        text = f"{text[: period.start]}  {text[period.end :]}"
    text = _BRACKETS.sub(" ", text)
    return [_closed(piece.strip(_EDGES)) for piece in _SPLIT.split(text.strip(_EDGES)) if piece.strip(_EDGES)]


def _closed(piece: str) -> str:
    """Give back a bracket that was cut off at the edge."""
    return f"{piece})" if piece.count("(") > piece.count(")") else piece
