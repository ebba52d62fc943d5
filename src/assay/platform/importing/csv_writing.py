"""Tables for other people's spreadsheets, in which no cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_STARTS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_MARK = "\ufeff"

Cell = str | int | float | None


def safe_cell(value: Cell) -> str:
    """Return the text of a cell; text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\x00", "")
    seen_first = next((sign for sign in text if sign.isprintable() and not sign.isspace()), "")
    starts = {text[:1], seen_first}
    return f"'{text}" if starts & _STARTS_A_FORMULA else text


def write_csv(*, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table as UTF-8 with a mark that Excel understands, every cell quoted, one row at a time."""
    yield _MARK.encode("utf-8")
    yield _line(headings)
    for cells in rows:
        yield _line(cells)


def _line(cells: Sequence[Cell]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8", "replace")
