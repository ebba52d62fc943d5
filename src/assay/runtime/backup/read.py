"""Putting a backup back."""

import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from assay.platform.files.reading import path_of
from assay.runtime.backup.layout import DATABASE, FILES, SECRET_KEY, Manifest
from assay.runtime.backup.tools import load_database
from assay.runtime.backup.verify import verify_backup
from assay.runtime.prepare import migrate
from assay.runtime.problem import RuntimeProblem


class NotEmpty(RuntimeProblem):
    """Raised when the database holds data and replacing it was not asked for."""


class InUse(RuntimeProblem):
    """Raised when something else is connected to the database."""


class FromNewerVersion(RuntimeProblem):
    """Raised when the backup's database has a shape this version does not know."""


class NoRoom(RuntimeProblem):
    """Raised when documents cannot be written; the database is unchanged."""


@dataclass(frozen=True, slots=True)
class RestoreSummary:
    """What was put back."""

    files: int
    made_at: str


def restore_backup(file: Path, *, replaces: bool) -> RestoreSummary:
    """Verify ``file``, write its documents, then replace the database in one transaction and bring it up to date.

    Until that transaction commits the installation is as it was, but for extra documents nobody refers to. With
    ``replaces`` documents that the backup does not name are removed at the end.
    """
    manifest = verify_backup(file)
    _check_target(manifest, replaces=replaces)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".assay-restore-") as folder:
        try:
            key = _extract(file, dump=Path(folder) / DATABASE)
        except OSError as error:
            raise NoRoom(f"The documents could not be written: {error.strerror or error}. No data changed.") from error
        load_database(Path(folder) / DATABASE)
    if key is not None:
        _write_key(key)
    if replaces:
        _remove_others(set(manifest.documents))
    connection.close()
    migrate()
    return RestoreSummary(files=len(manifest.documents), made_at=manifest.made_at)


def _check_target(manifest: Manifest, *, replaces: bool) -> None:
    from django.db.migrations.loader import MigrationLoader

    ours = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    unknown = sorted(set(manifest.migrations) - ours)
    if unknown:
        raise FromNewerVersion(
            f"The backup was made by Assay {manifest.assay_version}, whose database this version does not know "
            f"({unknown[0]}). Update Assay first."
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        others = int(cursor.fetchone()[0])
        tables = connection.introspection.table_names(cursor)
    if others:
        raise InUse("Something else is connected to the database. Stop Assay (web and workers) first.")
    if tables and not replaces:
        raise NotEmpty("There is data here already. Use --force to replace all of it by the backup.")


def _extract(file: Path, *, dump: Path) -> str | None:
    """Write the dump and every document; return the signing key when the backup holds one."""
    key = None
    with tarfile.open(file, mode="r:") as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            if content is None:
                continue
            if entry.name == DATABASE:
                with dump.open("wb") as target:
                    shutil.copyfileobj(content, target)
            elif entry.name == SECRET_KEY:
                key = content.read().decode()
            elif entry.name.startswith(FILES):
                _write_document(content.read(), path=path_of(sha256=entry.name.removeprefix(FILES)))
    return key


def _write_document(content: bytes, *, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_key(key: str) -> None:
    path = Path(settings.DATA_DIR) / "secret_key"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)


def _remove_others(kept: set[str]) -> None:
    for path in Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if path.name not in kept:
            path.unlink()
