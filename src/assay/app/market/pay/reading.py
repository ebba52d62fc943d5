"""What people type and files they bring, read into values: a band, a place, a day, a table of own pay."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from assay.app.market.pay.catalogue import default_mapping, family_of, find_place, own_weights
from assay.app.market.pay.rates import conversion_to
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError, choose
from assay.core.sourcing.cells import clean_cell

MOST_LETTERS = 1_000_000
MOST_ROWS = 5_000
COLUMNS = ("kind", "family", "level", "country", "metro", "currency", "annual_base", "observed_on", "note")
_NEEDED = ("kind", "family", "level", "country", "currency", "annual_base", "observed_on")
_AMOUNT = re.compile(r"(\d[\d .,'’_\u202f\u00a0]*)\s*([kK])?")
_MOST_BASE = Decimal(1_000_000_000_000)
_MOST_NOTE = 300
_COLUMN_OF = {"on": "observed_on"}


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One own fact about pay as it is kept: ids checked, base pay a year in its own currency."""

    kind: str
    family: str
    level: str
    country: str
    metro: str
    currency: str
    annual_base: Decimal
    observed_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a line of a file: its number (the header is 1), the column and the message."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A file of own pay as read: the rows that are right, and what is wrong with the others."""

    records: tuple[OwnRecord, ...]
    problems: tuple[RowProblem, ...]


def read_band(text: str) -> Band | None:
    """Return a band from ``150000-190000``, ``150k to 190k`` or one figure; ``None`` for no text.

    Raises ``PayQuestionError`` when it cannot be read, is upside down or is not above 0.
    """
    if not text.strip():
        return None
    parts = [part for part in re.split(r"\s*(?:-|–|—|\bto\b|\.\.)\s*", text.strip()[:100]) if part]
    if not 1 <= len(parts) <= 2:
        raise PayQuestionError(field="band", message=_band_advice(text))
    ends = [read_amount(part, field="band", advice=_band_advice(text)) for part in parts]
    return Band(low=float(ends[0]), high=float(ends[-1]))


def read_amount(text: str, *, field: str, advice: str = "") -> Decimal:
    """Return money from ``150,000``, ``150 000``, ``150.000`` or ``150k``. Raises ``PayQuestionError``."""
    found = _AMOUNT.fullmatch(text.strip())
    wrong = PayQuestionError(field=field, message=advice or f"“{text.strip()[:40]}” is not an amount. Write 150000.")
    if found is None:
        raise wrong
    try:
        amount = Decimal(_plain_digits(found[1]))
    except InvalidOperation as error:
        raise wrong from error
    amount *= 1000 if found[2] else 1
    if not 0 < amount < _MOST_BASE:
        raise PayQuestionError(field=field, message="The amount must be above 0, in money a year.")
    return amount


def read_place(text: str) -> tuple[str, str]:
    """Return country and metropolitan area of ``US``, ``US/San Francisco`` or ``Germany``."""
    country, _, metro = text.partition("/")
    return country.strip(), metro.strip()


def read_day(text: str, *, field: str) -> date | None:
    """Return a day written YYYY-MM-DD; ``None`` for no text. Raises ``PayQuestionError``."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        message = f"“{text.strip()[:40]}” is not a day. Write it as 2026-03-31."
        raise PayQuestionError(field=field, message=message) from error


def read_own_table(text: str, *, today: date) -> OwnTable:
    """Return the rows of a CSV of own pay with a header; the columns are ``COLUMNS``, metro and note may be missing.

    Raises ``PayQuestionError`` when it is no such table, has none or too many rows.
    """
    if len(text) > MOST_LETTERS:
        raise PayQuestionError(field="file", message="The file is larger than a million characters. Split it.")
    lines = text.removeprefix("\ufeff").replace("\0", "").splitlines()
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=_delimiter(lines)))
    except csv.Error as error:
        raise PayQuestionError(field="file", message=f"This is not a CSV file ({error}).") from error
    header = [clean_cell(text=cell).lower().replace(" ", "_") for cell in rows[0]] if rows else []
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        message = f"The first line must name the columns; missing: {', '.join(missing)}."
        raise PayQuestionError(field="file", message=message)
    body = [(line, row) for line, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not 0 < len(body) <= MOST_ROWS:
        message = f"The file has {len(body):,} rows below the header; bring 1 to {MOST_ROWS:,}."
        raise PayQuestionError(field="file", message=message)
    return _records(body, header, today)


def read_own_record(cells: Mapping[str, str], *, today: date) -> OwnRecord:
    """Return one own fact from texts by column. Raises ``PayQuestionError`` naming the column that is wrong."""
    kinds = {one: one.replace("_", " ") for one in own_weights().kinds}
    place = find_place(country=cells.get("country", ""), metro=cells.get("metro", ""))
    observed_on = read_day(cells.get("observed_on", ""), field="observed_on")
    if observed_on is None:
        raise PayQuestionError(field="observed_on", message="Give the day it was offered or agreed, as 2026-03-31.")
    try:
        rate = conversion_to(currency=_needed(cells, "currency"), on=observed_on, today=today)
    except PayQuestionError as error:
        raise PayQuestionError(field=_COLUMN_OF.get(error.field, error.field), message=str(error)) from error
    return OwnRecord(
        kind=choose(field="kind", what="kind", value=cells.get("kind", ""), labels=kinds, names={}),
        family=family_of(cells.get("family", "")),
        level=default_mapping().level(cells.get("level", "")).id,
        country=place.country,
        metro=place.metro.name if place.metro else "",
        currency=rate.currency,
        annual_base=read_amount(cells.get("annual_base", ""), field="annual_base"),
        observed_on=observed_on,
        note=clean_cell(text=cells.get("note", ""))[:_MOST_NOTE],
    )


def _records(body: Iterable[tuple[int, list[str]]], header: list[str], today: date) -> OwnTable:
    records, problems = [], []
    for line, row in body:
        cells = {name: clean_cell(text=cell) for name, cell in zip(header, row, strict=False)}
        try:
            records.append(read_own_record(cells, today=today))
        except PayQuestionError as error:
            problems.append(RowProblem(line, error.field, str(error)))
    return OwnTable(tuple(records), tuple(problems))


def _needed(cells: Mapping[str, str], name: str) -> str:
    if not cells.get(name, "").strip():
        raise PayQuestionError(field=name, message=f"The {name.replace('_', ' ')} is missing.")
    return cells[name]


def _delimiter(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return max(",;\t", key=first.count)


def _plain_digits(text: str) -> str:
    """Return digits with a point for cents only: a separator before exactly three last digits parts thousands."""
    tight = re.sub(r"[ '’_\u202f\u00a0]", "", text)
    cents = re.fullmatch(r"([\d.,]*\d)[.,](\d{1,2})", tight)
    whole, part = (cents[1], cents[2]) if cents else (tight, "0")
    return f"{re.sub(r'[.,]', '', whole)}.{part}"


def _band_advice(text: str) -> str:
    return f"“{text.strip()[:40]}” is not a band. Write the two ends, such as 150000-190000."
