"""The one statement behind a page of a list of applicants."""

from datetime import datetime

from assay.app.pipeline.applicant_sql import FIELDS, PEOPLE, PEOPLE_AND_STAGES, Statement, beyond, order_of
from assay.app.pipeline.found_sql import source_of
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.position import Position

PAGE_SIZE = 50


def applicant_statement(
    *, job_id: int, filter_: ApplicantFilter, position: Position | None, now: datetime
) -> Statement:
    """Return the statement for one page of a job's applicants, one row longer than the page to know if more follow.

    It gives ``FIELDS``, the order's columns but the id, how many there are, and how many of them are listed.
    """
    order = order_of(filter_=filter_)
    source = source_of(job_id=job_id, filter_=filter_, now=now)
    is_backward = position is not None and position.is_backward
    direction = "DESC" if order.is_descending is not is_backward else "ASC"
    edge, edge_values = beyond(order=order, position=position, direction=direction)
    keys = [f"k{number}" for number in range(len(order.columns) - 1)]
    people = PEOPLE if order.needs_people else ""
    picked = ", ".join(f"{column} AS {key}" for column, key in zip(order.columns, keys, strict=False))
    ordered = ", ".join(f"{column} {direction}" for column in order.columns)
    parts = (
        f"(SELECT a.id, {picked} FROM {part.table} {people} WHERE {' AND '.join([part.where, *edge])}"  # noqa: S608
        f" ORDER BY {ordered} LIMIT {PAGE_SIZE + 1})"
        for part in source.parts
    )
    sql = (
        f"WITH {source.head}{', ' if source.head else ''}page AS ({' UNION ALL '.join(parts)})"  # noqa: S608
        f" SELECT {FIELDS}, {', '.join(f'page.{key}' for key in keys)}, {source.count}, {source.listed}"
        f" FROM page JOIN pipeline_application a ON a.id = page.id {PEOPLE_AND_STAGES}"
        f" ORDER BY {', '.join(f'page.{key} {direction}' for key in [*keys, 'id'])}"
    )
    part_values = [value for part in source.parts for value in (*part.values, *edge_values)]
    return Statement(sql, [*source.head_values, *part_values, *source.count_values], source.most)
