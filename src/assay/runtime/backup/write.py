"""Writing a backup while the product runs."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction

from assay import __version__
from assay.platform.files.reading import path_of
from assay.runtime.backup.layout import DATABASE, FILES, FORMAT, HEADER, MANIFEST, SECRET_KEY, Manifest
from assay.runtime.backup.tools import dump_database, server_version
from assay.runtime.problem import RuntimeProblem


class CannotWrite(RuntimeProblem):
    """Raised when the backup file cannot be written; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What was written: documents, bytes, and the sha256 of documents that were not there to be saved."""

    files: int
    size: int
    missing: tuple[str, ...]


def write_backup(target: Path, *, includes_key: bool) -> BackupSummary:
    """Write the database as of one moment, and every document it names, into ``target`` (mode 0600, replaced whole).

    Documents never change once stored, so those named at that moment are still right however long copying takes.
    Each is hashed on the way; one that is missing or damaged is left out and named.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with _private_file(unfinished) as file, tarfile.open(fileobj=file, mode="w") as archive:
            manifest = _write_members(archive, includes_key=includes_key, scratch=target.absolute().parent)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise CannotWrite(f"The backup could not be written to {target}: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return BackupSummary(files=len(manifest.documents), size=target.stat().st_size, missing=manifest.missing)


def _write_members(archive: tarfile.TarFile, *, includes_key: bool, scratch: Path) -> Manifest:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    _add_bytes(archive, HEADER, _json({"format": FORMAT, "assay_version": __version__, "made_at": made_at}))
    members: dict[str, str] = {}
    missing: list[str] = []
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".assay-backup-") as folder:
        dump = Path(folder) / DATABASE
        with _frozen_moment() as snapshot:
            migrations, documents = _applied_migrations(), _stored_documents()
            dump_database(dump, snapshot=snapshot)
        members[DATABASE] = _add_file(archive, DATABASE, dump)
    if includes_key:
        members[SECRET_KEY] = _add_bytes(archive, SECRET_KEY, settings.SECRET_KEY.encode())
    for sha256 in documents:
        if _is_intact(path_of(sha256=sha256), sha256=sha256):
            members[FILES + sha256] = _add_file(archive, FILES + sha256, path_of(sha256=sha256))
        else:
            missing.append(sha256)
    manifest = Manifest(
        assay_version=__version__,
        server_version=str(server_version()),
        made_at=made_at,
        migrations=migrations,
        members=members,
        missing=tuple(missing),
    )
    _add_bytes(archive, MANIFEST, _json(asdict(manifest)))
    return manifest


@contextlib.contextmanager
def _frozen_moment() -> Iterator[str]:
    """Yield the name of a snapshot that other connections can look through while the block lasts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _applied_migrations() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return tuple(str(row[0]) for row in cursor.fetchall())


def _stored_documents() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256 FROM files_storedfile ORDER BY 1")
        return [str(row[0]) for row in cursor.fetchall()]


def _is_intact(path: Path, *, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


@contextlib.contextmanager
def _private_file(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.addfile(_entry(name, size=path.stat().st_size), file)
    return digest


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> str:
    archive.addfile(_entry(name, size=len(content)), io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _entry(name: str, *, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode()
