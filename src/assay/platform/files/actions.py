"""The only way into the file store: bytes are on disk, whole and named by their hash, before a row refers to them."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from assay.platform.files.models import StoredFile
from assay.platform.files.naming import still_named
from assay.platform.files.reading import path_of

_BLOCK = 1024 * 1024
_LONGEST_MEDIA_TYPE = 100


class StorageFull(OSError):
    """Raised when the disk has no room left. Nothing was kept of the file."""

    def __init__(self) -> None:
        super().__init__(
            errno.ENOSPC, "The disk is full, so this file was not kept. Make room in the data folder and send it again."
        )


def store_bytes(*, content: bytes, media_type: str = "application/octet-stream") -> StoredFile:
    """Keep ``content`` and return its row; the same bytes are kept once. Raises ``StorageFull``."""
    return store_chunks(chunks=(content,), media_type=media_type)


def store_chunks(*, chunks: Iterable[bytes], media_type: str = "application/octet-stream") -> StoredFile:
    """Keep what ``chunks`` yields without holding it in memory, and return its row. Raises ``StorageFull``."""
    with _room_on(Path(settings.FILES_DIR)) as root:
        sha256, size = _write(root=root, chunks=chunks, is_flushed=True)
    kind = media_type.replace("\x00", "")[:_LONGEST_MEDIA_TYPE]
    stored, _ = StoredFile.objects.get_or_create(sha256=sha256, defaults={"size": size, "media_type": kind})
    return stored


def store_together(*, contents: Iterable[bytes]) -> list[StoredFile]:
    """Keep many files, each taken from ``contents`` in turn, and return their rows in that order.

    The disk is flushed once for all of them, before any row is written, instead of twice for each.
    Raises ``StorageFull``; no row then refers to any of them.
    """
    with _room_on(Path(settings.FILES_DIR)) as root:
        written = [_write(root=root, chunks=(content,), is_flushed=False) for content in contents]
        os.sync()
    rows = [StoredFile(sha256=sha256, size=size) for sha256, size in dict(written).items()]
    StoredFile.objects.bulk_create(rows, ignore_conflicts=True)
    by_hash = StoredFile.objects.in_bulk([row.sha256 for row in rows], field_name="sha256")
    return [by_hash[sha256] for sha256, _ in written]


@contextmanager
def _room_on(root: Path) -> Iterator[Path]:
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield root
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise


def _write(*, root: Path, chunks: Iterable[bytes], is_flushed: bool) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=root, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                for start in range(0, len(chunk), _BLOCK):
                    block = chunk[start : start + _BLOCK]
                    file.write(block)
                    digest.update(block)
                size += len(chunk)
            file.flush()
            if is_flushed:
                os.fsync(file.fileno())
        _put_in_place(incoming=Path(name), target=path_of(sha256=digest.hexdigest()), is_flushed=is_flushed)
    finally:
        Path(name).unlink(missing_ok=True)
    return digest.hexdigest(), size


def _put_in_place(*, incoming: Path, target: Path, is_flushed: bool) -> None:
    """Give the bytes their name. What already has that name stays, unless it lost some of its bytes."""
    if target.exists() and target.stat().st_size == incoming.stat().st_size:
        return
    new_folders = [folder for folder in (target.parent.parent, target.parent) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    incoming.replace(target)
    if is_flushed:
        for folder in {target.parent, *(made.parent for made in new_folders)}:
            _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@transaction.atomic
def discard_file(*, sha256: str) -> bool:
    """Forget a stored content and delete its bytes once the transaction is done; returns whether it went.

    What a row still refers to stays, and what somebody names by its hash alone (``still_named``).
    """
    row = StoredFile.objects.select_for_update().filter(sha256=sha256).first()
    if row is None or any(answer for _, answer in still_named.send(sender=None, sha256=sha256)):
        return False
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, IntegrityError):
        return False
    transaction.on_commit(lambda: _delete_bytes(sha256=sha256))
    return True


def _delete_bytes(*, sha256: str) -> None:
    """Delete bytes that no row names. Moved aside first: who stored the same again meanwhile gets them back."""
    path = path_of(sha256=sha256)
    aside = path.with_name(f".discarded-{sha256}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    if StoredFile.objects.filter(sha256=sha256).exists() and not path.exists():
        aside.replace(path)
    else:
        aside.unlink(missing_ok=True)
