"""The board of a job: a column for each stage with its figures and first cards, in two statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from assay.app.pipeline.applicant_sql import FIELD_COUNT, ORDERS, Statement
from assay.app.pipeline.board_sql import (
    COLUMN_SIZE,
    MOST_HITS,
    BoardScope,
    board_order,
    cards_statement,
    figures_statement,
)
from assay.app.pipeline.queries.applicants import ApplicantRow, applicant_row
from assay.app.pipeline.queries.hits import list_hits
from assay.app.pipeline.queries.jobs import StageView
from assay.core.pipeline.applicant_filter import ApplicantFilter, write_applicant_filter
from assay.core.pipeline.position import Position, read_position, write_position
from assay.core.pipeline.stage import StageGroup

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """How many stand in a stage, how many days the middle one has been there, and how many clocks are past due."""

    count: int = 0
    median_days: float = 0.0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage of the board. ``query`` leads to the list of exactly those it counts; ``more`` asks for further cards."""

    stage: StageView
    figures: ColumnFigures
    cards: tuple[ApplicantRow, ...]
    query: str
    more: str


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Neighbouring stages of one milestone, by which jobs compare."""

    group: StageGroup
    columns: tuple[BoardColumn, ...]

    @property
    def count(self) -> int:
        """How many applicants stand in the milestone."""
        return sum(column.figures.count for column in self.columns)


def get_board(
    *, job_id: int, stages: Sequence[StageView], filter_: ApplicantFilter, now: datetime, has_cards: bool = True
) -> tuple[BoardGroup, ...]:
    """Return a job's board; whoever calls this has asked the policy. ``has_cards`` is False for the figures alone.

    A filter for one stage gives that stage's column alone.
    """
    chosen = [stage for stage in stages if filter_.stage_id in (None, stage.id)]
    scope = _scope(job_id, chosen, filter_, now)
    figures = {row[0]: _figures(row) for row in _ask(figures_statement(scope=scope))}
    found: dict[int, list[Any]] = {stage.id: [] for stage in chosen}
    for record in _ask(cards_statement(scope=scope)) if has_cards else ():
        found[record[3]].append(record)
    columns = [_column(stage, figures, found[stage.id], filter_, now) for stage in chosen]
    return tuple(_groups(columns))


def get_more_cards(
    *, job_id: int, stage: StageView, filter_: ApplicantFilter, at: str, now: datetime
) -> tuple[tuple[ApplicantRow, ...], str]:
    """Return the cards of a stage after a position, and the position to go on from (empty at the end).

    A position that makes no sense gives the first cards.
    """
    position = read_position(text=at, kinds=ORDERS[board_order(filter_=filter_)].kinds)
    scope = _scope(job_id, [stage], filter_, now)
    records = _ask(cards_statement(scope=scope, position=position))
    return _cards(records, now), _more(records)


def get_card(
    *, job_id: int, stages: Sequence[StageView], application_id: int, now: datetime
) -> tuple[ApplicantRow, ...]:
    """Return one application as its card shows it now, whatever its status; nothing when it is not of this job."""
    pairs = tuple((stage.id, StageGroup(stage.group)) for stage in stages)
    anyone = ApplicantFilter(status=None)
    scope = BoardScope(job_id=job_id, filter_=anyone, stages=pairs, hits=[application_id], now=now)
    return _cards(_ask(cards_statement(scope=scope)), now)


def _scope(job_id: int, stages: Sequence[StageView], filter_: ApplicantFilter, now: datetime) -> BoardScope:
    pairs = tuple((stage.id, StageGroup(stage.group)) for stage in stages)
    everyone = ApplicantFilter(status=None, text=filter_.text)
    hits = list_hits(job_id=job_id, filter_=everyone, now=now, most=MOST_HITS)
    return BoardScope(job_id=job_id, filter_=filter_, stages=pairs, hits=hits, now=now)


def _ask(statement: Statement) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        found: list[Any] = cursor.fetchall()
    return found


def _figures(row: Any) -> ColumnFigures:
    return ColumnFigures(count=row[1], median_days=max(0.0, row[2] / _DAY), overdue=row[3])


def _column(
    stage: StageView,
    figures: Mapping[int, ColumnFigures],
    records: Sequence[Any],
    filter_: ApplicantFilter,
    now: datetime,
) -> BoardColumn:
    of_stage = filter_.of_stage(stage_id=stage.id, group=StageGroup(stage.group))
    return BoardColumn(
        stage=stage,
        figures=figures.get(stage.id, ColumnFigures()),
        cards=_cards(records, now),
        query=write_applicant_filter(filter_=of_stage),
        more=_more(records),
    )


def _cards(records: Sequence[Any], now: datetime) -> tuple[ApplicantRow, ...]:
    return tuple(applicant_row(record=record, number=0, now=now) for record in records[:COLUMN_SIZE])


def _more(records: Sequence[Any]) -> str:
    if len(records) <= COLUMN_SIZE:
        return ""
    last = records[COLUMN_SIZE - 1]
    keys = [float(value) if isinstance(value, Decimal) else value for value in last[FIELD_COUNT:]]
    return write_position(position=Position(key=(*keys, last[0])))


def _groups(columns: Sequence[BoardColumn]) -> list[BoardGroup]:
    groups: list[BoardGroup] = []
    for column in columns:
        group = StageGroup(column.stage.group)
        if groups and groups[-1].group is group:
            groups[-1] = BoardGroup(group, (*groups[-1].columns, column))
        else:
            groups.append(BoardGroup(group, (column,)))
    return groups
