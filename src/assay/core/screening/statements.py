"""Put wrapped lines together into what the candidate said: one statement per bullet, or per sentence of prose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.screening.dates import Period, find_period
from assay.core.screening.lines import Line
from assay.core.screening.rules import LayoutRules, SectionKind
from assay.core.screening.sections import Section

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)(?<!\bapprox\.)\s+(?=[A-Z\"'(])"
)
_ENDS = (".", "!", "?", ";", ":")
_LOWER_START = re.compile(r"^[a-z(\[%$€£₹0-9&+]")
_LONG_LINE_SHARE = 0.6
_LEAST_LONG_LINE = 45
_MOST_TITLE_LETTERS = 110
_PROSE_LETTERS = 220
_MOST_LETTERS = 1500


@dataclass(frozen=True, slots=True)
class Entry:
    """One position or project: the lines that name it, and its period when one is written."""

    section: SectionKind
    lines: tuple[Line, ...]
    period: Period | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the candidate said at ``[start, end)`` of the document; ``entry`` numbers its position."""

    start: int
    end: int
    section: SectionKind
    entry: int


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    lines: int
    last: Line
    has_mark: bool


class _Reader:
    """Walks the lines of one section and gathers its entries and statements."""

    def __init__(self, section: Section, layout: LayoutRules, text: str, first_entry: int) -> None:
        self.section = section
        self.layout = layout
        self.text = text
        self.entries: list[Entry] = []
        self.statements: list[Statement] = []
        self._first = first_entry
        self._heads: list[Line] = []
        self._open: _Open | None = None
        widest = max(len(line.text) for line in section.lines)
        self._long = max(_LEAST_LONG_LINE, _LONG_LINE_SHARE * widest)
        self._uses_marks = any(layout.bullet.match(line.text) for line in section.lines)

    def read(self) -> None:
        for line in self.section.lines:
            mark = self.layout.bullet.match(line.text)
            if mark is not None:
                self._begin(line, line.start + mark.end(), has_mark=True)
            elif self._continues(line):
                self._extend(line)
            elif self._is_head(line):
                self._close()
                self._heads.append(line)
            else:
                self._begin(line, line.start, has_mark=False)
        self._close()
        self._settle_entry()

    def _begin(self, line: Line, start: int, *, has_mark: bool) -> None:
        self._close()
        self._settle_entry()
        if start < line.end:
            self._open = _Open(start=start, end=line.end, lines=1, last=line, has_mark=has_mark)

    def _extend(self, line: Line) -> None:
        if self._open is not None:
            self._open.end = line.end
            self._open.lines += 1
            self._open.last = line

    def _continues(self, line: Line) -> bool:
        """Tell whether a line without a mark goes on with the statement before it."""
        last = self._open
        if last is None or line.after_gap or find_period(line.text) is not None:
            return False
        if _LOWER_START.match(line.text) and not last.last.text.endswith((".", "!", "?")):
            return True
        if line.text[0].islower():
            return True
        return len(last.last.text) >= self._long and not last.last.text.endswith(_ENDS)

    def _is_head(self, line: Line) -> bool:
        """Tell whether a line names a position or project and says nothing about the work."""
        if len(line.text) > _MOST_TITLE_LETTERS:
            return False
        if find_period(line.text) is not None:
            return True
        if line.text.endswith((".", ";")):
            return False
        words = len(line.text.split())
        if self.layout.title_words.search(line.text) and words <= 12:
            return True
        if self._uses_marks:
            return words <= 12
        return words <= 5

    def _close(self) -> None:
        if self._open is None:
            return
        opened, self._open = self._open, None
        entry = self._first + max(0, len(self.entries) - 1)
        for start, end in self._cut(opened):
            end = min(end, start + _MOST_LETTERS)
            self.statements.append(
                Statement(start=start, end=end, section=self.section.kind, entry=entry if self.entries else -1)
            )

    def _cut(self, opened: _Open) -> list[tuple[int, int]]:
        """Return one range, or one for each sentence when it is prose."""
        most = self.layout.most_statement_letters if opened.has_mark else _PROSE_LETTERS
        if opened.end - opened.start <= most:
            return [(opened.start, opened.end)]
        ranges = []
        start = opened.start
        piece = self.text[opened.start : opened.end]
        for match in _SENTENCE_END.finditer(piece):
            ranges.append((start, opened.start + match.start()))
            start = opened.start + match.end()
        ranges.append((start, opened.end))
        return ranges

    def _settle_entry(self) -> None:
        if not self._heads:
            return
        period = next((found for line in self._heads if (found := find_period(line.text))), None)
        if period is None and self.entries and not self._names_position():
            self._heads = []
            return
        self.entries.append(Entry(section=self.section.kind, lines=tuple(self._heads), period=period))
        self._heads = []

    def _names_position(self) -> bool:
        return any(self.layout.title_words.search(line.text) for line in self._heads)


def read_statements(
    *, sections: Sequence[Section], layout: LayoutRules, text: str
) -> tuple[tuple[Entry, ...], tuple[Statement, ...]]:
    """Return the positions and the statements of the parts that can hold evidence, in document order."""
    entries: list[Entry] = []
    statements: list[Statement] = []
    for section in sections:
        if section.kind in (SectionKind.HEADER, SectionKind.SKILLS, SectionKind.SUMMARY, SectionKind.OTHER):
            continue
        reader = _Reader(section, layout, text, len(entries))
        reader.read()
        entries.extend(reader.entries)
        statements.extend(reader.statements)
    return tuple(entries), tuple(statements)
