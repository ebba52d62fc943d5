"""How many rows of a table of applicants come in each second: ``python -m bench.imports [--rows 20000]``.

Writes a CSV of invented applicants, opens it as the import does (rows become items), lets a dry run look at them, and
imports them piece by piece, in one process, everything committed. Baseline: the bare rows of person and application
written by prepared INSERT statements through psycopg, 500 to a transaction, with no item, no audit event, no search
index entry and no question whether somebody is known already. Then the same table is imported a second time, when
everybody is a duplicate. Seconds are processor time of this process and of its connection's server process together,
because others may be busy on the machine; the whole is given by the clock as well.
"""

import argparse
import csv
import io
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.applicants import open_bench_job
from bench.database import own_database
from bench.processes import cpu_seconds
from bench.table import Line, print_table

LEAST_PER_SECOND = 1000
MOST_MB = 600
PIECE = 500
HEADINGS = ("First name", "Last name", "E-mail", "Phone", "City", "LinkedIn", "Source", "Years", "Notice period")
_CITIES = ("Berlin", "Lagos", "Kraków", "São Paulo", "Pune", "Leeds")


def invented_rows(count: int) -> list[tuple[str, ...]]:
    """Return that many different applicants as the cells of a table."""
    return [
        (
            f"Ada{number}",
            f"Byron-{number % 977}",
            f"Applicant{number}@mail.example",
            f"+44 7700 {number:06d}",
            _CITIES[number % len(_CITIES)],
            f"linkedin.com/in/ada{number}",
            "Fair" if number % 3 else "",
            str(number % 30),
            "3 months",
        )
        for number in range(count)
    ]


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    """Return the table as the bytes of a file."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return made.getvalue().encode()


def seconds_of(act: Callable[[], object], *, server: int | None = None) -> float:
    """Return the processor time that something took here and in the server process of the connection."""
    pids = [os.getpid(), server if server is not None else _server_process()]
    before = cpu_seconds(pids)
    act()
    return cpu_seconds(pids) - before


def _server_process() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def insert_bare(url: str, rows: list[tuple[str, ...]], job_id: int, stage_id: int) -> float:
    """Write a person and an application for every row and nothing else; return the seconds it took."""
    person = (
        "INSERT INTO pipeline_person (name, email, phone, location, links, created_at)"
        " VALUES (%s, %s, %s, %s, '[]', now()) RETURNING id"
    )
    application = (
        "INSERT INTO pipeline_application (person_id, job_id, stage_id, status, source, applied_at, submitted,"
        " screening_state, needs_review, must_haves_met, must_haves_missing, must_haves_total, flags, best_quote,"
        " revision) VALUES (%s, %s, %s, 'active', %s, %s, '{}', 'no_document', true, 0, 0, 0, '[]', '', 1)"
    )
    now = datetime.now(UTC)

    def insert() -> None:
        for start in range(0, len(rows), PIECE):
            with connection.transaction():
                for first, last, email, phone, city, _, source, *_ in rows[start : start + PIECE]:
                    made = connection.execute(person, [f"{first} {last}", f"bare-{email}", phone, city], prepare=True)
                    row = made.fetchone()
                    assert row is not None
                    connection.execute(application, [row[0], job_id, stage_id, source, now], prepare=True)

    with psycopg.connect(url) as connection:
        return seconds_of(insert, server=connection.info.backend_pid)


def run_import(user: Any, job_id: int, content: bytes) -> dict[str, float]:
    """Import a table and return the seconds that each step took."""
    from assay.app.sourcing.actions.checking import end_check_if_done, start_check
    from assay.app.sourcing.actions.drafts import Upload, add_uploads, begin_import
    from assay.app.sourcing.actions.opening import open_container
    from assay.app.sourcing.actions.pieces import import_rows
    from assay.app.sourcing.actions.running import begin_pieces, start_import, waiting_work
    from assay.app.sourcing.models import ImportBatch
    from assay.platform.files.actions import store_bytes

    batch_id = begin_import(actor=user, job_id=job_id, source="bench")
    stored = store_bytes(content=content)
    upload = Upload(path="people.csv", head=content[:512], size=len(content), stored_file_id=stored.pk)
    (item_id,) = add_uploads(actor=user, batch_id=batch_id, uploads=[upload]).container_ids
    seconds = {"open": seconds_of(lambda: open_container(actor=user, item_id=item_id))}
    start_check(actor=user, batch_id=batch_id)
    seconds["check"] = seconds_of(lambda: end_check_if_done(actor=user, batch_id=batch_id))
    start_import(actor=user, batch_id=batch_id)

    def bring_in() -> None:
        begin_pieces(actor=user, batch_id=batch_id)
        for work in list(waiting_work(ImportBatch.objects.get(pk=batch_id))):
            import_rows(actor=user, batch_id=batch_id, item_ids=work.item_ids)

    seconds["import"] = seconds_of(bring_in)
    assert ImportBatch.objects.get(pk=batch_id).state == "done"
    return seconds


def measure(url: str, count: int) -> list[Line]:
    """Run everything in one fresh database and return the lines of the table."""
    from assay.app.pipeline.models import Application, Stage

    user, job_id = open_bench_job()
    stage_id = Stage.objects.filter(job_id=job_id).order_by("position")[0].pk
    rows = invented_rows(count)
    bare = count / insert_bare(url, rows, job_id, stage_id)
    content = as_csv(rows)
    began = time.perf_counter()
    first = run_import(user, job_id, content)
    clock = time.perf_counter() - began
    made = Application.objects.count() - count
    again = run_import(user, job_id, content)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    per_second = "rows/s"
    return [
        Line("imported, from the file to the applications", count / (first["open"] + first["import"]), per_second, bare,
             least=LEAST_PER_SECOND),
        Line("of that: opened, rows become items", count / first["open"], per_second, bare),
        Line("of that: items become people and applications", count / first["import"], per_second, bare),
        Line("dry run", count / first["check"], per_second, bare),
        Line("imported again, everybody is a duplicate", count / (again["open"] + again["import"]), per_second, bare),
        Line("the whole, with its dry run, by the clock", count / clock, per_second),
        Line("applications made", made, "", exactly=count),
        Line("applications made the second time", Application.objects.count() - count - made, "", exactly=0),
        Line("memory of the process at its peak", memory, "MB", most=MOST_MB),
    ]  # fmt: skip


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    count = parser.parse_args().rows
    with own_database("assay_bench_imports") as url:
        return print_table(f"Import of {count:,} rows of a table", measure(url, count))


if __name__ == "__main__":
    sys.exit(main())
