"""How much a page of a long list costs: ``./dev bench list_page``, or ``python -m bench.list_page [--rows 100000]``.

Fills a job with applicants in a database of its own, on the server in ``DATABASE_URL`` (one on this machine) or else on
one of its own, asks for pages as a recruiter's browser does, and prints CPU per page, queries, and what searches take
next to a baseline: the same rows read with bare SQL through psycopg, without the product around it. A search is judged
by processor time, of this process and of its database session, whatever else runs; beside it stands the clock.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg

from bench.applicants import open_bench_job
from bench.database import SIGN_IN_STATEMENTS, own_database, statements
from bench.processes import cpu_milliseconds

WORDS_IN_A_RESUME = 180
VOCABULARY = 20_000
PHRASES = 400
PAGES = 40
SEARCHES = 200
BUDGET_CPU_MS, BUDGET_QUERIES, BUDGET_SEARCH_MS = 15, 4, 50

PEOPLE = """
    INSERT INTO pipeline_person (name, email, phone, location, links, created_at)
    SELECT initcap(a.word) || ' ' || initcap(b.word), n || '@bench.example', '', '', '[]', now()
    FROM generate_series(1::bigint, %(rows)s) n
    JOIN word a ON a.id = 1 + (n * 7919) %% 4000 JOIN word b ON b.id = 4001 + (n * 104729) %% 9000
"""
APPLICATIONS = """
    INSERT INTO pipeline_application (person_id, job_id, stage_id, status, source, applied_at, submitted,
        screening_state, needs_review, score, score_low, score_high, must_haves_met, must_haves_missing,
        must_haves_total, flags, best_quote, best_quote_page, revision, search)
    SELECT p.id, %(job)s, %(stage)s, CASE WHEN p.id %% 10 = 0 THEN 'held' ELSE 'active' END, 'bench',
        now() - p.id * interval '1 minute', '{}',
        CASE WHEN p.id %% 50 = 0 THEN 'needs_person' ELSE 'screened' END, p.id %% 3 > 0,
        s.score, greatest(s.score - 6, 0), least(s.score + 6, 100), (p.id %% 5)::int, ((4 - p.id %% 5) / 2)::int, 4,
        CASE WHEN p.id %% 8 = 0 THEN '["thin_text"]' ELSE '[]' END::jsonb,
        'Cut p99 latency of the arrival service from 480 ms to 90 ms by moving joins off the request path.', 1, 1,
        setweight(to_tsvector('simple', p.name || ' ' || p.email), 'A')
            || setweight(to_tsvector('english', r.body), 'C')
    FROM pipeline_person p JOIN resume r ON r.id = p.id
    CROSS JOIN LATERAL (SELECT CASE WHEN p.id %% 50 = 0 THEN NULL
        ELSE round((((p.id * 7919) %% 10007) / 100.07)::numeric, 3) END AS score) s
"""
BASELINE_NAME = "baseline: bare SQL"
BASELINE = """
    SELECT a.id, p.name, a.score, a.best_quote FROM pipeline_application a JOIN pipeline_person p ON p.id = a.person_id
    WHERE a.job_id = %s AND a.status = 'active' AND a.search @@ websearch_to_tsquery('english', %s)
    ORDER BY a.rank_key, a.id LIMIT 51
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of processor time, the database's too, and by the clock."""

    cpu: float
    wall: float


