"""A process that runs background jobs, and takes over the jobs of workers that died."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from procrastinate import App, RetryDecision
from procrastinate.contrib.django import app as queue_app
from procrastinate.exceptions import JobRetry
from procrastinate.jobs import Status

_STALLED_AFTER_SECONDS = 30
_SWEEP_EVERY_SECONDS = 10
_GRACE_SECONDS = 20
_MOST_ATTEMPTS = 12

logger = logging.getLogger(__name__)


def run_worker(*, concurrency: int) -> None:
    """Run jobs until SIGINT or SIGTERM; then finish those in hand, for at most 20 seconds.

    Django must be set up. A job in hand when a process is killed is run again, by any worker, 30 seconds after that
    process was last heard of; every job is therefore written so that running it twice does no harm.
    """
    with queue_app.replace_connector(queue_app.connector.get_worker_connector()) as app:  # type: ignore[attr-defined]
        asyncio.run(_work_and_sweep(app, concurrency=concurrency))


async def _work_and_sweep(app: App, *, concurrency: int) -> None:
    async with app.open_async():
        sweeping = asyncio.create_task(_sweep_for_ever(app))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                shutdown_graceful_timeout=_GRACE_SECONDS,
                delete_jobs="successful",
                task_middleware=[with_fresh_connections],
            )
        finally:
            sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeping


async def _sweep_for_ever(app: App) -> None:
    # Not a job itself: a sweep that ran as a job could be the one that stalls.
    while True:
        await take_over_stalled_jobs(app)
        await asyncio.sleep(_SWEEP_EVERY_SECONDS)


async def take_over_stalled_jobs(app: App) -> int:
    """Queue again every job whose worker was not heard of for 30 seconds; return how many there were.

    A job that keeps losing its worker is given up after 12 tries: it may be what kills them.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER_SECONDS))
    for job in stalled:
        if job.attempts >= _MOST_ATTEMPTS:
            logger.error("job %s (%s) lost its worker %s times; it is given up", job.id, job.task_name, job.attempts)
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            continue
        logger.warning("job %s (%s) belonged to a worker that is gone; it runs again", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)


def with_fresh_connections(run_task: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Give a job a live connection and return it afterwards; run it again later when the database went away."""
    close_old_connections()
    try:
        return run_task()
    except (OperationalError, InterfaceError) as error:
        if context.job.attempts >= _MOST_ATTEMPTS:
            raise
        raise JobRetry(RetryDecision(retry_in={"seconds": min(2**context.job.attempts, 60)})) from error
    finally:
        connections.close_all()
