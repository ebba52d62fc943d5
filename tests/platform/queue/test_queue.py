"""Background work: bound to the caller's transaction, and never lost with its worker."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import TaskNotFound

from assay.platform.queue.tasks import background_task, enqueue, enqueue_many, get_queue_state

PROGRAM = Path(__file__).with_name("worker_program.py")
PATIENCE = 180


@background_task(name="tests.wait", attempts=3)
def wait(number: int) -> None:
    """Stands for the task of the worker's own program."""


@pytest.fixture(autouse=True)
def _empty_queue(db: None) -> None:
    """The library's own tables are not emptied between tests that commit."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs() -> list[tuple[str, dict[str, object], str, int]]:
    with connection.cursor() as cursor:
        # A worker also queues what the product repeats by the clock.
        cursor.execute(
            "SELECT task_name, args, status, attempts FROM procrastinate_jobs WHERE task_name LIKE %s ORDER BY id",
            ["tests.%"],
        )
        return [(name, json.loads(args), status, attempts) for name, args, status, attempts in cursor.fetchall()]


def database_url() -> str:
    chosen = connection.settings_dict
    return f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={chosen['HOST']}&port={chosen['PORT'] or 5432}"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_job() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("tests.wait", number=1)
        raise ZeroDivisionError
    assert jobs() == []
    with transaction.atomic():
        enqueue("tests.wait", number=2)
    assert jobs() == [("tests.wait", {"number": 2}, "todo", 0)]


@pytest.mark.django_db
def test_a_thousand_jobs_cost_one_statement(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        enqueue_many("tests.wait", batches=[{"number": number} for number in range(1000)])
    assert get_queue_state().waiting == 1000
    enqueue_many("tests.wait", batches=[])
    assert get_queue_state().waiting == 1000


@pytest.mark.django_db
def test_a_name_nobody_declared_is_refused_when_it_is_queued() -> None:
    with pytest.raises(TaskNotFound):
        enqueue("tests.wiat", number=1)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_is_tried_as_often_as_declared_and_then_given_up() -> None:
    tries: list[int] = []

    @background_task(name="tests.fail", attempts=2)
    def fail(number: int) -> None:
        tries.append(number)
        raise ValueError("no")

    enqueue("tests.fail", number=5)
    for _ in range(3):
        run_what_is_due()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at IS NOT NULL")
    assert tries == [5, 5]
    assert get_queue_state().failed == 1


def run_what_is_due() -> None:
    """Run a worker in this process until there is nothing left to do."""

    def work() -> None:
        try:
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        finally:
            connection.close()

    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()


@pytest.fixture
def pipes(tmp_path: Path) -> tuple[Path, Path]:
    """Two named pipes: one the task tells that it began, one it waits for."""
    began, release = tmp_path / "began", tmp_path / "release"
    os.mkfifo(began)
    os.mkfifo(release)
    return began, release


@pytest.fixture
def start_worker(pipes: tuple[Path, Path]) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start real worker processes; whatever still runs afterwards is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "assay.runtime.settings",
            "ASSAY_DATA": str(settings.DATA_DIR),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, str(PROGRAM), *map(str, pipes)]
        started.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def read_line(pipe: Path) -> str:
    """Wait until somebody writes into a pipe and return it. Fails after minutes instead of hanging."""
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ready, _, _ = select.select([handle], [], [], PATIENCE)
        assert ready, "the worker did not begin"
        return os.read(handle, 100).decode().strip()
    finally:
        os.close(handle)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_run_again_by_another(
    pipes: tuple[Path, Path], start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    began, release = pipes
    enqueue("tests.wait", number=7)
    first = start_worker()
    assert read_line(began) == "7"
    assert [job[2] for job in jobs()] == ["doing"]
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert [job[2] for job in jobs()] == ["doing"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    second = start_worker()
    assert read_line(began) == "7"
    release.write_text("go\n")
    second.send_signal(signal.SIGTERM)
    assert second.wait(PATIENCE) == 0
    assert jobs() == []