def made_up_words(source: random.Random) -> list[str]:
    """Return words that nobody wrote, of a length like real ones."""
    syllables = [c + v for c in "bcdfghjklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "or", "is")]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(source.choices(syllables, k=source.choice((2, 3, 3, 4))))] = None
    return list(words)


def made_up_phrases(words: list[str]) -> list[str]:
    """Return pairs of words that mostly go together, like "feature store"; the first are the most common."""
    return [f"{words[100 + 3 * n]} {words[3000 + 7 * n]}" for n in range(PHRASES)]


def fill(url: str, rows: int, job_id: int, words: list[str], source: random.Random) -> None:
    """Write people and applications whose texts use words as unevenly as people do."""
    phrases = made_up_phrases(words)
    terms = [*phrases, *words]
    weights = [1 / (rank + 10) for rank in (*range(len(phrases)), *range(len(words)))]
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE word (id int, word text); CREATE TEMP TABLE resume (id bigint, body text)")
        with cursor.copy("COPY word FROM STDIN") as copy:
            for number, word in enumerate(words, 1):
                copy.write_row((number, word))
        cursor.execute(PEOPLE, {"rows": rows})
        cursor.execute("SELECT min(id) FROM pipeline_person")
        first = cursor.fetchone()[0]
        with cursor.copy("COPY resume FROM STDIN") as copy:
            for number in range(rows):
                copy.write_row((first + number, " ".join(source.choices(terms, weights, k=WORDS_IN_A_RESUME))))
        cursor.execute("SELECT id FROM pipeline_stage WHERE job_id = %s ORDER BY position LIMIT 1", [job_id])
        cursor.execute(APPLICATIONS, {"job": job_id, "stage": cursor.fetchone()[0]})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE pipeline_application")
        connection.execute("VACUUM ANALYZE pipeline_person")


def measure_pages(user, job_id: int, words: list[str]) -> list[tuple[str, float, float, int]]:
    """Return, for each kind of page, median CPU ms, 95th percentile of wall ms, and queries without the sign-in."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    deep = deep_position(job_id)
    asked = {
        "first page": "",
        "page 1,001": f"?at={deep}",
        "by name": "?sort=name",
        "newest": "?sort=-applied",
        "must-haves met, score from 80": "?musts=all_met&min=80",
        "with a flag": "?flag=thin_text",
        "search, a common word": f"?q={words[40]}",
        "search, by relevance": f"?q={words[40]}&sort=relevance",
    }
    found = []
    for name, query in asked.items():
        path = f"/jobs/{job_id}/{query}"
        for _ in range(4):
            assert client.get(path).status_code == 200
        queries = statements(lambda path=path: client.get(path))
        cpu, wall = [], []
        for _ in range(PAGES):
            began, began_cpu = time.perf_counter(), time.process_time()
            client.get(path)
            cpu.append((time.process_time() - began_cpu) * 1000)
            wall.append((time.perf_counter() - began) * 1000)
        found.append((name, statistics.median(cpu), percentile(wall, 95), queries - SIGN_IN_STATEMENTS))
    return found


def deep_position(job_id: int) -> str:
    """Return the position of the row in the middle of the ranking, as the link to its page would carry it."""
    from assay.app.pipeline.models import Application
    from assay.core.pipeline.position import Position, write_position

    ranked = Application.objects.filter(job_id=job_id, status="active").order_by("rank_key", "id")
    row = ranked.values_list("rank_key", "id")[ranked.count() // 2]
    return write_position(position=Position(key=(float(row[0]), row[1]), count=50_000))


def measure_searches(url: str, job_id: int, words: list[str], source: random.Random) -> dict[str, list[Spent]]:
    """Return what the same searches take by the product's query, by relevance, over people, and by bare SQL."""
    from django.db import connection

    from assay.app.pipeline.queries.applicants import list_applicants
    from assay.app.pipeline.queries.people import list_people
    from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
    from assay.platform.accounts.models import User

    texts = [source.choice(searches(words, source)) for _ in range(SEARCHES)]
    user = User.objects.get()
    with psycopg.connect(url, autocommit=True) as bare, connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        sessions = (int(cursor.fetchone()[0]), bare.info.backend_pid)
        ways: dict[str, Callable[[str], object]] = {
            "applicants, best first": lambda text: list_applicants(job_id=job_id, filter_=ApplicantFilter(text=text)),
            "applicants, by relevance": lambda text: list_applicants(
                job_id=job_id, filter_=ApplicantFilter(text=text, order=ApplicantOrder.RELEVANCE)
            ),
            "candidates": lambda text: list_people(actor=user, text=text),
            BASELINE_NAME: lambda text: bare.execute(BASELINE, (job_id, text)).fetchall(),
        }
        for way in ways.values():
            for text in texts[:10]:
                way(text)
        return {name: [spent(way, text, sessions) for text in texts] for name, way in ways.items()}


def searches(words: list[str], source: random.Random) -> list[str]:
    """Return one search of each sort: common and rare words, two of them, a name, a phrase, one without another."""
    common, middling = source.choice(words[:60]), source.choice(words[60:1000])
    rare, name = source.choice(words[5000:]), source.choice(words[:4000])
    phrase = source.choice(made_up_phrases(words))
    return [
        common,
        middling,
        rare,
        name,
        f"{common} {middling}",
        f"{middling} {rare}",
        f'"{phrase}"',
        f"{middling} -{common}",
    ]


def spent(way: Callable[[str], object], text: str, sessions: Sequence[int]) -> Spent:
    """Return what something takes, ``sessions`` being the processes of the database that may do it."""
    began, began_cpu = time.perf_counter(), cpu_of(sessions)
    way(text)
    return Spent(cpu_of(sessions) - began_cpu, (time.perf_counter() - began) * 1000)


def cpu_of(sessions: Sequence[int]) -> float:
    """Return the processor time that this process and sessions of the database have spent, in milliseconds."""
    return time.process_time() * 1000 + sum(cpu_milliseconds(pid) for pid in sessions)


def percentile(values: list[float], share: int) -> float:
    """Return a percentile by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * share / 100))]


def report(rows: int, pages: list[tuple[str, float, float, int]], found: dict[str, list[Spent]]) -> bool:
    """Print the tables and return whether every budget is kept."""
    print(f"\nA page of {rows:,} applicants (budget: {BUDGET_CPU_MS} ms CPU, {BUDGET_QUERIES} queries after sign-in)")
    print(f"{'page':<34}{'CPU ms':>9}{'wall p95 ms':>13}{'queries':>9}")
    for name, cpu, wall, queries in pages:
        print(f"{name:<34}{cpu:>9.1f}{wall:>13.1f}{queries:>9}")
    print(f"\n{SEARCHES} searches over {rows:,} documents (budget: p95 {BUDGET_SEARCH_MS} ms CPU, the database's too)")
    print(
        f"{'way':<28}{'CPU p50 ms':>12}{'CPU p95 ms':>12}{'p95 / baseline':>16}{'wall p50 ms':>13}{'wall p95 ms':>13}"
    )
    cpus = {name: [one.cpu for one in times] for name, times in found.items()}
    for name, times in found.items():
        cpu, wall = cpus[name], [one.wall for one in times]
        ratio = percentile(cpu, 95) / percentile(cpus[BASELINE_NAME], 95)
        print(f"{name:<28}{percentile(cpu, 50):>12.1f}{percentile(cpu, 95):>12.1f}{ratio:>16.2f}", end="")
        print(f"{percentile(wall, 50):>10.1f}{percentile(wall, 95):>10.1f}")
    kept = all(cpu <= BUDGET_CPU_MS and queries <= BUDGET_QUERIES for _, cpu, _, queries in pages)
    searched = (cpu for name, cpu in cpus.items() if name != BASELINE_NAME)
    return kept and all(percentile(cpu, 95) <= BUDGET_SEARCH_MS for cpu in searched)


def main() -> int:
    """Fill, measure, print; exit 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    source = random.Random(17)
    with own_database("assay_bench_list_page", is_pooled=True) as url:
        user, job_id = open_bench_job()
        words = made_up_words(source)
        fill(url, rows, job_id, words, source)
        pages = measure_pages(user, job_id, words)
        found = measure_searches(url, job_id, words, source)
    return 0 if report(rows, pages, found) else 1


if __name__ == "__main__":
    sys.exit(main())
