"""The statements behind a board: figures of every column, and the first cards of each, whatever the size of a job."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assay.app.pipeline.applicant_sql import (
    FIELDS,
    ORDERS,
    PEOPLE,
    PEOPLE_AND_STAGES,
    Conditions,
    Statement,
    beyond,
    conditions,
)
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.position import Position
from assay.core.pipeline.stage import StageGroup

COLUMN_SIZE = 30
MOST_HITS = 10_000


@dataclass(frozen=True, slots=True)
class BoardScope:
    """Whom a board holds: a filter's applicants of these stages (id and group); ``hits`` are those a search found."""

    job_id: int
    filter_: ApplicantFilter
    stages: Sequence[tuple[int, StageGroup]]
    hits: Sequence[int] | None
    now: datetime


def board_order(*, filter_: ApplicantFilter) -> ApplicantOrder:
    """Return the order of a board's columns; closeness to a search is for lists alone."""
    return ApplicantOrder.BEST if filter_.order is ApplicantOrder.RELEVANCE else filter_.order


def figures_statement(*, scope: BoardScope) -> Statement:
    """Return the statement for stage, count, median stay in the stage and clocks past due, a row for each stage."""
    wheres, values = _conditions(scope)
    sql = (
        "SELECT a.stage_id, count(*),"  # noqa: S608
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY %s - a.entered_stage_at),"
        " count(*) FILTER (WHERE NOT a.is_paused AND a.due_at <= %s)"
        f" FROM pipeline_application a WHERE {' AND '.join(wheres)} GROUP BY a.stage_id"
    )
    return Statement(sql, [scope.now, scope.now, *values], 0)


def cards_statement(*, scope: BoardScope, position: Position | None = None) -> Statement:
    """Return the statement for the first cards of each stage after ``position``, one more than a column shows, each
    with the columns of the order (but the id) behind it."""
    order = ORDERS[board_order(filter_=scope.filter_)]
    direction = "DESC" if order.is_descending else "ASC"
    ordered = ", ".join(f"{column} {direction}" for column in order.columns)
    wheres, values = _conditions(scope)
    edge, edge_values = beyond(order=order, position=position, direction=direction)
    people = PEOPLE if order.needs_people else ""
    sql = (
        f"SELECT {FIELDS}, {', '.join(order.columns[:-1])}"  # noqa: S608
        " FROM unnest(%s::bigint[]) WITH ORDINALITY AS stage(id, place)"
        " CROSS JOIN LATERAL ("
        f"SELECT a.id FROM pipeline_application a {people}"
        f" WHERE a.stage_id = stage.id AND {' AND '.join([*wheres, *edge])} ORDER BY {ordered} LIMIT {COLUMN_SIZE + 1}"
        f") card JOIN pipeline_application a ON a.id = card.id {PEOPLE_AND_STAGES}"
        f" ORDER BY stage.place, {ordered}"
    )
    return Statement(sql, [[stage_id for stage_id, _ in scope.stages], *values, *edge_values], COLUMN_SIZE)


def _conditions(scope: BoardScope) -> Conditions:
    """Return what the board asks of applications: the filter, but in a stage of hires those who were hired."""
    hires = [stage_id for stage_id, group in scope.stages if group is StageGroup.HIRED]
    of_stage = [scope.filter_.of_stage(stage_id=stage_id, group=group).status for stage_id, group in scope.stages]
    if len(set(of_stage)) < 2:
        status = of_stage[0] if of_stage else scope.filter_.status
        wheres, values = conditions(job_id=scope.job_id, filter_=replace(scope.filter_, status=status), now=scope.now)
    else:
        wheres, values = conditions(job_id=scope.job_id, filter_=replace(scope.filter_, status=None), now=scope.now)
        wheres.append("a.status = CASE WHEN a.stage_id = ANY(%s) THEN 'hired' ELSE 'active' END")
        values.append(hires)
    return _among(wheres, values, scope.hits)


def _among(wheres: list[str], values: list[Any], hits: Sequence[int] | None) -> Conditions:
    return (wheres, values) if hits is None else ([*wheres, "a.id = ANY(%s)"], [*values, list(hits)])
