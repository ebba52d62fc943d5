"""The pay desk's tables of numbers, read from the shipped CSV files."""

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assay.knowledge.loading import KnowledgeError, folder_file
from assay.knowledge.market.pay.sheets import HERE

_MOST_PAY = 1e9


class PostedRow(NamedTuple):
    """One posted range in US dollars a year; ``high_usd`` is ``None`` where only one end is known."""

    year: int
    family: str
    level: str
    country: str
    low_usd: float
    high_usd: float | None


class OewsRow(NamedTuple):
    """National wages of an occupation in US dollars a year; ``None`` where the source gives none (top-coded)."""

    year: int
    code: str
    title: str
    employed: int
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None


class IndexRow(NamedTuple):
    """Pay of a place against a wider one, with its rows and a 90% interval."""

    place: str
    titles: str
    rows: int
    ratio: float
    low: float
    high: float


class PriceLevel(NamedTuple):
    """Prices of a country against the United States: parity rate over market rate, both local money per dollar."""

    country: str
    year: int
    parity_rate: float
    market_rate: float
    level: float


class Place(NamedTuple):
    """A city or country that people name, with its country, time zone and currency."""

    name: str
    country: str
    time_zone: str
    currency: str


def posted_file(folder: Path | None = None) -> Path:
    """Return where posted pay is read from: the user's own folder when it has the file, else as shipped."""
    return folder_file(name="posted_base_pay.csv.gz", shipped=HERE, override=folder)


def load_posted(path: Path | None = None) -> tuple[PostedRow, ...]:
    """Return every posted range of a file, the shipped one by default. Raises ``KnowledgeError`` naming the line."""
    file = path or posted_file()
    found = tuple(_posted_row(file.name, line, row) for line, row in enumerate(_rows(file), start=2))
    if not found:
        raise KnowledgeError(f"{file.name}: holds no posted range below its header.")
    return found


@cache
def load_oews() -> tuple[OewsRow, ...]:
    """Return the wages of three occupations by year."""
    return tuple(
        OewsRow(int(row[0]), row[1], row[2], int(row[3]), *(_number(cell) for cell in row[4:9]))
        for row in _rows(HERE / "oews_national.csv")
    )


@cache
def load_country_index() -> dict[str, IndexRow]:
    """Return pay against the United States by country code; only countries with 12 rows and more."""
    return {
        row[0]: IndexRow(row[0], "", int(row[1]), float(row[2]), float(row[3]), float(row[4]))
        for row in _rows(HERE / "country_pay_index.csv")
    }


@cache
def load_metro_index() -> tuple[IndexRow, ...]:
    """Return pay against the United States by metropolitan area and titles, 2023."""
    return tuple(
        IndexRow(row[1], row[0], int(row[2]), float(row[3]), float(row[4]), float(row[5]))
        for row in _rows(HERE / "metro_pay_index.csv")
    )


@cache
def load_price_levels() -> dict[str, PriceLevel]:
    """Return the price level by country code."""
    return {
        row[0]: PriceLevel(row[0], int(row[1]), float(row[2]), float(row[3]), float(row[4]))
        for row in _rows(HERE / "price_levels.csv")
    }


@cache
def load_places() -> tuple[Place, ...]:
    """Return the places that have a name of their own."""
    return tuple(Place(*row) for row in _rows(HERE / "places.csv"))


def _rows(path: Path) -> list[list[str]]:
    """Return the lines below the header; ``NA`` stays text, as Namibia's code is written."""
    try:
        with gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="") as lines:
            return list(csv.reader(lines))[1:]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}). Install the package again.") from error


def _posted_row(name: str, line: int, row: list[str]) -> PostedRow:
    try:
        year, family, level, country, low, high = row
        found = PostedRow(int(year), family, level, country, float(low), float(high) if high else None)
    except ValueError as error:
        message = f"{name}: line {line} must hold year, family, level, country, low_usd and high_usd ({error})."
        raise KnowledgeError(message) from error
    if not 0 < found.low_usd <= (found.high_usd or found.low_usd) < _MOST_PAY:
        raise KnowledgeError(f"{name}: line {line} holds pay that is not above 0, or a range upside down.")
    return found


def _number(cell: str) -> float | None:
    return float(cell.replace(",", "")) if cell[:1].isdigit() else None
