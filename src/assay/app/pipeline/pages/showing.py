"""What the page of a job shows around and inside its list of applicants: one context for table, board and stages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl

from assay.app.interviewing.queries.marks import SeatMark, list_seat_marks
from assay.app.pipeline.bands import TALLEST, score_bars
from assay.app.pipeline.clock_words import clock_words, stay_words
from assay.app.pipeline.links import (
    application_address,
    list_links,
    move_address,
    page_query,
    quick_queries,
    view_links,
)
from assay.app.pipeline.queries.applicants import ApplicantPage, ApplicantRow, list_applicants
from assay.app.pipeline.queries.board import BoardGroup, get_board
from assay.app.pipeline.queries.duplicates import people_with_twins
from assay.app.pipeline.queries.jobs import JobView, StageView
from assay.app.pipeline.queries.numbers import JobNumbers, count_applicants
from assay.app.pipeline.wording import (
    CLOCK_LABELS,
    COLUMN_LABELS,
    FLAG_LABELS,
    GROUP_LABELS,
    ORDER_LABELS,
    SCREENING_LABELS,
    STATUS_LABELS,
    WORK_LABELS,
    flag_words,
)
from assay.app.ui.formats import number
from assay.app.ui.tables import Column, sortable
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.applicant_view import ApplicantView, ViewColumn, ViewKind, write_applicant_view
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

_NUMBERS = (ViewColumn.SCORE, ViewColumn.DAYS, ViewColumn.APPLIED)
_SORTABLE = (ViewColumn.SCORE, ViewColumn.DAYS, ViewColumn.CLOCK, ViewColumn.APPLIED)
HOSTILE_FLAGS = frozenset({"hidden_text", "prompt_like_text"})


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a table or of one stage, and the links around them."""

    page: ApplicantPage
    summary: str
    previous: str
    next: str
    first: str
    is_beyond: bool


def applicant_context(*, actor: User, job: JobView, view: ApplicantView, at: str, now: datetime) -> dict[str, object]:
    """Return what the templates of a job's applicants need; the person asking has been let in."""
    query = write_applicant_view(view=view)
    board: tuple[BoardGroup, ...] = ()
    stage, listed = None, view.filter
    if view.kind is not ViewKind.TABLE:
        board = _board(job, view, now)
    if view.kind is ViewKind.STAGES:
        stage = _stage_of(job, view.filter)
        listed = view.filter.of_stage(stage_id=stage.id, group=StageGroup(stage.group)) if stage else view.filter
    listing = None
    if view.kind is not ViewKind.BOARD:
        listing = _listing(list_applicants(job_id=job.id, filter_=listed, at=at, now=now), query, at)
    cards = _cards(board)
    return {
        **words_context(view=replace(view, filter=listed), now=now, cards=cards),
        "marks": seat_marks(actor=actor, job=job, rows=listing.page.rows if listing else cards, now=now),
        "job": job,
        "can": {action.value for action in job.can},
        "view": view,
        "chosen": view.filter,
        "query": query,
        **_number_context(count_applicants(job_ids=[job.id])[job.id], view),
        "board": board,
        "stage": stage,
        "listing": listing,
        "matching_query": write_applicant_view(view=replace(view, filter=listed)),
        "matching": _matching(listing, board),
        "shown_columns": view.columns if stage is None else tuple(c for c in view.columns if c != ViewColumn.STAGE),
        "columns_of": _columns(view, query, is_one_stage=stage is not None),
        "column_labels": COLUMN_LABELS,
        "view_links": view_links(view=view),
        "kept": list_links(view=view, job=job),
        "quick": quick_queries(view=view),
        "stage_query": partial(stage_query, view),
        "tab_query": partial(tab_query, view),
        "filter_fields": parse_qsl(query),
    }


def _number_context(numbers: JobNumbers, view: ApplicantView) -> dict[str, object]:
    return {
        "numbers": numbers,
        "bars": score_bars(numbers=numbers, view=view),
        "tallest": TALLEST,
        "source_options": [("", "Any source"), *((source, source) for source in numbers.sources)],
    }


def words_context(*, view: ApplicantView, now: datetime, cards: Iterable[ApplicantRow] = ()) -> dict[str, object]:
    """Return the words and addresses that rows and cards of a view are written with, and which may be one twice."""
    return {
        "now": now,
        "clock_words": partial(clock_words, now=now),
        "stay_words": stay_words,
        "work_labels": WORK_LABELS,
        "clock_labels": CLOCK_LABELS,
        "group_labels": GROUP_LABELS,
        "statuses": STATUS_LABELS,
        "flag_labels": FLAG_LABELS,
        "flag_words": flag_words,
        "hostile": HOSTILE_FLAGS,
        "twins": people_with_twins(person_ids=[card.person_id for card in cards]),
        "screening_labels": SCREENING_LABELS,
        "url_of_application": application_address(view=view),
        "url_of_move": move_address(),
    }


