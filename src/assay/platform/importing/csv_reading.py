"""Tables of text as people really send them: any common encoding and separator, ragged, huge, or not tables at all.

Rows are streamed; a bad row is named and kept, and never stops the rest.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from assay.platform.importing.encodings import sniff_encoding

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS = 64 * 1024
_SAMPLE_RECORDS = 50
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?")
_OTHER_FILES = (
    (b"PK\x03\x04", "This is an Excel workbook or a ZIP archive. Save the sheet as CSV and send that."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save the sheet as CSV and send that."),
    (b"%PDF", "This is a PDF, not a table."),
)


class UnreadableTable(ValueError):
    """Raised when a file cannot be read as a table at all; the message is for people."""


@dataclass(frozen=True, slots=True)
class TableLimits:
    """What is too much: data rows in a file and columns in its heading."""

    rows: int = 200_000
    columns: int = 500


@dataclass(frozen=True, slots=True)
class TableRow:
    """A data row. ``number`` counts from 1, ``line`` is the line of the file it ends on.

    ``cells`` are exactly as many as the headings; ``problem`` is empty or says in a sentence what is wrong.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""


class CsvTable:
    """An opened table: ``headings`` (never empty, never twice the same), ``encoding``, ``delimiter`` and ``rows()``."""

    def __init__(self, *, file: BinaryIO, limits: TableLimits | None = None) -> None:
        """Look at a seekable binary file. Raises ``UnreadableTable`` when it is empty or no text table."""
        self._file = file
        self._limits = limits or TableLimits()
        self.encoding = _checked_encoding(file)
        text = self._text()
        sample = text.read(_SAMPLE_CHARACTERS)
        text.detach()
        self._has_excel_hint, self.delimiter = _sniff_delimiter(sample)
        self.headings = self._read_headings()

    def rows(self) -> Iterator[TableRow]:
        """Yield the data rows from the start of the file, skipping empty ones; may be called again.

        Raises ``UnreadableTable`` at the row that is one too many.
        """
        text = self._text()
        try:
            records = _records(text, self.delimiter, skip_first=self._has_excel_hint)
            next((record for record in records if not _is_blank(record.cells)), None)
            number = 0
            for record in records:
                if _is_blank(record.cells) and not record.problem:
                    continue
                number += 1
                if number > self._limits.rows:
                    raise UnreadableTable(f"More than {self._limits.rows:,} rows. Split the file and send the parts.")
                yield self._row(number, record)
        finally:
            text.detach()

    def _text(self) -> io.TextIOWrapper:
        self._file.seek(0)
        return io.TextIOWrapper(self._file, encoding=self.encoding, errors="replace", newline="")

    def _read_headings(self) -> tuple[str, ...]:
        text = self._text()
        try:
            records = _records(text, self.delimiter, skip_first=self._has_excel_hint)
            first = next((record for record in records if not _is_blank(record.cells)), None)
        finally:
            text.detach()
        if first is None or first.problem:
            raise UnreadableTable("There is no row of headings in this file.")
        if len(first.cells) > self._limits.columns:
            raise UnreadableTable(f"More than {self._limits.columns} columns. Is this the right separator?")
        return _normalise_headings(first.cells)

    def _row(self, number: int, record: "_Record") -> TableRow:
        wanted = len(self.headings)
        cells = record.cells
        problem = record.problem
        while len(cells) > wanted and not cells[-1].strip():
            cells = cells[:-1]
        if not problem and len(cells) != wanted:
            problem = f"This row has {len(cells)} cells where the headings are {wanted}."
        padded = (*cells[:wanted], *[""] * (wanted - len(cells)))
        return TableRow(number=number, line=record.line, cells=padded, problem=problem)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: tuple[str, ...]
    problem: str = ""


def _checked_encoding(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(8)
    if not start:
        raise UnreadableTable("This file is empty.")
    for mark, why in _OTHER_FILES:
        if start.startswith(mark):
            raise UnreadableTable(why)
    return sniff_encoding(file=file)


def _records(text: TextIO, delimiter: str, *, skip_first: bool) -> Iterator[_Record]:
    if skip_first:
        text.readline()
    offset = 1 if skip_first else 0
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problem = "A cell of this row is longer than 131,072 characters, or a quotation mark is never closed."
            yield _Record(reader.line_num + offset, (), problem)
            continue
        has_nul = any("\x00" in cell for cell in cells)
        kept = tuple(cell.replace("\x00", "") for cell in cells) if has_nul else tuple(cells)
        yield _Record(reader.line_num + offset, kept, "This row holds bytes that are not text." if has_nul else "")


def _is_blank(cells: tuple[str, ...]) -> bool:
    return not any(cell.strip() for cell in cells)


def _sniff_delimiter(sample: str) -> tuple[bool, str]:
    """Return whether Excel's ``sep=`` line comes first, and the separator: the one that cuts rows most evenly."""
    hint = _EXCEL_HINT.match(sample)
    if hint:
        return True, hint.group(1)
    return False, max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = []
    records = _records(io.StringIO(sample, newline=""), delimiter, skip_first=False)
    for record, _ in zip(records, range(_SAMPLE_RECORDS), strict=False):
        if not _is_blank(record.cells):
            widths.append(len(record.cells))
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (sum(width == widths[0] for width in widths) / len(widths), widths[0])


def _normalise_headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max(index for index, cell in enumerate(cells) if cell.strip())
    found: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(cells[: last + 1], start=1):
        visible = "".join(c for c in unicodedata.normalize("NFC", cell) if unicodedata.category(c) not in ("Cf", "Cc"))
        name = unique = " ".join(visible.split()) or f"Column {index}"
        again = 2
        while unique.casefold() in taken:
            unique, again = f"{name} ({again})", again + 1
        taken.add(unique.casefold())
        found.append(unique)
    return tuple(found)
