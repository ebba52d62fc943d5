"""Background work in a few words: declare a task, enqueue it in the caller's transaction, repeat it by the clock.

A task may run more than once (a killed worker's tasks are given to another), so it takes ids, looks at what is
already done and does the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias, cast

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

_FIRST_WAIT_SECONDS = 2

Ids: TypeAlias = int | str | list[int]


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the background is doing: tasks waiting or running, tasks given up, and when a worker was last heard of."""

    waiting: int
    failed: int
    worker_seen_at: datetime | None


def background_task(
    *, name: str, queue: str = "default", attempts: int = 5
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a function in an app's ``jobs.py`` as a task of that name; it is tried ``attempts`` times in all.

    Tries wait 2, 4, 8... seconds after a failure. The queue gives each run its own database connection.
    """

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        retry = RetryStrategy(max_attempts=attempts - 1, exponential_wait=_FIRST_WAIT_SECONDS)
        app.task(name=name, queue=queue, retry=retry)(function)
        return function

    return declare


def repeated_task(
    *, name: str, cron: str, queue: str = "default", attempts: int = 5
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare a task that runs by the clock (``cron`` in UTC), once however many workers there are."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        @wraps(function)
        def run(timestamp: int) -> None:
            del timestamp
            function()

        retry = RetryStrategy(max_attempts=attempts - 1, exponential_wait=_FIRST_WAIT_SECONDS)
        app.periodic(cron=cron)(app.task(name=name, queue=queue, retry=retry, queueing_lock=name)(run))
        return function

    return declare


def enqueue(name: str, *, lock: str | None = None, at: datetime | None = None, **ids: Ids) -> None:
    """Queue a task in the caller's transaction: a rollback leaves no task. Tasks with one ``lock`` run one by one.

    With ``at`` it does not begin before then. Give such a task no ``lock``: those queued later would wait for it too.

    Raises ``procrastinate.exceptions.TaskNotFound`` for a name that no ``jobs.py`` declared.
    """
    app.configure_task(name=name, allow_unknown=False, lock=lock, schedule_at=at).defer(**cast(Mapping[str, Any], ids))


def enqueue_many(name: str, *, batches: Iterable[Mapping[str, Ids]]) -> None:
    """Queue the same task once for each mapping of ids, in one statement."""
    rows = [cast(dict[str, JSONValue], dict(batch)) for batch in batches]
    if rows:
        app.configure_task(name=name, allow_unknown=False).batch_defer(*rows)


def get_queue_state() -> QueueState:
    """Return how the background is doing, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')), count(*) FILTER (WHERE status = 'failed'),"
            " (SELECT max(last_heartbeat) FROM procrastinate_workers) FROM procrastinate_jobs"
        )
        waiting, failed, worker_seen_at = cursor.fetchone()
    return QueueState(waiting=waiting, failed=failed, worker_seen_at=worker_seen_at)
