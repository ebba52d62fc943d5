"""Background work in three words: declare a task, enqueue it in the caller's transaction, sweep what stalled.

A task may run more than once (a killed worker's tasks are given to another), so it takes ids, looks at what is
already done and does the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from asgiref.sync import async_to_sync
from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

_FIRST_WAIT_SECONDS = 2
_SWEEP_AFTER_SECONDS = 30.0


def background_task(
    *, name: str, queue: str = "default", attempts: int = 5
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a function in an app's ``jobs.py`` as a task of that name; it is tried ``attempts`` times."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(**ids: Any) -> None:
            close_old_connections()
            try:
                function(**ids)
            finally:
                close_old_connections()

        app.task(
            name=name,
            queue=queue,
            retry=RetryStrategy(max_attempts=attempts, exponential_wait=_FIRST_WAIT_SECONDS),
        )(run)
        return run

    return declare


def enqueue(name: str, *, lock: str | None = None, **ids: int | str | list[int]) -> None:
    """Queue a task in the caller's transaction: a rollback leaves no task. Tasks with one ``lock`` run one by one."""
    app.configure_task(name=name, lock=lock).defer(**ids)


def enqueue_many(name: str, *, batches: Iterable[Mapping[str, int | str | list[int]]]) -> None:
    """Queue the same task once for each mapping of ids, in one statement."""
    rows = [dict(batch) for batch in batches]
    if rows:
        app.configure_task(name=name).batch_defer(*rows)


def sweep_stalled() -> int:
    """Give the tasks of dead workers to the living, and return how many. The supervisor calls this now and then."""

    async def sweep() -> int:
        stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_SWEEP_AFTER_SECONDS))
        for job in stalled:
            await app.job_manager.retry_job(job)
        return len(stalled)

    return async_to_sync(sweep)()


def count_waiting() -> int:
    """Count the tasks that wait or run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
