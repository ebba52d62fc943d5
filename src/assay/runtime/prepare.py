"""What must be true before pages are served, done in a process of its own so that the supervisor stays small.

Run as ``python -m assay.runtime.prepare [--demo]``; tells the supervisor what it did in one JSON line on stdout.
"""

import contextlib
import hashlib
import importlib
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from assay import __version__
from assay.runtime.application import set_up_django


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done, the first sign-in's path where there is no administrator, and how to enter a demo."""

    migrations_applied: int
    are_static_files_new: bool
    first_admin_path: str | None
    demo_sign_in: str | None


def prepare(*, is_demo: bool) -> Prepared:
    """Migrate, collect static files, seed the demo when asked, and make the first sign-in link when it is needed."""
    applied = migrate()
    collected = collect_static_files()
    demo = importlib.import_module("assay.runtime.demo.seed").seed_demo() if is_demo else None
    accounts = importlib.import_module("assay.platform.accounts.actions")
    return Prepared(
        migrations_applied=applied,
        are_static_files_new=collected,
        first_admin_path=accounts.issue_first_admin_link(),
        demo_sign_in=str(demo) if demo is not None else None,
    )


def migrate() -> int:
    """Apply every pending migration and return how many there were. Django must be set up."""
    from django.core.management import call_command

    pending = pending_migrations()
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
    return len(pending)


def pending_migrations() -> list[str]:
    """Return the names of migrations not yet applied, in order, e.g. ``pipeline.0001_initial``."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def collect_static_files() -> bool:
    """Copy static files with hashed names into the data folder when they differ from those there."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / ".stamp", _static_fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)
    return True


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list(ignore_patterns=None), key=lambda found: found[0]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main() -> None:
    """Prepare and report."""
    with contextlib.redirect_stdout(sys.stderr):
        set_up_django()
        done = prepare(is_demo="--demo" in sys.argv[1:])
    sys.stdout.write(json.dumps(asdict(done)) + "\n")


if __name__ == "__main__":
    main()
