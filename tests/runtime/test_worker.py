"""Jobs survive the worker that ran them, and the database they wrote to."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app as queue_app
from procrastinate.exceptions import JobRetry

from assay.runtime.worker import take_over_stalled_jobs, with_fresh_connections

ADD_WORKER = (
    "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"
)
ADD_JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts)"
    " VALUES ('default', 'some.task', '{}', %s, %s, %s) RETURNING id"
)


def add_job(*, status: str, silent_for: int, attempts: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ADD_WORKER, [silent_for])
        (worker,) = cursor.fetchone()
        cursor.execute(ADD_JOB, [status, worker, attempts])
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def sweep() -> int:
    """Sweep once, in a thread of its own: the browser's driver keeps an event loop running in this one."""

    async def once() -> int:
        connector = queue_app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with queue_app.replace_connector(connector) as app:
            async with app.open_async():
                return await take_over_stalled_jobs(app)

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(once())).result(120)


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_silent_worker_is_queued_again_and_that_of_a_living_one_is_left_alone() -> None:
    orphan = add_job(status="doing", silent_for=60)
    in_hand = add_job(status="doing", silent_for=5)

    assert sweep() == 1
    assert (status_of(orphan), status_of(in_hand)) == ("todo", "doing")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_loses_every_worker_is_given_up() -> None:
    deadly = add_job(status="doing", silent_for=60, attempts=12)
    sweep()
    assert status_of(deadly) == "failed"


@pytest.mark.django_db(transaction=True)
def test_a_job_cut_off_from_the_database_is_tried_again_later() -> None:
    def lose_the_database() -> None:
        raise OperationalError("server closed the connection unexpectedly")

    context = SimpleNamespace(job=SimpleNamespace(attempts=1))
    with pytest.raises(JobRetry):
        with_fresh_connections(lose_the_database, context, None)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_never_reaches_the_database_fails_in_the_end() -> None:
    def lose_the_database() -> None:
        raise OperationalError("no route to host")

    context = SimpleNamespace(job=SimpleNamespace(attempts=12))
    with pytest.raises(OperationalError):
        with_fresh_connections(lose_the_database, context, None)
