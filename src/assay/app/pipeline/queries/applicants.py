"""The applicants of a job: filtered, searched, in order, fifty a page, in one query whatever the number of rows."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from assay.app.pipeline.applicant_sql import FIELD_COUNT, order_of
from assay.app.pipeline.listing_sql import PAGE_SIZE, applicant_statement
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.clock_state import ClockState, clock_state, whole_days
from assay.core.pipeline.position import Position, read_position, write_position


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """An applicant in a list. ``number`` counts from the top of the list as it is ordered and filtered.

    ``clock`` and ``days`` (in this stage) are as of the moment of the list.
    """

    number: int
    id: int
    name: str
    email: str
    stage_id: int
    status: str
    held_until: date | None
    applied_at: datetime
    screening_state: str
    needs_review: bool
    score: float | None
    score_low: float | None
    score_high: float | None
    must_haves_met: int
    must_haves_missing: int
    must_haves_total: int
    flags: tuple[str, ...]
    best_quote: str
    best_quote_page: int | None
    stage: str
    source: str
    is_internal: bool
    work_state: str
    entered_stage_at: datetime
    due_at: datetime | None
    revision: int
    person_id: int
    clock: ClockState
    days: int

    @property
    def must_haves_unclear(self) -> int:
        """How many must-haves are neither met nor missing."""
        return max(0, self.must_haves_total - self.must_haves_met - self.must_haves_missing)


@dataclass(frozen=True, slots=True)
class ApplicantPage:
    """One page of applicants. ``total`` counts all of the list, or stops at one more than ``most``.

    ``listed`` is how many of them, the best scored, are in a list by closeness; None when everybody is in the list.
    """

    rows: tuple[ApplicantRow, ...]
    total: int
    most: int
    previous: str
    next: str
    listed: int | None = None

    @property
    def total_is_capped(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.total > self.most


def list_applicants(
    *, job_id: int, filter_: ApplicantFilter, at: str = "", now: datetime | None = None
) -> ApplicantPage:
    """Return one page of a job's applicants; whoever calls this has asked the policy. ``at`` is a page's ``next``,
    ``now`` the moment at which clocks are read (this one, unless given).

    A search looks at names, skills and the words of documents. Ordered by relevance, the 500 best scored hits are
    ranked, 100 when there are too many to count. A position that makes no sense gives the first page.
    """
    now = now or timezone.now()
    position = read_position(text=at, kinds=order_of(filter_=filter_).kinds) if at else None
    statement = applicant_statement(job_id=job_id, filter_=filter_, position=position, now=now)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        found = cursor.fetchall()
    return _page(found=found, position=position, most=statement.most, now=now)


def _page(*, found: list[Any], position: Position | None, most: int, now: datetime) -> ApplicantPage:
    backward = position is not None and position.is_backward
    shown = found[:PAGE_SIZE]
    if backward:
        shown.reverse()
    has_more = len(found) > PAGE_SIZE
    before = position.count if position else 0
    if backward:
        before = before - len(shown) if has_more else 0
    return ApplicantPage(
        rows=tuple(
            applicant_row(record=record, number=number, now=now) for number, record in enumerate(shown, before + 1)
        ),
        total=shown[0][-2] if shown else 0,
        listed=shown[0][-1] if shown else None,
        most=most,
        previous=_at(shown[0], before, True) if shown and before > 0 and (has_more or not backward) else "",
        next=_at(shown[-1], before + len(shown), False) if shown and (has_more or backward) else "",
    )


def _at(record: Any, count: int, is_backward: bool) -> str:
    keys = [float(value) if isinstance(value, Decimal) else value for value in record[FIELD_COUNT:-2]]
    return write_position(position=Position(key=(*keys, record[0]), count=count, is_backward=is_backward))


def applicant_row(*, record: Any, number: int, now: datetime) -> ApplicantRow:
    """Return a row of ``FIELDS`` as an applicant."""
    return ApplicantRow(
        number=number,
        id=record[0],
        name=record[1] or record[2] or f"Applicant {record[0]}",
        email=record[2],
        stage_id=record[3],
        status=record[4],
        held_until=record[5],
        applied_at=record[6],
        screening_state=record[7],
        needs_review=record[8],
        score=_number(record[9]),
        score_low=_number(record[10]),
        score_high=_number(record[11]),
        must_haves_met=record[12],
        must_haves_missing=record[13],
        must_haves_total=record[14],
        flags=tuple(json.loads(record[15])),
        best_quote=record[16],
        best_quote_page=record[17],
        stage=record[18],
        source=record[19],
        is_internal=record[20],
        work_state=record[21],
        entered_stage_at=record[22],
        due_at=record[24],
        revision=record[26],
        person_id=record[27],
        clock=clock_state(yellow_at=record[23], due_at=record[24], is_paused=record[25], now=now),
        days=whole_days(since=record[22], now=now),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
