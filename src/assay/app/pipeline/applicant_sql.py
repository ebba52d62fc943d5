"""What statements about applicants are made of: fixed parts and placeholders, chosen by a filter and an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder, MustHaveState, Waiting
from assay.core.pipeline.clock_state import ClockState
from assay.core.pipeline.position import KeyValue, Position
from assay.core.pipeline.search_text import parse_search
from assay.core.pipeline.status import ScreeningState

Conditions = tuple[list[str], list[Any]]


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that sort, their kinds in a position and their SQL types; the id comes last and settles ties.

    Not ``is_indexed``: no index has the rows in this order.
    """

    columns: tuple[str, ...]
    kinds: tuple[type[KeyValue], ...]
    casts: tuple[str, ...]
    is_descending: bool = False
    is_indexed: bool = True

    @property
    def needs_people(self) -> bool:
        """Tell whether a column of ``PEOPLE`` sorts."""
        return any("p." in column for column in self.columns)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters. It counts up to ``most``, and one more to tell that there are more."""

    sql: str
    values: list[Any]
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
    ApplicantOrder.CLOCK: Order(*_CLOCK, is_indexed=False),
    ApplicantOrder.CLOCK_BACKWARD: Order(*_CLOCK, is_descending=True, is_indexed=False),
    ApplicantOrder.LONGEST_IN_STAGE: Order(*_STAY, is_indexed=False),
    ApplicantOrder.SHORTEST_IN_STAGE: Order(*_STAY, is_descending=True, is_indexed=False),
    ApplicantOrder.RELEVANCE: Order(("a.distance", "a.id"), (float, int), ("float8", "bigint")),
}
FIELDS = """a.id, p.name, p.email, a.stage_id, a.status, a.held_until, a.applied_at, a.screening_state,
    a.needs_review, a.score, a.score_low, a.score_high, a.must_haves_met, a.must_haves_missing, a.must_haves_total,
    a.flags, a.best_quote, a.best_quote_page, s.name, a.source, a.is_internal, a.work_state, a.entered_stage_at,
    a.yellow_at, a.due_at, a.is_paused, a.revision, a.person_id"""
PEOPLE = "JOIN pipeline_person p ON p.id = a.person_id"
PEOPLE_AND_STAGES = f"{PEOPLE} JOIN pipeline_stage s ON s.id = a.stage_id"
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


def order_of(*, filter_: ApplicantFilter) -> Order:
    """Return the order of a list; closeness to a search that asks for nothing is the ranking."""
    is_aimless = filter_.order is ApplicantOrder.RELEVANCE and not parse_search(text=filter_.text).groups
    return ORDERS[ApplicantOrder.BEST if is_aimless else filter_.order]


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
