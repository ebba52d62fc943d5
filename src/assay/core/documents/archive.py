"""Walk through a ZIP of documents one member at a time, without trusting its names, sizes or nesting."""

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from assay.core.documents.limits import Limits
from assay.core.documents.zip_guard import DAMAGE, NotAZip, TooManyEntries, open_zip

_ENCRYPTED_FLAG = 0x1
_CHUNK = 1 << 16
_BOMB_FROM = 1_000_000
_LONGEST_NAME = 200
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_JUNK_FOLDERS = frozenset({"__macosx"})
_JUNK_FILES = frozenset({"thumbs.db", "desktop.ini"})
_DRIVE = re.compile(r"^[A-Za-z]:")

_NESTED = "An archive inside the archive is not opened. Unpack it and add the files themselves."
_LOCKED = "This file is protected by a password. Make the archive again without one."
_BOMB = "This file unpacks to far more than a document holds, so it was not opened."
_DAMAGED = "This file is damaged inside the archive. Make the archive again."
_LINK = "This is a link to a file, not a file. Make the archive again with the file itself."
_FULL = "The archive unpacks to more than is taken in at once, so this file was left out. Add it separately."


class ArchiveRefused(Exception):
    """The archive as a whole is not opened; the message is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file of an archive: a safe name to show and its content, or the sentence that says why there is none."""

    name: str
    content: bytes | None
    refusal: str = ""


def list_members(*, archive: bytes | IO[bytes], limits: Limits) -> Iterator[ArchiveMember]:
    """Return the files of a ZIP in their order, one in memory at a time; folders and system junk are skipped.

    ``archive`` is the whole ZIP or an open seekable binary file that stays open while members are taken. Raises
    ``ArchiveRefused`` at once when it is not a ZIP, lists too many files, or its files overlap.
    """
    file = io.BytesIO(archive) if isinstance(archive, bytes) else archive
    try:
        opened = open_zip(file=file, max_entries=limits.archive.max_members)
    except TooManyEntries:
        most = limits.archive.max_members
        raise ArchiveRefused(f"The archive lists more than {most:,} files. Split it and add the parts.") from None
    except NotAZip:
        raise ArchiveRefused("This is not a ZIP archive, or it is damaged. Make it again.") from None
    length = file.seek(0, io.SEEK_END)
    if sum(entry.compress_size for entry in opened.infolist()) > length:
        raise ArchiveRefused("The files in this archive overlap, as only an attack makes them. It was not opened.")
    return _members(opened, limits)


def safe_name(*, name: str) -> str:
    """Return a member's name as a relative path without ``..``, drives, control or invisible characters."""
    parts = [part.strip() for part in _DRIVE.sub("", name).replace("\\", "/").split("/")]
    path = "/".join(part for part in parts if part not in ("", ".", ".."))
    shown = "".join(letter for letter in path if unicodedata.category(letter)[0] != "C")
    return shown[-_LONGEST_NAME:].lstrip("/") or "unnamed"


def _members(opened: zipfile.ZipFile, limits: Limits) -> Iterator[ArchiveMember]:
    taken = 0
    with opened:
        for entry in opened.infolist():
            if entry.filename.endswith("/") or _is_junk(entry.filename):
                continue
            name = safe_name(name=entry.filename)
            refusal = _refusal(entry, name, limits)
            if not refusal and taken + entry.file_size > limits.archive.max_inflated_bytes:
                refusal = _FULL
            content = None if refusal else _read(opened, entry, limits)
            if content is None:
                yield ArchiveMember(name=name, content=None, refusal=refusal or _DAMAGED)
                continue
            taken += len(content)
            if content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" not in content:
                yield ArchiveMember(name=name, content=None, refusal=_NESTED)
            else:
                yield ArchiveMember(name=name, content=content)


def _is_junk(name: str) -> bool:
    parts = name.replace("\\", "/").lower().split("/")
    last = parts[-1]
    return last.startswith(".") or last in _JUNK_FILES or any(part in _JUNK_FOLDERS for part in parts)


def _refusal(entry: zipfile.ZipInfo, name: str, limits: Limits) -> str:
    """Return why a member is not inflated, judged by the index alone; empty when it may be."""
    if name.lower().endswith(_ARCHIVES):
        return _NESTED
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return _LOCKED
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _LINK
    if entry.file_size > _BOMB_FROM and entry.file_size > limits.archive.max_ratio * max(1, entry.compress_size):
        return _BOMB
    if entry.file_size > limits.max_bytes:
        most = limits.max_bytes / 1e6
        return f"This file is {entry.file_size / 1e6:.1f} MB; at most {most:.0f} MB are read. Ask for a smaller one."
    return ""


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes | None:
    """Inflate one member, however much it claims to be never beyond the limit; None when it is damaged."""
    parts: list[bytes] = []
    size = 0
    try:
        with opened.open(entry) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > limits.max_bytes:
                    return None
                parts.append(chunk)
    except DAMAGE:
        return None
    return b"".join(parts)
