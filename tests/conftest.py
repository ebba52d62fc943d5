"""What every test may ask for. A database server starts only when the first test that needs one runs.

``DATABASE_URL`` names a server to use instead of an own one; its role must be allowed to create databases.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
from tests.folders import enterable_folder
from tests.tabs import PATIENCE_MS

from assay.runtime.postgres.cluster import Cluster, running_cluster

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
# How long an example takes to make or to run tells of the machine, not of us; a fixture that writes to the database is
# for all examples of a test, which says itself what it leaves of the one before.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("untimed", _UNTIMED)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one Chromium of the run (its driver allows no second one); skips, saying why, where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the chromium package to run the browser tests")
    # The driver keeps a loop of its own running in this thread, beside which Django lets nobody reach the database.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE_MS)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        # Beside the loop this thread has a connection of its own, which nobody would find once the loop is gone.
        connections.close_all()


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The address of the run's server: the one in ``DATABASE_URL``, else an embedded one made for this run."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with enterable_folder() as folder, running_cluster(folder / "data", is_durable=False) as cluster:
        yield cluster.url()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_url: str) -> None:
    """Point Django at the run's server just before pytest-django makes its test database there."""
    from assay.runtime.settings import database_settings

    connections.settings["default"].update(database_settings(database_url))
    connections["default"].settings_dict.update(database_settings(database_url))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests that really commit empty everything afterwards: the audit log, which the product never allows, and the
    queue, whose tables Django does not empty. What it would write anew each time, and nobody reads, is left out.
    """
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db import connection
    from django.db.models.signals import post_migrate

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_refuse_truncate")
        _empty_queue()
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(create_permissions, dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.connect(_empty_queue, sender=apps.get_app_config("procrastinate"))


def _empty_queue(**_: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A fresh folder that the database's own user can enter (pytest's ``tmp_path`` is closed to it)."""
    with enterable_folder() as folder:
        yield folder


@pytest.fixture
def own_cluster(own_folder: Path) -> Iterator[Cluster]:
    """A server of this test's own, started: kill it, restart it, fill its disk. Only a power cut would lose data."""
    with running_cluster(own_folder / "data", is_durable=False) as cluster:
        yield cluster


@pytest.fixture
def small_disk(own_folder: Path) -> Iterator[Path]:
    """A folder on a file system of 96 MB, to be filled; skipped where mounting is not allowed."""
    mounted = own_folder / "disk"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96m,mode=0711", "tmpfs", str(mounted)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)
