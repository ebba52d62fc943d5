"""Imports under force: workers killed with no warning, and two people who bring in the same people at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from tests.simultaneous import at_once

from app.sourcing.kit import press, resume, table, uploaded, work_off
from assay.app.documents.models import Document
from assay.app.pipeline.models import Application, Job, Person
from assay.app.screening.models import Screening
from assay.app.sourcing.actions.drafts import copy_import
from assay.app.sourcing.actions.pieces import import_files, import_rows
from assay.app.sourcing.actions.running import begin_pieces, start_import, waiting_work
from assay.app.sourcing.models import ImportBatch
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import django
django.setup()
from assay.runtime.worker import run_worker
run_worker(concurrency=2)
"""
PATIENCE = 120


@pytest.fixture(autouse=True)
def _empty_queue(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def people(count: int) -> dict[str, bytes]:
    rows = [f"Row {n},row{n}@example.org" for n in range(count)]
    files = {f"{n}.txt": resume(f"File {n}", f"file{n}@example.org") for n in range(count)}
    return {"people.csv": table("Name,E-mail", *rows), **files}


def begin(desk: Client, job: Job, files: dict[str, bytes]) -> ImportBatch:
    desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded(files)})
    return ImportBatch.objects.latest("id")


@contextmanager
def worker(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the tests' database; it is killed with no warning at the end."""
    chosen = connection.settings_dict
    address = f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={chosen['HOST']}&port={chosen['PORT'] or 5432}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))}
    environment = {
        **kept,
        "DATABASE_URL": address,
        "ASSAY_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "assay.runtime.settings",
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    with subprocess.Popen([sys.executable, "-c", WORKER], env=environment, start_new_session=True) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def wait_until(is_so: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "the import stands still"
        pause.wait(0.02)


def let_the_dead_be_noticed() -> None:
    """Age the last sign of life of every worker, so that nobody has to wait half a minute."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


@pytest.mark.slow
def test_a_worker_killed_again_and_again_loses_nobody_and_doubles_nobody(
    desk: Client, job: Job, tmp_path: Path
) -> None:
    batch = begin(desk, job, people(40))
    press(desk, batch, "start")
    for goal in (5, 45, 60):
        with worker(tmp_path):
            wait_until(lambda: Application.objects.count() >= goal)  # noqa: B023 - called before the next round
        let_the_dead_be_noticed()
    with worker(tmp_path):
        wait_until(lambda: ImportBatch.objects.filter(pk=batch.pk, state="done").exists())
    assert Application.objects.count() == Person.objects.count() == 80
    assert Document.objects.count() == Screening.objects.count() == 40
    items = batch.items.filter(kind__in=["file", "row"])
    assert set(items.values_list("state", flat=True)) == {"imported"}
    assert items.values("application_id").distinct().count() == 80


def test_two_people_who_import_the_same_people_at_once_make_nobody_twice(
    desk: Client, job: Job, recruiter: User
) -> None:
    first = begin(desk, job, people(12))
    second = ImportBatch.objects.get(pk=copy_import(actor=recruiter, batch_id=first.pk))
    for batch in (first, second):
        start_import(actor=recruiter, batch_id=batch.pk)
        begin_pieces(actor=recruiter, batch_id=batch.pk)

    def bring_in(batch: ImportBatch, has_files: bool) -> Callable[[], object]:
        works = [work for work in waiting_work(batch) if work.has_files is has_files]
        act = import_files if has_files else import_rows
        return lambda: [act(actor=recruiter, batch_id=batch.pk, item_ids=work.item_ids) for work in works]

    done = at_once(*[bring_in(batch, has_files) for batch in (first, second) for has_files in (True, False)])
    assert [one for one in done if isinstance(one, BaseException)] == []
    assert Application.objects.count() == Person.objects.count() == 24
    assert Document.objects.count() == 12
    ended = ImportBatch.objects.filter(state="done")
    assert ended.count() == 2
    states = [item.state for batch in ended for item in batch.items.filter(kind__in=["file", "row"])]
    assert (states.count("imported"), states.count("duplicate")) == (24, 24)


def test_two_requests_that_add_files_to_one_draft_at_once_lose_none(desk: Client, job: Job, recruiter: User) -> None:
    batch = begin(desk, job, {"first.txt": resume()})

    def add(name: str) -> Callable[[], object]:
        browser = Client()
        browser.force_login(recruiter)
        files = uploaded({f"{name}{n}.txt": resume(name, f"{name}{n}@example.org") for n in range(5)})
        return lambda: browser.post(f"/imports/{batch.pk}/files", {"files": files}).status_code

    assert at_once(add("x"), add("y")) == [302, 302]
    assert batch.items.count() == 11
    press(desk, batch, "start")
    work_off()
    assert Application.objects.count() == 11
