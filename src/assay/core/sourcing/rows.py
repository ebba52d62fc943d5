"""One row of a table of applicants: what it says about a person, or which cells to change and how."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assay.core.screening.result import Contact
from assay.core.sourcing.addresses import read_email, read_links
from assay.core.sourcing.cells import clean_cell, keep_cell
from assay.core.sourcing.columns import ApplicantField, ColumnMapping

T = TypeVar("T")

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_FORMULA = re.compile(r"^(?:[=@]|[+-](?![\d\s(]))")


@dataclass(frozen=True, slots=True)
class RowLimits:
    """How many characters fit in a cell and in each field, and how many links one person may have.

    ``blanks`` are the words that people write for nothing (``n/a``, ``-``), in lower case.
    """

    cell: int
    name: int
    email: int
    phone: int
    location: int
    source: int
    links: int
    blanks: frozenset[str]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken in: the heading of the cell (empty for the whole row) and what to do about it."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """What a row says. ``notes`` are sentences about what was left out; ``submitted`` is every cell as it came."""

    contact: Contact
    resume_file: str
    applied_on: date | None
    source: str
    notes: tuple[str, ...]
    submitted: tuple[tuple[str, str], ...]


def read_row(
    *, cells: Sequence[str], headings: Sequence[str], mapping: ColumnMapping, limits: RowLimits, today: date
) -> ApplicantRow | tuple[RowProblem, ...]:
    """Read one row, or return everything that is wrong with it at once (never an empty tuple)."""
    broken = _broken_shape(cells, headings, limits)
    if broken:
        return broken
    reader = _RowReader(cells=cells, headings=headings, mapping=mapping, limits=limits)
    contact, notes = reader.contact()
    applied_on = reader.one(ApplicantField.APPLIED_ON, lambda text: _read_day(text, today=today))
    resume_file = reader.text(ApplicantField.RESUME_FILE, limits.cell)
    source = reader.text(ApplicantField.SOURCE, limits.source)
    if not reader.problems and not (contact.name or contact.email or resume_file):
        reader.problems.append(RowProblem("", "No name, e-mail or résumé file: there is nobody to add. Fill one in."))
    if reader.problems:
        return tuple(reader.problems)
    return ApplicantRow(
        contact=contact,
        resume_file=resume_file,
        applied_on=applied_on,
        source=source,
        notes=notes,
        submitted=_submitted(cells, headings),
    )


class _RowReader:
    """Reads the mapped cells of one row and collects what is wrong with them."""

    def __init__(
        self, *, cells: Sequence[str], headings: Sequence[str], mapping: ColumnMapping, limits: RowLimits
    ) -> None:
        self._cells, self._headings, self._mapping, self._limits = cells, headings, mapping, limits
        self.problems: list[RowProblem] = []

    def contact(self) -> tuple[Contact, tuple[str, ...]]:
        limits = self._limits
        first = self.text(ApplicantField.FIRST_NAME, limits.name)
        last = self.text(ApplicantField.LAST_NAME, limits.name)
        name = self.text(ApplicantField.NAME, limits.name) or f"{first} {last}".strip()[: limits.name]
        email = self.one(ApplicantField.EMAIL, lambda text: read_email(text=text, most=limits.email)) or ""
        phone = self.text(ApplicantField.PHONE, limits.phone)
        location = self.text(ApplicantField.LOCATION, limits.location)
        cells = [self._cell(index) for index in self._mapping.columns_of(field=ApplicantField.LINK)]
        links, notes = read_links(texts=cells, most=limits.links)
        return Contact(name=name, email=email, phone=phone, location=location, links=links), notes

    def text(self, field: ApplicantField, most: int) -> str:
        return self.one(field, lambda text: _read_text(text, most)) or ""

    def one(self, field: ApplicantField, read: Callable[[str], T]) -> T | None:
        for index in self._mapping.columns_of(field=field):
            text = self._cell(index)
            if not text:
                continue
            try:
                return read(text)
            except ValueError as error:
                self.problems.append(RowProblem(self._headings[index], str(error)))
        return None

    def _cell(self, index: int) -> str:
        text = clean_cell(text=self._cells[index]) if index < len(self._cells) else ""
        return "" if text.casefold() in self._limits.blanks else text


def _broken_shape(cells: Sequence[str], headings: Sequence[str], limits: RowLimits) -> tuple[RowProblem, ...]:
    if not any(cell.strip() for cell in cells):
        return (RowProblem("", "This row is empty. Delete it or fill it in."),)
    if any(cell.strip() for cell in cells[len(headings) :]):
        return (
            RowProblem(
                "",
                f"This row has {len(cells)} cells and the table has {len(headings)} columns. "
                "Put quotation marks around cells that hold the separator.",
            ),
        )
    return tuple(
        RowProblem(heading, f"This cell holds {len(cell):,} characters; at most {limits.cell:,} fit. Shorten it.")
        for heading, cell in zip(headings, cells, strict=False)
        if len(cell) > limits.cell
    )


def _read_text(text: str, most: int) -> str:
    if _FORMULA.match(text):
        raise ValueError("This cell holds a formula. Paste its value instead.")
    if len(text) > most:
        raise ValueError(f"{len(text):,} characters are too long here; at most {most} fit. Shorten it.")
    return text


def _read_day(text: str, *, today: date) -> date:
    iso, dotted = _ISO.match(text), _DOTTED.match(text)
    try:
        if iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif dotted:
            day = date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        else:
            raise ValueError
    except ValueError:
        raise ValueError("This is not a date that can be read without guessing. Write it as 2026-03-14.") from None
    if day > today:
        raise ValueError("This date lies in the future. Correct it or leave the cell empty.")
    return day


def _submitted(cells: Sequence[str], headings: Sequence[str]) -> tuple[tuple[str, str], ...]:
    names = [keep_cell(text=heading) or f"Column {index}" for index, heading in enumerate(headings, 1)]
    return tuple((name, keep_cell(text=cell)) for name, cell in zip(names, cells, strict=False) if cell.strip())
