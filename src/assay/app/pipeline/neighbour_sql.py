"""The one statement that says where an application stands in a list: who is right before and after it, and how many."""

from typing import Any

from assay.app.pipeline.applicant_sql import PEOPLE, Order, Statement
from assay.app.pipeline.found_sql import Rows, Source
from assay.core.pipeline.position import Position

MOST_PLACED = 5_000


def neighbours_statement(
    *, source: Source, order: Order, application_id: int, position: Position | None, nearest: int
) -> Statement:
    """Return the statement for one row: if the list holds the application, the ids of the nearest before and after it
    (the nearest first), how many stand before it and in all (up to one more than ``MOST_PLACED``), and its sort key.

    ``source`` has the list whole, in one part. The application is looked for where ``position`` says, else where it
    stands now; no row comes when it is nowhere.
    """
    [part] = source.parts
    people = PEOPLE if order.needs_people else ""
    rows = f"FROM {part.table} {people} WHERE {part.where}"
    keys = ", ".join(order.columns)
    earlier, later = ("<", ">") if not order.is_descending else (">", "<")
    before, after = (f"{rows} AND ({keys}) {side} (SELECT * FROM here)" for side in (earlier, later))  # noqa: S608
    up, down = ("ASC", "DESC") if not order.is_descending else ("DESC", "ASC")
    own, own_values = _own(source.own, order, application_id, position)
    sql = (
        f"WITH {source.head}{', ' if source.head else ''}here AS ({own})"  # noqa: S608
        f" SELECT EXISTS (SELECT 1 {rows} AND a.id = %s),"
        f" ARRAY(SELECT a.id {before} ORDER BY {_ordered(order, down)} LIMIT {nearest}),"
        f" ARRAY(SELECT a.id {after} ORDER BY {_ordered(order, up)} LIMIT {nearest}),"
        f" {_count(before)}, {_count(rows)}, here.* FROM here"
    )
    of_part = part.values
    values = [*source.head_values, *own_values, *of_part, application_id, *of_part, *of_part, *of_part, *of_part]
    return Statement(sql, values, MOST_PLACED)


def _own(rows: Rows, order: Order, application_id: int, position: Position | None) -> tuple[str, list[Any]]:
    """Return what gives the key to compare with: the row's own, or the one that a position kept."""
    if position is not None:
        named = (f"%s::{cast} AS k{number}" for number, cast in enumerate(order.casts))
        return f"SELECT {', '.join(named)}", list(position.key)
    named = (f"{column} AS k{number}" for number, column in enumerate(order.columns))
    tables = f"FROM {rows.table} {PEOPLE if order.needs_people else ''} WHERE a.id = %s AND {rows.where}"
    return f"SELECT {', '.join(named)} {tables}", [application_id, *rows.values]  # noqa: S608


def _ordered(order: Order, direction: str) -> str:
    return ", ".join(f"{column} {direction}" for column in order.columns)


def _count(rows: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 {rows} LIMIT {MOST_PLACED + 1}) c)"  # noqa: S608
