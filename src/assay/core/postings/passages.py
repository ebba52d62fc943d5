"""What is checked: the parts of an advert, or of any pasted text, each with its place and what it is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assay.core.postings.advert import Advert, SectionKey, sections_of

_HIDDEN_START = re.compile(r"<(script|style)\b", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--.{0,2000}?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BULLET = re.compile(r"[ \t]{0,40}(?:[-*•·●▪◦‣–—+]|\d{1,2}[.)]|[a-z]\))[ \t]{1,20}")
_DRESSING = " \t#*_:–—-•✓🔹📍💻🎓🚀📝?!.…"
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 9


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section: ``text`` begins at ``start`` of it; ``topic`` is the part of an advert that it is.

    In a pasted text every passage lies in the section ``text`` and its topic follows from the heading above it.
    """

    section: SectionKey
    topic: SectionKey
    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list without its bullet: where it begins in the passage, and its text."""

    start: int
    text: str


def passages_of(advert: Advert) -> tuple[Passage, ...]:
    """Return the written sections that hold anything."""
    return tuple(
        Passage(section=part.key, topic=part.key, text=part.text) for part in sections_of(advert) if part.text.strip()
    )


def split_text(*, text: str, headings: Mapping[SectionKey, re.Pattern[str]]) -> tuple[Passage, ...]:
    """Cut a text at its headings; what stands before the first one has no topic (``text``)."""
    passages: list[Passage] = []
    topic, begin, at = SectionKey.TEXT, 0, 0
    for line in text.splitlines(keepends=True):
        found = _heading(line, headings)
        if found is not None:
            passages.append(Passage(SectionKey.TEXT, topic, text[begin:at], begin))
            topic, begin = found[0], at + found[1]
        at += len(line)
    passages.append(Passage(SectionKey.TEXT, topic, text[begin:], begin))
    return tuple(passage for passage in passages if passage.text.strip())


def masked(text: str) -> str:
    """Return text of the same length with tags, codes, scripts and invisible characters as blanks."""
    text = _without_scripts(text)
    for pattern in (_TAG, _ENTITY):
        text = pattern.sub(_blanks, text)
    return _INVISIBLE.sub(" ", text)


def has_script(text: str) -> bool:
    """Whether a text holds a script or style element."""
    return _HIDDEN_START.search(text) is not None


def find_markup(text: str) -> tuple[int, int] | None:
    """Return where the first tag or code stands, if there is one."""
    found = _TAG.search(text) or _ENTITY.search(text)
    return found.span() if found else None


def items_of(passage: Passage) -> tuple[Item, ...]:
    """Return the lines of a list: those with a bullet where any have one, else all lines that hold something.

    Prose of a single line is cut at its semicolons.
    """
    lines = list(_lines(passage.text))
    bulleted = [
        Item(start + found.end(), line[found.end() :].rstrip())
        for start, line in lines
        if (found := _BULLET.match(line))
    ]
    if bulleted:
        return tuple(item for item in bulleted if item.text)
    if len(lines) == 1 and passage.section is SectionKey.TEXT:
        return tuple(_parts(*lines[0]))
    return tuple(Item(start + len(line) - len(line.lstrip()), line.strip()) for start, line in lines)


def line_around(*, text: str, at: int) -> tuple[int, int]:
    """Return the start and end of the line that holds a character."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def sentence_around(*, text: str, at: int) -> str:
    """Return the sentence that holds a character: up to a stop followed by a blank, or the line's ends."""
    low, high = line_around(text=text, at=at)
    line, inside = text[low:high], at - low
    before = [found.end() for found in _STOP.finditer(line, max(0, inside - 600), inside)]
    after = _STOP.search(line, inside, min(len(line), inside + 600))
    return line[before[-1] if before else max(0, inside - 600) : after.start() if after else inside + 600]


_STOP = re.compile(r"[.!?](?=\s|$)")


def _heading(line: str, headings: Mapping[SectionKey, re.Pattern[str]]) -> tuple[SectionKey, int] | None:
    """Return the topic of a heading line and where what it heads begins: after the line, or after its colon."""
    if len(line) > _LONGEST_HEADING * 4 or not line.strip():
        return None
    head, colon, rest = line.partition(":")
    has_text = bool(colon and rest.strip(_DRESSING + "\r\n"))
    bare = " ".join((head if colon else line).strip(_DRESSING + "\r\n").split()).replace("’", "'")
    if not bare or len(bare) > _LONGEST_HEADING or len(bare.split()) > _MOST_HEADING_WORDS:
        return None
    if _BULLET.match(line) and has_text:
        return None
    for topic, pattern in headings.items():
        if pattern.fullmatch(bare):
            return topic, len(head) + 1 if has_text else len(line)
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if any(map(str.isalnum, line)):
            yield at, line.rstrip("\r\n")
        at += len(line)


def _parts(start: int, line: str) -> Iterator[Item]:
    at = start
    for part in line.split(";"):
        if part.strip():
            yield Item(at + len(part) - len(part.lstrip()), part.strip())
        at += len(part) + 1


def _without_scripts(text: str) -> str:
    """Blank every script and style up to its end; one without an end is left to be read as text."""
    pieces: list[str] = []
    at = 0
    while (found := _HIDDEN_START.search(text, at)) is not None:
        end = _HIDDEN_END.search(text, found.end())
        if end is None:
            break
        pieces += [text[at : found.start()], _blanked(text[found.start() : end.start()])]
        at = end.start()
    return "".join([*pieces, text[at:]])


def _blanks(found: re.Match[str]) -> str:
    return _blanked(found[0])


def _blanked(text: str) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in text)
