"""Where an application stands in a list: its neighbours, its place, and the way to a page of the list that shows it."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from assay.app.pipeline.applicant_sql import order_of
from assay.app.pipeline.board_sql import board_order
from assay.app.pipeline.found_sql import source_of
from assay.app.pipeline.neighbour_sql import MOST_PLACED, neighbours_statement
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.position import Position, read_position, write_position


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who stands around an application in a list, the nearest first.

    ``place`` (from 1) and ``total`` are None where the application is not in the list or there are too many to count;
    ``anchor`` keeps the place in an address, so that it is found again after the application has changed. ``opens_at``
    is the position of a page of the list that begins with the application.
    """

    is_inside: bool
    before: tuple[int, ...]
    after: tuple[int, ...]
    place: int | None
    total: int | None
    anchor: str
    opens_at: str


def find_neighbours(
    *,
    job_id: int,
    filter_: ApplicantFilter,
    application_id: int,
    now: datetime,
    at: str = "",
    nearest: int = 1,
    is_board: bool = False,
) -> Neighbours | None:
    """Return the neighbours of an application in a list of its job, None when it has no place there.

    ``at`` is the ``anchor`` of an earlier answer; one that makes no sense is as none. ``is_board`` is for a column of a
    board, which has orders of its own. Whoever calls this has asked the policy.
    """
    if is_board:
        filter_ = replace(filter_, order=board_order(filter_=filter_))
    order = order_of(filter_=filter_)
    statement = neighbours_statement(
        source=source_of(job_id=job_id, filter_=filter_, now=now, is_whole=True),
        order=order,
        application_id=application_id,
        position=_position(at, order.kinds, application_id),
        nearest=nearest,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        record = cursor.fetchone()
    return None if record is None else _neighbours(record, -1 if not order.is_descending else 1)


def _position(at: str, kinds: Any, application_id: int) -> Position | None:
    """Read an anchor; one of another application is none."""
    found = read_position(text=at, kinds=kinds) if at else None
    return found if found is not None and found.key[-1] == application_id else None


def _neighbours(record: Any, step_back: int) -> Neighbours:
    is_inside, before, after, count, total, *key = record
    keys = tuple(float(value) if isinstance(value, Decimal) else value for value in key)
    is_counted = is_inside and total <= MOST_PLACED
    # Ids are whole and settle ties, so nobody stands between the one beside it and the application.
    start = Position(key=(*keys[:-1], int(record[-1]) + step_back), count=count)
    return Neighbours(
        is_inside=is_inside,
        before=tuple(before),
        after=tuple(after),
        place=count + 1 if is_counted else None,
        total=total if is_counted else None,
        anchor=write_position(position=Position(key=keys)),
        opens_at=write_position(position=start),
    )
