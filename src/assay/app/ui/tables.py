"""Columns of a table and the links that sort it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlencode

Direction = Literal["ascending", "descending", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, heading, kind, and (once ``sortable`` was asked) its direction and the link that sorts."""

    key: str
    label: str
    is_number: bool = False
    is_sortable: bool = False
    is_label_hidden: bool = False
    direction: Direction = ""
    sort_url: str = ""


def sortable(columns: Sequence[Column], *, sort: str, query: str) -> tuple[Column, ...]:
    """Fill in the sort links of ``columns``.

    ``sort`` is the current order, a key with ``-`` in front for descending; ``query`` is the page's query string,
    kept in the links except for its ``sort`` and ``cursor``. Numbers sort descending first, words ascending.
    """
    kept = [(name, value) for name, value in parse_qsl(query) if name not in {"sort", "cursor"}]
    return tuple(_linked(column, sort, kept) if column.is_sortable else column for column in columns)


def _linked(column: Column, sort: str, kept: Sequence[tuple[str, str]]) -> Column:
    descending = f"-{column.key}"
    direction: Direction = "ascending" if sort == column.key else "descending" if sort == descending else ""
    first, second = (descending, column.key) if column.is_number else (column.key, descending)
    following = second if sort == first else first
    return replace(column, direction=direction, sort_url="?" + urlencode([*kept, ("sort", following)]))
