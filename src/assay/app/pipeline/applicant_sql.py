"""The one statement behind a list of applicants: fixed parts and placeholders, chosen by a filter and an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assay.app.pipeline.search_sql import tsquery_sql
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder, MustHaveState, Waiting
from assay.core.pipeline.clock_state import ClockState
from assay.core.pipeline.position import KeyValue, Position
from assay.core.pipeline.search_text import SearchText, parse_search
from assay.core.pipeline.status import ScreeningState

PAGE_SIZE = 50
MOST_COUNTED = 10_000
MOST_RANKED = 500

Conditions = tuple[list[str], list[Any]]


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that sort, their kinds in a position and their SQL types; the id comes last and settles ties."""

    columns: tuple[str, ...]
    kinds: tuple[type[KeyValue], ...]
    casts: tuple[str, ...]
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, returning ``FIELDS``, the order's columns but the id, and a count up to ``most``."""

    sql: str
    values: list[Any]
    most: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: what stands before the SELECT, the tables, which rows, and how many there are."""

    head: str
    head_values: list[Any]
    tables: str
    wheres: list[str]
    values: list[Any]
    count: str
    count_values: list[Any]
    most: int


_RANK = ("a.rank_key", "a.id"), (float, int), ("numeric", "bigint")
_TIME = ("a.applied_at", "a.id"), (datetime, int), ("timestamptz", "bigint")
_STAY = ("a.entered_stage_at", "a.id"), (datetime, int), ("timestamptz", "bigint")
# The clocks that run come first, the most overdue before all; then those at rest; then who owes nothing.
_DUE = "CASE WHEN a.is_paused THEN '9998-01-01Z' ELSE coalesce(a.due_at, '9999-01-01Z') END"
_CLOCK = (f"({_DUE})", "a.id"), (datetime, int), ("timestamptz", "bigint")
_NAME = ("lower(p.name)", "p.id", "a.id"), (str, int, int), ("text", "bigint", "bigint")
ORDERS = {
    ApplicantOrder.BEST: Order(*_RANK),
    ApplicantOrder.WORST: Order(*_RANK, is_descending=True),
    ApplicantOrder.OLDEST: Order(*_TIME),
    ApplicantOrder.NEWEST: Order(*_TIME, is_descending=True),
    ApplicantOrder.NAME: Order(*_NAME),
    ApplicantOrder.NAME_BACKWARD: Order(*_NAME, is_descending=True),
    ApplicantOrder.CLOCK: Order(*_CLOCK),
    ApplicantOrder.CLOCK_BACKWARD: Order(*_CLOCK, is_descending=True),
    ApplicantOrder.LONGEST_IN_STAGE: Order(*_STAY),
    ApplicantOrder.SHORTEST_IN_STAGE: Order(*_STAY, is_descending=True),
    ApplicantOrder.RELEVANCE: Order(("h.distance", "a.id"), (float, int), ("float8", "bigint")),
}
FIELDS = """a.id, p.name, p.email, a.stage_id, a.status, a.held_until, a.applied_at, a.screening_state,
    a.needs_review, a.score, a.score_low, a.score_high, a.must_haves_met, a.must_haves_missing, a.must_haves_total,
    a.flags, a.best_quote, a.best_quote_page, s.name, a.source, a.is_internal, a.work_state, a.entered_stage_at,
    a.yellow_at, a.due_at, a.is_paused, a.revision, a.person_id"""
PEOPLE_AND_STAGES = "JOIN pipeline_person p ON p.id = a.person_id JOIN pipeline_stage s ON s.id = a.stage_id"
FIELD_COUNT = FIELDS.count(",") + 1
_MUST_HAVES = {
    MustHaveState.ALL_MET: "a.must_haves_total > 0 AND a.must_haves_met = a.must_haves_total",
    MustHaveState.NONE_MISSING: "a.must_haves_total > 0 AND a.must_haves_missing = 0",
    MustHaveState.SOME_UNCLEAR: "a.must_haves_met + a.must_haves_missing < a.must_haves_total",
    MustHaveState.SOME_MISSING: "a.must_haves_missing > 0",
}
_WAITING = {
    Waiting.REVIEW: "a.needs_review",
    Waiting.PERSON: f"a.screening_state = '{ScreeningState.NEEDS_PERSON.value}'",
    Waiting.SCREENING: f"a.screening_state = '{ScreeningState.WAITING.value}'",
}
_CLOCKS = {
    ClockState.PAUSED: "a.is_paused",
    ClockState.RED: "NOT a.is_paused AND a.due_at <= %s",
    ClockState.YELLOW: "NOT a.is_paused AND a.due_at > %s AND a.yellow_at <= %s",
    ClockState.CALM: "NOT a.is_paused AND a.due_at > %s AND coalesce(a.yellow_at > %s, true)",
    ClockState.NONE: "NOT a.is_paused AND a.due_at IS NULL",
}


def hits_statement(
    *, job_id: int, filter_: ApplicantFilter, search: SearchText, now: datetime, most: int = MOST_RANKED
) -> Statement:
    """Return the statement for the ids of those whom a search finds, in no order, one more than ``most``."""
    wheres, values = _found(job_id=job_id, filter_=filter_, search=search, now=now)
    sql = f"SELECT a.id FROM pipeline_application a WHERE {' AND '.join(wheres)} LIMIT {most + 1}"  # noqa: S608
    return Statement(sql, values, most)


def applicant_statement(
    *,
    job_id: int,
    filter_: ApplicantFilter,
    position: Position | None,
    now: datetime,
    hits: Sequence[int] | None = None,
) -> Statement:
    """Return the statement for one page of a job's applicants, one row longer than the page to know if more follow.

    ``hits`` are the ids that ``hits_statement`` gave, ``None`` when nothing is searched for.
    """
    is_aimless = filter_.order is ApplicantOrder.RELEVANCE and hits is None
    order = ORDERS[ApplicantOrder.BEST if is_aimless else filter_.order]
    source = source_of(job_id=job_id, filter_=filter_, hits=hits, now=now)
    where = " AND ".join(source.wheres)
    is_backward = position is not None and position.is_backward
    direction = "DESC" if order.is_descending is not is_backward else "ASC"
    edge, edge_values = beyond(order=order, position=position, direction=direction)
    sql = (
        f"{source.head}SELECT {FIELDS}, {', '.join(order.columns[:-1])}, {source.count}"  # noqa: S608
        f" FROM {source.tables} {PEOPLE_AND_STAGES} WHERE {' AND '.join([where, *edge])}"
        f" ORDER BY {', '.join(f'{column} {direction}' for column in order.columns)} LIMIT {PAGE_SIZE + 1}"
    )
    return Statement(sql, [*source.head_values, *source.count_values, *source.values, *edge_values], source.most)


def source_of(*, job_id: int, filter_: ApplicantFilter, hits: Sequence[int] | None, now: datetime) -> Source:
    """Choose where a list starts: rows in order when many will do, the hits themselves when they are few."""
    table = "pipeline_application a"
    wheres, values = conditions(job_id=job_id, filter_=filter_, now=now)
    if hits is None:
        count = (
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {' AND '.join(wheres)} LIMIT {MOST_COUNTED + 1}) c)"  # noqa: S608
        )
        return Source("", [], table, wheres, values, count, values, MOST_COUNTED)
    total = str(len(hits))
    search = parse_search(text=filter_.text)
    if len(hits) <= MOST_RANKED:
        wheres, values = ["a.id = ANY(%s)"], [list(hits)]
    else:
        wheres, values = _found(job_id=job_id, filter_=filter_, search=search, now=now)
    if filter_.order is not ApplicantOrder.RELEVANCE:
        return Source("", [], table, wheres, values, total, [], MOST_RANKED)
    tsquery, words = tsquery_sql(search=search)
    head = (
        f"WITH hits AS MATERIALIZED (SELECT a.id, round(-ts_rank(a.search, {tsquery})::numeric, 6)::float8 AS distance"  # noqa: S608
        f" FROM {table} WHERE {' AND '.join(wheres)} ORDER BY a.rank_key, a.id LIMIT {MOST_RANKED}) "
    )
    tables = f"hits h JOIN {table} ON a.id = h.id"
    return Source(head, [*words, *values], tables, ["TRUE"], [], total, [], MOST_RANKED)


def _found(*, job_id: int, filter_: ApplicantFilter, search: SearchText, now: datetime) -> Conditions:
    wheres, values = conditions(job_id=job_id, filter_=filter_, now=now)
    tsquery, words = tsquery_sql(search=search)
    return [*wheres, f"a.search @@ {tsquery}"], [*values, *words]


def conditions(*, job_id: int, filter_: ApplicantFilter, now: datetime) -> Conditions:
    """Return what a filter asks of ``pipeline_application a``, the words of a search aside."""
    chosen: Sequence[tuple[str, Any]] = (
        ("a.job_id = %s", job_id),
        ("a.status = %s", filter_.status),
        ("a.stage_id = %s", filter_.stage_id),
        ("a.score >= %s", filter_.score_from),
        ("a.score < %s", filter_.score_below),
        ("jsonb_exists(a.flags, %s)", filter_.flag),
        ("a.work_state = %s", filter_.work),
        ("a.source = %s", filter_.source or None),
        ("a.is_internal = %s", filter_.is_internal),
    )
    wheres = [sql for sql, value in chosen if value is not None]
    values = [value for _, value in chosen if value is not None]
    if filter_.must_haves is not None:
        wheres.append(_MUST_HAVES[filter_.must_haves])
    if filter_.waiting is not None:
        wheres.append(_WAITING[filter_.waiting])
    if filter_.clock is not None:
        wheres.append(_CLOCKS[filter_.clock])
        values += [now] * _CLOCKS[filter_.clock].count("%s")
    return wheres, values


def beyond(*, order: Order, position: Position | None, direction: str) -> Conditions:
    """Return what is asked of the rows after a position, in a direction (``ASC`` or ``DESC``)."""
    if position is None:
        return [], []
    places = ", ".join(f"%s::{cast}" for cast in order.casts)
    return [f"({', '.join(order.columns)}) {'>' if direction == 'ASC' else '<'} ({places})"], list(position.key)
