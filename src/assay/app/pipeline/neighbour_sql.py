"""The one statement that says where an application stands in a list: who is right before and after it, and how many."""

from dataclasses import dataclass
from typing import Any

from assay.app.pipeline.applicant_sql import Order, Statement
from assay.core.pipeline.position import Position

MOST_PLACED = 5_000
_PEOPLE = "JOIN pipeline_person p ON p.id = a.person_id"


@dataclass(frozen=True, slots=True)
class Around:
    """A list to find a place in: what stands before the SELECT, its tables, whom it holds, and its order."""

    head: str
    head_values: list[Any]
    tables: str
    wheres: list[str]
    values: list[Any]
    order: Order


def neighbours_statement(
    *, around: Around, job_id: int, application_id: int, position: Position | None, nearest: int
) -> Statement:
    """Return the statement for one row: if the list holds the application, the ids of the nearest before and after it
    (the nearest first), how many stand before it and in all (up to one more than ``MOST_PLACED``), and its sort key.

    It is looked for where ``position`` says, else where it stands now; no row comes when it is nowhere.
    """
    people = _PEOPLE if any("p." in column for column in around.order.columns) else ""
    rows = f"FROM {around.tables} {people} WHERE {' AND '.join(around.wheres)}"
    keys = ", ".join(around.order.columns)
    earlier, later = ("<", ">") if not around.order.is_descending else (">", "<")
    before, after = (f"{rows} AND ({keys}) {side} (SELECT * FROM here)" for side in (earlier, later))  # noqa: S608
    up, down = ("ASC", "DESC") if not around.order.is_descending else ("DESC", "ASC")
    own, own_values = _own(around, people, job_id, application_id, position)
    sql = (
        f"{around.head.rstrip() + ',' if around.head else 'WITH'} here AS ({own})"  # noqa: S608
        f" SELECT EXISTS (SELECT 1 {rows} AND a.id = %s),"
        f" ARRAY(SELECT a.id {before} ORDER BY {_ordered(around.order, down)} LIMIT {nearest}),"
        f" ARRAY(SELECT a.id {after} ORDER BY {_ordered(around.order, up)} LIMIT {nearest}),"
        f" {_count(before)}, {_count(rows)}, here.* FROM here"
    )
    values = around.values
    return Statement(
        sql,
        [*around.head_values, *own_values, *values, application_id, *values, *values, *values, *values],
        MOST_PLACED,
    )


def _own(
    around: Around, people: str, job_id: int, application_id: int, position: Position | None
) -> tuple[str, list[Any]]:
    """Return what gives the key to compare with: the row's own, or the one that a position kept."""
    columns = around.order.columns
    if position is not None:
        named = (f"%s::{cast} AS k{number}" for number, cast in enumerate(around.order.casts))
        return f"SELECT {', '.join(named)}", list(position.key)
    named = (f"{column} AS k{number}" for number, column in enumerate(columns))
    tables = f"FROM {around.tables} {people} WHERE a.id = %s AND a.job_id = %s"
    return f"SELECT {', '.join(named)} {tables}", [application_id, job_id]  # noqa: S608


def _ordered(order: Order, direction: str) -> str:
    return ", ".join(f"{column} {direction}" for column in order.columns)


def _count(rows: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 {rows} LIMIT {MOST_PLACED + 1}) c)"  # noqa: S608
