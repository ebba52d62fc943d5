"""What it costs to go to the next candidate of the review queue: ``python -m bench.review_queue [--applicants 2000]``.

Brings in 400 generated résumé files through the import's own actions (read, screened, stored), copies all their rows
until the queue is long enough, then asks for one candidate after another (never a copy) as the review page does: the
fragment alone, at the address that its button for the next one names. Processor time is that of the web process, of
its contained reader and of its database connection together. Half of the files are PDFs, shown as pages with the
places of the quotes; half are not, and are shown as text. A PDF asked for the first time has its quotes looked up on
the page; a second time they are remembered. The picture of a page is a request of its own, which the page makes ahead
of time. Baseline: the same rows fetched with bare SQL through psycopg. Uses the server in ``DATABASE_URL``, else one
of its own.
"""

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.applicants import applicant_files, open_bench_job
from bench.database import own_database
from bench.processes import cpu_seconds, tree_of
from bench.table import Line, print_table

MOST_MS = 100
REQUESTS = 120
FORMS = ("pdf", "docx", "two_columns", "text", "pdf", "html")
PIECE = 100
FILES = 400
SHIFT = 1_000_000
_COPIED = {
    "pipeline_person": ("id",),
    "pipeline_application": ("id", "person_id"),
    "documents_document": ("id", "application_id"),
    "documents_reading": ("document_id",),
    "screening_screening": ("id", "application_id", "document_id"),
    "screening_measurement": ("id", "application_id", "screening_id"),
}
_NEXT = re.compile(rb'hx-get="([^"]+)"[^>]*data-review-next|data-review-next[^>]*hx-get="([^"]+)"')
_BARE = (
    "SELECT * FROM pipeline_job WHERE id = %(job)s",
    "SELECT * FROM pipeline_stage WHERE job_id = %(job)s ORDER BY position",
    "SELECT a.id, a.status, a.revision, a.submitted, a.source, a.applied_at, a.stage_id, a.score, a.flags, p.*"
    " FROM pipeline_application a JOIN pipeline_person p ON p.id = a.person_id WHERE a.id = %(at)s",
    "SELECT count(*) FROM pipeline_application WHERE job_id = %(job)s AND status = 'active' AND needs_review",
    "SELECT a.id, p.name, a.score, a.must_haves_met, a.must_haves_total FROM pipeline_application a"
    " JOIN pipeline_person p ON p.id = a.person_id WHERE a.job_id = %(job)s AND a.status = 'active' AND a.needs_review"
    " AND a.score >= (SELECT score FROM pipeline_application WHERE id = %(at)s) ORDER BY a.score, a.id DESC LIMIT 13",
    "SELECT a.id, p.name, a.score, a.must_haves_met, a.must_haves_total FROM pipeline_application a"
    " JOIN pipeline_person p ON p.id = a.person_id WHERE a.job_id = %(job)s AND a.status = 'active' AND a.needs_review"
    " AND a.score < (SELECT score FROM pipeline_application WHERE id = %(at)s) ORDER BY a.score DESC, a.id LIMIT 36",
    "SELECT * FROM screening_screening WHERE application_id = %(at)s AND is_current",
    "SELECT d.*, r.*, f.* FROM documents_document d JOIN documents_reading r ON r.document_id = d.id"
    " JOIN files_storedfile f ON f.id = d.stored_file_id WHERE d.application_id = %(at)s",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one kind of request: mean processor ms of all involved, 95th percentile of wall ms, queries of the last."""

    cpu_ms: float
    wall_p95_ms: float
    queries: int


def bring_in(user: Any, job_id: int, count: int) -> None:
    """Import files in this process, by the actions that the worker calls."""
    from assay.app.sourcing.actions.drafts import Upload, add_uploads, begin_import
    from assay.app.sourcing.actions.pieces import import_files
    from assay.app.sourcing.actions.running import begin_pieces, start_import
    from assay.app.sourcing.queries import list_items
    from assay.platform.files.actions import store_bytes

    batch_id = begin_import(actor=user, job_id=job_id, source="bench")
    uploads = [
        Upload(file.name, file.content[:512], len(file.content), store_bytes(content=file.content).pk)
        for file in applicant_files(count=count, forms=FORMS)
    ]
    add_uploads(actor=user, batch_id=batch_id, uploads=uploads)
    start_import(actor=user, batch_id=batch_id)
    begin_pieces(actor=user, batch_id=batch_id)
    ids = [item.id for item in list_items(batch_id=batch_id, limit=None).items]
    for start in range(0, count, PIECE):
        import_files(actor=user, batch_id=batch_id, item_ids=ids[start : start + PIECE])
        print(f"{min(start + PIECE, count)} of {count} brought in", file=sys.stderr)


def copy_rows(url: str, copies: int) -> None:
    """Write everything that belongs to an applicant again, as other applicants."""
    with psycopg.connect(url) as connection:
        for copy in range(1, copies + 1):
            for table, keys in _COPIED.items():
                names = connection.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                    " AND is_generated = 'NEVER' ORDER BY ordinal_position",
                    [table],
                ).fetchall()
                columns = [str(name) for (name,) in names]
                values = {name: f'"{name}" + {copy * SHIFT}' for name in keys} | {"email": f"'{copy}.' || email"}
                chosen = ", ".join(values.get(name, f'"{name}"') for name in columns)
                quoted = ", ".join(f'"{name}"' for name in columns)
                connection.execute(
                    f"INSERT INTO {table} ({quoted}) SELECT {chosen} FROM {table} WHERE {keys[0]} < {SHIFT}"
                )


class Browser:
    """A signed-in recruiter's browser on the review page, in this process, without a network in between."""

    def __init__(self, user: Any) -> None:
        from django.test import Client

        self._client = Client(SERVER_NAME="localhost")
        self._client.force_login(user)

    def fragment(self, address: str) -> bytes:
        """Ask for a fragment as htmx does and return it."""
        answer = self._client.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        return answer.content

    def picture(self, document_id: int) -> None:
        """Ask for the picture of a first page."""
        answer = self._client.get(f"/documents/{document_id}/pages/1.png")
        assert answer.status_code == 200, f"a page of document {document_id} answered {answer.status_code}"


def measure(ask: Callable[[Any], object], of: Sequence[Any]) -> Cost:
    """Ask for each and return what that cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid

    def spent() -> float:
        return cpu_seconds([*tree_of(os.getpid()), backend])

    walls, before = [], spent()
    for one in of:
        began = time.perf_counter()
        ask(one)
        walls.append((time.perf_counter() - began) * 1000)
    cpu = (spent() - before) / len(of) * 1000
    with CaptureQueriesContext(connection) as captured:
        ask(of[-1])
    return Cost(cpu, statistics.quantiles(walls, n=20)[-1], len(captured))


def measure_bare(url: str, job_id: int, of: Sequence[int]) -> Cost:
    """Fetch the same rows with nothing around it."""
    with psycopg.connect(url, autocommit=True) as connection:

        def fetch(at: int) -> None:
            for sql in _BARE:
                connection.execute(sql, {"job": job_id, "at": at}).fetchall()

        for at in of[:10]:
            fetch(at)
        pids, walls = [os.getpid(), connection.info.backend_pid], []
        before = cpu_seconds(pids)
        for at in of:
            began = time.perf_counter()
            fetch(at)
            walls.append((time.perf_counter() - began) * 1000)
        cpu = (cpu_seconds(pids) - before) / len(of) * 1000
    return Cost(cpu, statistics.quantiles(walls, n=20)[-1], len(_BARE))


def candidates(job_id: int, *, are_pdf: bool) -> list[tuple[int, int]]:
    """Return application and document of candidates in the order of the queue, from its middle on."""
    from assay.app.documents.models import Document
    from assay.core.documents.document import DocumentKind

    rows = Document.objects.filter(application__job_id=job_id, application__needs_review=True).exclude(reading=None)
    rows = rows.filter(pk__lt=SHIFT)
    rows = rows.filter(kind=DocumentKind.PDF) if are_pdf else rows.exclude(kind=DocumentKind.PDF)
    ordered = rows.order_by("-application__score", "application_id").values_list("application_id", "id")
    found = list(ordered)
    start = max(0, (len(found) - REQUESTS) // 2)
    return found[start : start + REQUESTS]


def follow(browser: Browser, address: str, steps: int) -> int:
    """Press the button for the next candidate again and again; return how often it led somewhere new."""
    seen = {address}
    for _ in range(steps):
        found = _NEXT.search(browser.fragment(address))
        if found is None:
            break
        address = (found[1] or found[2]).decode().replace("&amp;", "&")
        if address in seen:
            break
        seen.add(address)
    return len(seen) - 1


def measure_all(url: str, user: Any, job_id: int) -> list[Line]:
    """Return the table's lines."""
    browser = Browser(user)
    here = f"/jobs/{job_id}/review/"
    steps = follow(browser, here, 10)
    pdfs, texts = candidates(job_id, are_pdf=True), candidates(job_id, are_pdf=False)
    bare = measure_bare(url, job_id, [application for application, _ in pdfs])

    def ask(application_id: int, more: str = "") -> bytes:
        return browser.fragment(f"{here}?at={application_id}{more}")

    costs = {
        "PDF as pages, first time": measure(lambda one: ask(one[0]), pdfs),
        "PDF as pages, again": measure(lambda one: ask(one[0]), pdfs),
        "PDF as text": measure(lambda one: ask(one[0], "&view=text"), pdfs),
        "DOCX, TXT, HTML as text": measure(lambda one: ask(one[0]), texts),
        "picture of a PDF's first page, first time": measure(lambda one: browser.picture(one[1]), pdfs),
    }
    lines = []
    for what, cost in costs.items():
        lines.append(Line(f"{what}: processor time", cost.cpu_ms, "ms", baseline=bare.cpu_ms, most=MOST_MS))
        lines.append(Line(f"{what}: p95 by the clock", cost.wall_p95_ms, "ms", baseline=bare.wall_p95_ms))
        lines.append(Line(f"{what}: queries", cost.queries, "", baseline=bare.queries))
    return [*lines, Line("button for the next candidate: steps that led on", steps, "", exactly=10)]


def main() -> int:
    """Fill, measure, print; exit 1 when over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, default=2_000)
    count = parser.parse_args().applicants
    files = min(count, FILES)
    with own_database("assay_bench_review_queue") as url:
        user, job_id = open_bench_job()
        bring_in(user, job_id, files)
        copy_rows(url, count // files - 1)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        lines = measure_all(url, user, job_id)
    return print_table(f"The next candidate in a review queue of {count:,}", lines)


if __name__ == "__main__":
    sys.exit(main())
