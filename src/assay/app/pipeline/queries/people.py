"""Everybody who applied to a job that the person asking may see, by name or found by words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application
from assay.app.pipeline.search_sql import indexed_sql
from assay.core.pipeline.position import Position, read_position, write_position
from assay.core.pipeline.search_text import parse_search
from assay.platform.accounts.models import User

PAGE_SIZE = 50
MOST_HITS = 2_000


@dataclass(frozen=True, slots=True)
class PursuitView:
    """One application of a person, in a job that the person asking may see."""

    application_id: int
    job_id: int
    job_title: str
    stage: str
    status: str
    score: float | None
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with their applications, the newest first."""

    id: int
    name: str
    email: str
    location: str
    pursuits: tuple[PursuitView, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people. ``is_capped`` when a search hit more than the 2,000 applications it looks at."""

    rows: tuple[PersonRow, ...]
    previous: str
    next: str
    first_number: int
    is_capped: bool


def list_people(*, actor: User, text: str, at: str = "") -> PeoplePage:
    """Return people by name, fifty a page, in two queries. ``text`` searches names, skills and words of documents."""
    position = read_position(text=at, kinds=(str, int)) if at else None
    sql, values = _statement(actor=actor, text=text, position=position)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    backward = position is not None and position.is_backward
    shown = found[:PAGE_SIZE][::-1] if backward else found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    before = position.count if position else 0
    if backward:
        before = before - len(shown) if has_more else 0
    pursuits = _pursuits(actor=actor, person_ids=[record[0] for record in shown])
    return PeoplePage(
        rows=tuple(_row(record, pursuits.get(record[0], ())) for record in shown),
        previous=_at(shown[0], before, True) if shown and before > 0 else "",
        next=_at(shown[-1], before + len(shown), False) if shown and (has_more or backward) else "",
        first_number=before + 1,
        is_capped=bool(shown) and shown[0][5] > MOST_HITS,
    )


def _statement(*, actor: User, text: str, position: Position | None) -> tuple[str, list[Any]]:
    jobs, job_values = visible_jobs(user=actor).order_by().values("id").query.sql_with_params()
    search = parse_search(text=text)
    head, values, hits = "", list(job_values), "0"
    reachable = f"EXISTS (SELECT 1 FROM pipeline_application a WHERE a.person_id = p.id AND a.job_id IN ({jobs}))"  # noqa: S608
    if search.groups:
        matches, words = indexed_sql(search=search)
        head = (
            "WITH hits AS MATERIALIZED (SELECT a.person_id FROM pipeline_application a"  # noqa: S608
            f" WHERE {matches} AND a.job_id IN ({jobs}) LIMIT {MOST_HITS + 1}) "
        )
        values, reachable = [*words, *job_values], "p.id IN (SELECT person_id FROM hits)"
        hits = "(SELECT count(*) FROM hits)"
    backward = position is not None and position.is_backward
    edge = f" AND (lower(p.name), p.id) {'<' if backward else '>'} (%s::text, %s::bigint)" if position else ""
    direction = "DESC" if backward else "ASC"
    sql = (
        f"{head}SELECT p.id, p.name, p.email, p.location, lower(p.name), {hits} FROM pipeline_person p"  # noqa: S608
        f" WHERE p.merged_into_id IS NULL AND {reachable}{edge}"
        f" ORDER BY lower(p.name) {direction}, p.id {direction} LIMIT {PAGE_SIZE + 1}"
    )
    return sql, [*values, *(position.key if position else ())]


def _pursuits(*, actor: User, person_ids: list[int]) -> dict[int, tuple[PursuitView, ...]]:
    if not person_ids:
        return {}
    jobs = visible_jobs(user=actor)
    rows = (
        Application.objects.filter(person_id__in=person_ids, job__in=jobs)
        .order_by("person_id", "-applied_at", "-id")
        .values_list("person_id", "id", "job_id", "job__title", "stage__name", "status", "score", "applied_at")
    )
    found: dict[int, tuple[PursuitView, ...]] = {}
    for person_id, pk, job_id, title, stage, status, score, applied_at in rows:
        view = PursuitView(pk, job_id, title, stage, status, None if score is None else float(score), applied_at)
        found[person_id] = (*found.get(person_id, ()), view)
    return found


def _at(record: Any, count: int, is_backward: bool) -> str:
    return write_position(position=Position(key=(record[4], record[0]), count=count, is_backward=is_backward))


def _row(record: Any, pursuits: tuple[PursuitView, ...]) -> PersonRow:
    return PersonRow(
        id=record[0],
        name=record[1] or record[2] or f"Person {record[0]}",
        email=record[2],
        location=record[3],
        pursuits=pursuits,
    )
