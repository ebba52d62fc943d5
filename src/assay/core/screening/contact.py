"""How to reach the person, as the document says it. Nothing here is ever given to the scoring."""

import re
from collections.abc import Sequence

from assay.core.screening.lines import Line
from assay.core.screening.result import Contact
from assay.core.screening.rules import LayoutRules, SectionKind
from assay.core.screening.sections import Section

_EMAIL = re.compile(r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d ().\-–]{6,18}\d(?![\w/])")
_LINK = re.compile(
    r"(?<![\w.-])(?:https?://[^\s,;|()<>]+|(?:www\.)?(?:linkedin\.com|github\.com|gitlab\.com|kaggle\.com|medium\.com"
    r"|huggingface\.co|scholar\.google\.[a-z.]+|[a-z0-9-]{1,39}\.github\.io)/?[^\s,;|()<>]*)",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[^\W\d_][^\d_@|:/\\,;]{1,60}$")
_LABEL = re.compile(
    r"^(?:name|full name|candidate|curriculum vitae|cv|r[ée]sum[ée])\s*(?:[:\-–]|\bof\b)\s*", re.IGNORECASE
)
_PLACE = re.compile(
    r"^(?:(?:location|address|based in|city)\s*[:\-]?\s*)?([^\W\d_][\w .'’-]{1,30},\s*[^\W\d_][\w .'’-]{1,30})$",
    re.IGNORECASE,
)
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_PIECES = re.compile(r"\s*[|•·;]\s*|\s{3,}|\t+")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_TOP_LINES = 12
_MOST_LINES, _MOST_LINE_LETTERS = 600, 300
_NOT_A_NAME = re.compile(
    r"\b(curriculum|vitae|r[ée]sum[ée]|cv|profile|page|confidential|contact|phone|email)\b", re.IGNORECASE
)


def read_contact(*, lines: Sequence[Line], sections: Sequence[Section], layout: LayoutRules) -> Contact:
    """Return name, e-mail address, telephone, place and links; empty where the document says nothing."""
    whole = "\n".join(line.text[:_MOST_LINE_LETTERS] for line in lines[:_MOST_LINES])
    header = [line for section in sections if section.kind is SectionKind.HEADER for line in section.lines]
    top = (header or list(lines))[:_TOP_LINES]
    email = _EMAIL.search(whole)
    links = dict.fromkeys(match.group().rstrip(".") for match in _LINK.finditer(whole))
    return Contact(
        name=_name(top, layout),
        email=email.group() if email else "",
        phone=_phone(top, lines),
        location=_location(top),
        links=tuple(links)[:10],
    )


def _name(top: Sequence[Line], layout: LayoutRules) -> str:
    for line in top:
        for piece in _PIECES.split(_LABEL.sub("", _HEADING_MARK.sub("", line.text[:_MOST_LINE_LETTERS]))):
            words = piece.split()
            if not 1 < len(words) <= 6 or not _NAME.match(piece):
                continue
            if _NOT_A_NAME.search(piece) or layout.title_words.search(piece):
                continue
            if all(word[0].isupper() or word[0] in "'’(" or len(word) <= 3 for word in words):
                return piece.strip()
    return ""


def _phone(top: Sequence[Line], lines: Sequence[Line]) -> str:
    for line in (*top, *lines[:_MOST_LINES]):
        for match in _PHONE.finditer(line.text[:_MOST_LINE_LETTERS]):
            digits = sum(char.isdigit() for char in match.group())
            is_years = re.fullmatch(r"(?:19|20)\d\d\D+(?:19|20)\d\d", match.group()) is not None
            if _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not is_years:
                return match.group().strip()
    return ""


def _location(top: Sequence[Line]) -> str:
    for line in top[1:]:
        for piece in _PIECES.split(line.text[:_MOST_LINE_LETTERS]):
            match = _PLACE.match(piece.strip())
            if match is not None:
                return match.group(1)
    return ""
