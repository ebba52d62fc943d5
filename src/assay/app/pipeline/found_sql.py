"""Where a list of applicants starts: at the rows of a job, or at those whom a search found.

A search asks the index first, which is quick while they are few. When they are many, the list is read in its own order
until a page is full: the more there are, the sooner that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assay.app.pipeline.applicant_sql import Conditions, Statement, conditions, order_of
from assay.app.pipeline.search_sql import Sql, indexed_sql, read_sql, tsquery_sql
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.search_text import SearchText, parse_search

MOST_COUNTED = 10_000
# Words in a row have to be looked up in the row itself, twenty times as long as a word that is in the index.
MOST_READ = 1_000
MOST_RANKED = 500
MOST_RANKED_OF_MANY = 100

_TABLE = "pipeline_application a"
# All that an order may sort by, so that whom a search found can be put in order without reading them again.
_SORTING = "a.id, a.person_id, a.rank_key, a.applied_at, a.entered_stage_at, a.due_at, a.is_paused"
_BEST_FIRST = "ORDER BY a.rank_key, a.id"
_TOTAL = "(SELECT total FROM counted)"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the columns that sort, under the name ``a``: their table, and which of them."""

    table: str
    wheres: Sequence[str] = ()
    values: Sequence[Any] = ()

    @property
    def where(self) -> str:
        """All that is asked of the rows."""
        return " AND ".join(self.wheres) or "TRUE"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list starts: what a WITH must define before, and its rows, in parts of which at most one has any.

    ``own`` has the key of everybody who has one, in the list or not. ``count`` counts up to ``most``; ``listed`` how
    many of them are in the list, NULL for all.
    """

    head: str
    head_values: Sequence[Any]
    parts: Sequence[Rows]
    own: Rows
    count: str
    count_values: Sequence[Any]
    most: int
    listed: str = "NULL"


def hits_statement(*, job_id: int, filter_: ApplicantFilter, search: SearchText, now: datetime, most: int) -> Statement:
    """Return the statement for the ids of those whom a search finds, in no order, one more than ``most``."""
    wheres, values = _sought(indexed_sql(search=search), job_id, filter_, now)
    sql = f"SELECT a.id FROM {_TABLE} WHERE {' AND '.join(wheres)} LIMIT {most + 1}"  # noqa: S608
    return Statement(sql, values, most)


def source_of(*, job_id: int, filter_: ApplicantFilter, now: datetime, is_whole: bool = False) -> Source:
    """Choose where a list starts. ``is_whole`` holds the whole list in one part, however many a search found."""
    search = parse_search(text=filter_.text)
    own = Rows(_TABLE, ("a.job_id = %s",), (job_id,))
    if not search.groups:
        return _everybody(own, conditions(job_id=job_id, filter_=filter_, now=now))
    by_index = _sought(indexed_sql(search=search), job_id, filter_, now)
    is_ranked = filter_.order is ApplicantOrder.RELEVANCE
    if not is_ranked and (is_whole or not order_of(filter_=filter_).is_indexed):
        return Source(_found(by_index), by_index[1], (Rows("found a"),), own, _TOTAL, (), MOST_COUNTED)
    most = MOST_READ if search.has_phrases or search.is_open_ended else MOST_COUNTED
    wheres, values = _sought(read_sql(search=search), job_id, filter_, now)
    few = Rows("found a", (f"{_TOTAL} <= {most}",))
    many = Rows(_TABLE, (f"{_TOTAL} > {most}", *wheres), values)
    head = _found(by_index, limit=f" LIMIT {most + 1}")
    if not is_ranked:
        return Source(head, by_index[1], (few, many), own, _TOTAL, (), most)
    ranked, ranked_values = _ranked(few, many, search)
    best, listed = Rows("ranked a"), "(SELECT count(*) FROM ranked)"
    return Source(f"{head}, {ranked}", [*by_index[1], *ranked_values], (best,), best, _TOTAL, (), most, listed)


def _everybody(own: Rows, chosen: Conditions) -> Source:
    wheres, values = chosen
    some = f"SELECT 1 FROM {_TABLE} WHERE {' AND '.join(wheres)} LIMIT {MOST_COUNTED + 1}"  # noqa: S608
    count = f"(SELECT count(*) FROM ({some}) c)"  # noqa: S608
    return Source("", (), (Rows(_TABLE, wheres, values),), own, count, values, MOST_COUNTED)


def _sought(match: Sql, job_id: int, filter_: ApplicantFilter, now: datetime) -> Conditions:
    wheres, values = conditions(job_id=job_id, filter_=filter_, now=now)
    return [*wheres, match[0]], [*values, *match[1]]


def _found(by_index: Conditions, *, limit: str = "") -> str:
    return (
        f"found AS MATERIALIZED (SELECT {_SORTING} FROM {_TABLE} WHERE {' AND '.join(by_index[0])}{limit}),"  # noqa: S608
        " counted AS MATERIALIZED (SELECT count(*) AS total FROM found)"
    )


def _ranked(few: Rows, many: Rows, search: SearchText) -> tuple[str, list[Any]]:
    """Return the best scored of whom a search found, with how far each is from it."""
    tsquery, words = tsquery_sql(search=search)
    best = (
        f"(SELECT a.id FROM {few.table} WHERE {few.where} {_BEST_FIRST} LIMIT {MOST_RANKED}) UNION ALL"  # noqa: S608
        f" (SELECT a.id FROM {many.table} WHERE {many.where} {_BEST_FIRST} LIMIT {MOST_RANKED_OF_MANY})"
    )
    sql = (
        f"ranked AS MATERIALIZED (SELECT a.id, round(-ts_rank(a.search, {tsquery})::numeric, 6)::float8 AS distance"  # noqa: S608
        f" FROM ({best}) best JOIN {_TABLE} ON a.id = best.id)"
    )
    return sql, [*words, *few.values, *many.values]
