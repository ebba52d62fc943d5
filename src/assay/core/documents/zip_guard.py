"""Open a ZIP only after its own index says that opening it is cheap."""

import io
import struct
import zipfile
import zlib
from typing import IO

_END_RECORD = b"PK\x05\x06"
_END_SIZE = 22
_END64_LOCATOR = b"PK\x06\x07"
_END64_LOCATOR_SIZE = 20
_LONGEST_COMMENT = 65_535
_BYTES_PER_ENTRY = 1_024

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""Everything that the standard library raises over a damaged ZIP (found by fuzzing)."""


class NotAZip(Exception):
    """The bytes have no readable ZIP index."""


class TooManyEntries(Exception):
    """The ZIP index lists more entries than may be read."""


def open_zip(*, file: IO[bytes], max_entries: int) -> zipfile.ZipFile:
    """Open a seekable binary file as a ZIP of at most ``max_entries``.

    The standard library reads the whole index into memory first, so the index's size is checked before.
    Raises ``NotAZip`` or ``TooManyEntries``.
    """
    if _index_size(file) > max_entries * _BYTES_PER_ENTRY:
        raise TooManyEntries
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise NotAZip(str(error)) from error
    if len(archive.infolist()) > max_entries:
        raise TooManyEntries
    return archive


def open_zip_bytes(*, content: bytes, max_entries: int) -> zipfile.ZipFile:
    """Open ``content`` as ``open_zip`` does."""
    return open_zip(file=io.BytesIO(content), max_entries=max_entries)


def _index_size(file: IO[bytes]) -> int:
    """Return the size in bytes that the end record gives for the index; raises ``NotAZip`` without one."""
    length = file.seek(0, io.SEEK_END)
    tail_size = min(length, _END_SIZE + _LONGEST_COMMENT + _END64_LOCATOR_SIZE)
    file.seek(length - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_END_RECORD)
    if at < 0 or at + _END_SIZE > len(tail):
        raise NotAZip("no end record")
    size = int(struct.unpack_from("<L", tail, at + 12)[0])
    locator = at - _END64_LOCATOR_SIZE
    if locator < 0 or not tail.startswith(_END64_LOCATOR, locator):
        return size
    file.seek(min(int(struct.unpack_from("<Q", tail, locator + 8)[0]), length))
    record = file.read(56)
    return int(struct.unpack_from("<Q", record, 40)[0]) if len(record) == 56 else size
