"""Checks of the running service: database, tables, workers, documents."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from assay.runtime.application import database_target, reachable_database, set_up_django
from assay.runtime.doctor.finding import Finding, fine, note, wrong
from assay.runtime.doctor.mail import examine_mail
from assay.runtime.folder_lock import FolderLock, LockHeld
from assay.runtime.place import data_folder
from assay.runtime.postgres.cluster import Cluster
from assay.runtime.problem import RuntimeProblem

_SAMPLE = 200
_SILENT_AFTER_SECONDS = 30


def examine_service() -> Iterator[Finding]:
    """Yield findings that need the database; starts our own server for the while when it is not running."""
    if database_target().is_own and not _cluster_exists():
        yield note("database", "not made yet", advice="`assay run` makes it")
        return
    is_running = _is_running()
    set_up_django()
    from django.db import Error

    try:
        with reachable_database():
            yield from _check_database()
            yield from check_workers(is_running=is_running)
            yield from check_documents()
            yield from examine_mail()
    except RuntimeProblem as problem:
        yield wrong("database", "does not start", advice=str(problem))
    except Error as error:
        yield wrong("database", f"does not answer: {error}".strip(), advice="check DATABASE_URL and the server's log")


def _cluster_exists() -> bool:
    try:
        return Cluster(data_folder()).layout.cluster.exists()
    except PermissionError:
        return True


def _is_running() -> bool:
    if not data_folder().exists():
        return False
    try:
        with FolderLock(Cluster(data_folder()).layout.lock):
            return False
    except LockHeld:
        return True


def _check_database() -> Iterator[Finding]:
    from django.db import connection

    from assay.runtime.prepare import pending_migrations

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    yield fine("database", f"PostgreSQL {version} answers, {size}")
    pending = pending_migrations()
    if pending:
        yield wrong("tables", f"{len(pending)} migrations are pending, e.g. {pending[0]}", advice="run `assay migrate`")
    else:
        yield fine("tables", "up to date")


def check_workers(*, is_running: bool) -> Iterator[Finding]:
    """Look at when workers were last heard of, and at jobs that failed or wait. Needs an answering database."""
    from django.db import connection

    if "procrastinate_workers" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [_SILENT_AFTER_SECONDS],
        )
        alive = int(cursor.fetchone()[0])
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        jobs = {str(status): int(number) for status, number in cursor.fetchall()}
    if is_running and not alive:
        yield wrong(
            "workers", f"none was heard of for {_SILENT_AFTER_SECONDS} s", advice="look at what `assay run` prints"
        )
    else:
        waiting = f"{jobs.get('todo', 0)} jobs waiting"
        yield fine("workers", f"{alive} at work, {waiting}") if alive else note("workers", f"none running, {waiting}")
    if jobs.get("failed"):
        yield note("jobs", f"{jobs['failed']} failed for good", advice="the pages of what they worked on say why")


def check_documents() -> Iterator[Finding]:
    """Hash a random sample of the stored documents and compare with their names. Needs an answering database."""
    from django.db import connection

    from assay.platform.files.models import StoredFile
    from assay.platform.files.reading import path_of

    if StoredFile._meta.db_table not in connection.introspection.table_names():
        return
    names = list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))
    sample = random.sample(names, min(_SAMPLE, len(names)))
    bad = [name for name in sample if not _is_intact(path_of(sha256=name), sha256=name)]
    if bad:
        yield wrong(
            "documents",
            f"{len(bad)} of {len(sample)} looked at are missing or changed, e.g. {bad[0]}",
            advice="restore them from a backup",
        )
    else:
        yield fine("documents", f"{len(names)} stored, {len(sample)} looked at and intact")


def _is_intact(path: Path, *, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
