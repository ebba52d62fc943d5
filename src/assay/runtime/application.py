"""The way into Django for the command line: the database's address first, then the settings, then the apps."""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assay.runtime.folder_lock import LockHeld
from assay.runtime.place import data_folder
from assay.runtime.postgres.binaries import find_binaries
from assay.runtime.postgres.cluster import Cluster, is_answering, socket_url
from assay.runtime.postgres.layout import plan_layout
from assay.runtime.postgres.os_user import choose_server_user
from assay.runtime.problem import RuntimeProblem

_WAIT_SECONDS = 30.0


class NotReachable(RuntimeProblem):
    """Raised when another process owns the database server but it does not answer."""


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """The address to use, and whether the server behind it is ours to start and stop."""

    url: str
    is_own: bool


@cache
def database_target() -> DatabaseTarget:
    """Return the server named by ``DATABASE_URL``, else our own; puts the address where the settings look."""
    if given := os.environ.get("DATABASE_URL"):
        return DatabaseTarget(url=given, is_own=False)
    url = socket_url(plan_layout(data_folder=data_folder(), user=choose_server_user()))
    os.environ["DATABASE_URL"] = url
    return DatabaseTarget(url=url, is_own=True)


def set_up_django() -> None:
    """Load settings and apps. Needs no reachable database."""
    database_target()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assay.runtime.settings")
    import django

    django.setup()


@contextlib.contextmanager
def reachable_database() -> Iterator[str]:
    """Yield the address of a database that answers: one given, one already running here, or one started for now.

    A server started for this call is stopped at its end.
    """
    target = database_target()
    if not target.is_own:
        yield target.url
        return
    cluster = Cluster(data_folder())
    try:
        cluster.prepare()
    except LockHeld:
        _wait_for_owner(cluster)
        yield target.url
        return
    try:
        cluster.start()
        yield target.url
    finally:
        cluster.stop()


def _wait_for_owner(cluster: Cluster) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    programs = find_binaries()
    while not is_answering(programs, cluster.layout.socket_folder):
        if time.monotonic() > deadline:
            raise NotReachable(
                f"Assay is running on {cluster.layout.data_folder}, but its database does not answer. "
                f"Look at {cluster.layout.log}."
            )
        time.sleep(0.1)