def seat_marks(
    *, actor: User, job: JobView, rows: Iterable[ApplicantRow], now: datetime
) -> Mapping[int, tuple[SeatMark, ...]]:
    """Return whose scorecards are in and whose are owed, for the rows and cards of a job that ``actor`` sees."""
    return list_seat_marks(
        actor=actor,
        application_ids=[row.id for row in rows],
        may_read_decisions=Action.SEE_DECISIONS in job.can,
        may_decide=Action.DECIDE in job.can,
        now=now,
    )


def order_options(*, view: ApplicantView) -> list[tuple[str, str]]:
    """Return the orders that make sense for what is listed: closeness to a search only for a list that has one."""
    has_relevance = bool(view.filter.text) and view.kind is not ViewKind.BOARD
    return [
        (order.value, label)
        for order, label in ORDER_LABELS.items()
        if has_relevance or order is not ApplicantOrder.RELEVANCE
    ]


def _board(job: JobView, view: ApplicantView, now: datetime) -> tuple[BoardGroup, ...]:
    """Return the board, or for the tabs of stages the figures of every stage alone."""
    if view.kind is ViewKind.BOARD:
        return get_board(job_id=job.id, stages=job.stages, filter_=view.filter, now=now)
    everywhere = replace(view.filter, stage_id=None)
    return get_board(job_id=job.id, stages=job.stages, filter_=everywhere, now=now, has_cards=False)


def _cards(board: tuple[BoardGroup, ...]) -> list[ApplicantRow]:
    return [card for group in board for column in group.columns for card in column.cards]


def _stage_of(job: JobView, filter_: ApplicantFilter) -> StageView | None:
    named = next((stage for stage in job.stages if stage.id == filter_.stage_id), None)
    return named or (job.stages[0] if job.stages else None)


def _listing(page: ApplicantPage, query: str, at: str) -> Listing:
    return Listing(
        page=page,
        summary=_summary(page),
        previous=page_query(query=query, at=page.previous),
        next=page_query(query=query, at=page.next),
        first=f"?{query}",
        is_beyond=bool(at),
    )


def _summary(page: ApplicantPage) -> str:
    if not page.rows:
        return ""
    total = _total(page)
    if page.listed is not None and page.listed < page.total:
        total = f"the {number(page.listed)} best scored of {total}"
    return f"{number(page.rows[0].number)} to {number(page.rows[-1].number)} of {total}"


def _matching(listing: Listing | None, board: Iterable[BoardGroup]) -> str:
    """Say how many a view finds, nothing when it finds nobody."""
    if listing:
        return _total(listing.page) if listing.page.rows else ""
    count = sum(group.count for group in board)
    return number(count) if count else ""


def _total(page: ApplicantPage) -> str:
    return number(page.most) + "+" if page.total_is_capped else number(page.total)


def _columns(view: ApplicantView, query: str, *, is_one_stage: bool) -> tuple[Column, ...]:
    shown = [column for column in view.columns if not (is_one_stage and column is ViewColumn.STAGE)]
    columns = (
        Column("choose", "Choose", is_label_hidden=True),
        Column("rank", "#", is_number=True),
        Column("name", "Applicant", is_sortable=True),
        *(Column(c.value, COLUMN_LABELS[c], c in _NUMBERS, c in _SORTABLE) for c in shown),
    )
    return sortable(columns, sort=view.filter.order.value, query=query)


def stage_query(view: ApplicantView, stage: StageView, *, clock: str = "", sort: str = "") -> str:
    """Return the query string of the table of exactly those whom a column counts, by clock or in an order if asked."""
    filter_ = view.filter.of_stage(stage_id=stage.id, group=StageGroup(stage.group))
    query = write_applicant_view(view=replace(view, kind=ViewKind.TABLE, filter=filter_))
    return query + (f"&clock={clock}" if clock else "") + (f"&sort={sort}" if sort else "")


def tab_query(view: ApplicantView, stage: StageView) -> str:
    """Return the query string of one stage's tab."""
    filter_ = replace(view.filter, stage_id=stage.id)
    return write_applicant_view(view=replace(view, kind=ViewKind.STAGES, filter=filter_))


def column_choices(*, view: ApplicantView) -> list[Mapping[str, object]]:
    """Return every column that can be shown, and whether it is."""
    return [{"value": c.value, "label": label, "is_on": c in view.columns} for c, label in COLUMN_LABELS.items()]
