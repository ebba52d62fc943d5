"""A job with 5,000 applicants on its board: processor time, statements and bytes of the first cards, of further ones,
of the table and of a move, against the same people by the framework's own means in the same run: every card fetched as
objects for the board, the bare statement for a move. ``./dev bench board``, or ``python -m bench.board [--rows 5000]``;
uses the server in ``DATABASE_URL``, else one of its own."""

import argparse
import gzip
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg

from bench.applicants import open_bench_job
from bench.database import SIGN_IN_STATEMENTS, own_database, statements
from bench.table import Line, print_table

TIMES = 25
MOST_BOARD_MS, MOST_TABLE_MS, MOST_MOVE_MS = 100.0, 15.0, 20.0

PEOPLE = """
    INSERT INTO pipeline_person (name, email, phone, location, links, created_at)
    SELECT 'Applicant ' || n, n || '@bench.example', '+44 7700 ' || lpad(n::text, 6, '0'), '', '[]', now()
    FROM generate_series(1::bigint, %(rows)s) n
"""
# Most wait in the first stages, as in life; every fourth clock is past due, every seventh rests.
APPLICATIONS = """
    INSERT INTO pipeline_application (person_id, job_id, stage_id, status, source, applied_at, submitted,
        screening_state, needs_review, score, score_low, score_high, must_haves_met, must_haves_missing,
        must_haves_total, flags, best_quote, best_quote_page, revision, entered_stage_at, work_state, work_since,
        yellow_at, due_at, is_paused)
    SELECT p.id, %(job)s, s.id, 'active', (ARRAY['Careers page', 'Referral', 'Agency'])[1 + p.id %% 3],
        now() - p.id * interval '3 minutes', '{}', 'screened', s.position = 1, k.score, greatest(k.score - 8, 0),
        least(k.score + 8, 100), (p.id %% 5)::int, ((4 - p.id %% 5) / 2)::int, 4,
        CASE WHEN p.id %% 8 = 0 THEN '["hidden_text"]' ELSE '[]' END::jsonb,
        'Cut p99 latency of the arrival service from 480 ms to 90 ms by moving joins off the request path.', 1, 1,
        now() - (p.id %% 400) * interval '2 hours', CASE WHEN s.position = 1 THEN 'review' ELSE 'scheduling' END, now(),
        now() - interval '1 hour', now() + ((p.id %% 4) * 40 - 30) * interval '1 hour', p.id %% 7 = 0
    FROM pipeline_person p
    JOIN pipeline_stage s ON s.job_id = %(job)s AND s.position = 1 + floor(5 * power((p.id %% 997) / 997.0, 3))
    CROSS JOIN LATERAL (SELECT round((((p.id * 7919) %% 10007) / 100.07)::numeric, 3) AS score) k
"""


def fill(url: str, job_id: int, rows: int) -> None:
    """Write people and applications spread over the stages."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PEOPLE, {"rows": rows})
        connection.execute(APPLICATIONS, {"job": job_id, "rows": rows})
        for table in ("pipeline_application", "pipeline_person"):
            connection.execute(f"VACUUM ANALYZE {table}")  # noqa: S608 - two names of ours


def cpu_ms(work: Callable[[], object], *, times: int = TIMES) -> float:
    """Return the median processor time in milliseconds of this process, after two rounds to warm up."""
    taken = []
    for number in range(times + 2):
        began = time.process_time()
        work()
        if number > 1:
            taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)


def wall_ms(work: Callable[[], object], *, times: int = TIMES) -> float:
    """Return the median time by the clock in milliseconds, with the database's share."""
    taken = []
    for number in range(times + 2):
        began = time.perf_counter()
        work()
        if number > 1:
            taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def all_cards(job_id: int) -> int:
    """Fetch every applicant as objects with their person and stage: what a board that holds all cards begins with."""
    from assay.app.pipeline.models import Application

    rows = Application.objects.filter(job_id=job_id).select_related("person", "stage").order_by("rank_key", "id")
    return len(list(rows))


def mover(client: Any, ids: list[int], stages: list[int]) -> Callable[[], object]:
    """Return an act that moves the next applicant to another stage by the board's own address, as a drag does."""
    turn = iter(range(len(ids)))

    def act() -> None:
        answer = client.post(
            f"/applications/{ids[next(turn)]}/move",
            {"to_stage": stages[1], "revision": 1},
            headers={"Accept": "application/json"},
        )
        assert answer.status_code == 200, answer.content

    return act


def measure(user: Any, job_id: int, url: str) -> list[Line]:
    """Measure pages and moves and return the lines of the table."""
    from django.test import Client

    from assay.app.pipeline.models import Application, Stage

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    stages = list(Stage.objects.filter(job_id=job_id).order_by("position").values_list("id", flat=True))
    page = client.get(f"/jobs/{job_id}/board").content
    more = page.decode().split('class="cards-more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    plain = cpu_ms(lambda: all_cards(job_id), times=5)
    paths = {
        "board, first cards by score": (f"/jobs/{job_id}/board", MOST_BOARD_MS),
        "board, most overdue first": (f"/jobs/{job_id}/board?sort=clock", MOST_BOARD_MS),
        "board, 30 further cards": (more, None),
        "figures of every column": (f"/jobs/{job_id}/board/figures", None),
        "stage by stage": (f"/jobs/{job_id}/?view=stages", None),
        "table, first page": (f"/jobs/{job_id}/?view=table", MOST_TABLE_MS),
    }
    lines = []
    for name, (path, most) in paths.items():
        get = lambda path=path: client.get(path)  # noqa: E731 - bound to each path
        lines.append(Line(f"{name}, CPU", cpu_ms(get), "ms", baseline=plain, most=most))
        lines.append(Line(f"{name}, with the database", wall_ms(get), "ms", most=most))
        lines.append(Line(f"{name}, statements after sign-in", statements(get) - SIGN_IN_STATEMENTS, ""))
    lines.append(Line("board, bytes", len(page) / 1024, "KB"))
    lines.append(Line("board, bytes as they travel (gzip)", len(gzip.compress(page, 6)) / 1024, "KB"))
    fresh = list(Application.objects.filter(job_id=job_id, stage=stages[0]).values_list("id", flat=True)[: 3 * TIMES])
    bare = wall_ms(bare_mover(url, fresh[2 * TIMES :], stages[0]), times=TIMES - 2)
    move = mover(client, fresh, stages)
    lines.append(Line("move, statements after sign-in", statements(move) - SIGN_IN_STATEMENTS, ""))
    lines.append(Line("move, CPU", cpu_ms(move, times=TIMES - 4), "ms", most=MOST_MOVE_MS))
    lines.append(Line("move, with the database", wall_ms(move, times=TIMES - 4), "ms", baseline=bare))
    return lines


def bare_mover(url: str, ids: list[int], stage_id: int) -> Callable[[], object]:
    """Return an act that does a move's bare update in a transaction of its own."""
    connection, turn = psycopg.connect(url, autocommit=True), iter(ids)
    sql = "UPDATE pipeline_application SET stage_id = %s, entered_stage_at = now() WHERE id = %s"
    return lambda: connection.execute(sql, (stage_id, next(turn)))


def main() -> int:
    """Fill, measure, print; exit 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    rows = parser.parse_args().rows
    with own_database("assay_bench_board", is_pooled=True) as url:
        user, job_id = open_bench_job()
        fill(url, job_id, rows)
        lines = measure(user, job_id, url)
    return print_table(f"A board of {rows:,} (baseline: every applicant as objects; a bare update)", lines)


if __name__ == "__main__":
    sys.exit(main())
