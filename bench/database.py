"""A database of a measurement's own, filled by the product's own migrations and dropped at the end."""

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

SIGN_IN_STATEMENTS = 2


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """Yield the address of the server in ``DATABASE_URL``, else of one started for now, as durable as the product's."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    from assay.runtime.postgres.cluster import running_cluster

    with tempfile.TemporaryDirectory(prefix="assay-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # The database may have to run as another user, who must be able to enter.
        folder.chmod(0o711)
        with running_cluster(folder / "data") as cluster:
            yield cluster.url()


@contextlib.contextmanager
def own_database(name: str, *, is_pooled: bool = False) -> Iterator[str]:
    """Yield the address of an empty database with the product's tables, with Django set up on it and on a data folder
    that is removed at the end. ``is_pooled`` keeps connections open between pages, as the web server does."""
    with (
        own_server() as url,
        tempfile.TemporaryDirectory(prefix="assay-bench-") as data,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            own_url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
            if is_pooled:
                os.environ["ASSAY_DATABASE_POOL"] = "1"
            _set_up_django(own_url, data)
            yield own_url
        finally:
            _close_connections()
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def statements(work: Callable[[], object]) -> int:
    """Return how many statements a piece of work sends to the database; a page of somebody signed in sends
    ``SIGN_IN_STATEMENTS`` of them before it begins."""
    from django.db import connection

    sent: Counter[str] = Counter()
    with connection.execute_wrapper(lambda run, *asked: sent.update(["sent"]) or run(*asked)):
        work()
    return sent["sent"]


def _set_up_django(url: str, data_folder: str) -> None:
    os.environ["DATABASE_URL"], os.environ["ASSAY_DATA"] = url, data_folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "assay.runtime.settings"
    import django
    from django.core.management import call_command

    django.setup()
    # Whitenoise warns about a folder that is not there.
    (Path(data_folder) / "static").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
