"""Letters that somebody brings: one piped in by a mail server, or files (``.eml``, and ``mbox`` with many in one)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.headers import head_of, read_fields

_BLOCK = 1024 * 1024
_LONGEST_HEAD = 256_000
_FROM_LINE = re.compile(rb"From [^\n]*\r?\n")
_STUFFED = re.compile(rb"(?m)^>(>*From )")


class NoLetter(ValueError):
    """Raised for bytes that are no letter: empty, or without a single header. The message can be shown."""


def take_stream(stream: BinaryIO) -> int:
    """Keep the one letter that a stream holds, and return its id; of a larger one than we take, only the head.

    The rest is read to its end and dropped, because whoever pipes it in waits for that. Raises ``NoLetter`` or
    ``StorageFull``.
    """
    source = stream.read(settings.MAIL_LARGEST + 1)
    if len(source) <= settings.MAIL_LARGEST:
        return _take(source)
    full_size = len(source)
    while block := stream.read(_BLOCK):
        full_size += len(block)
    return _take(_head_with_end(source), full_size=full_size)


def take_file(path: Path) -> Iterator[int]:
    """Keep every letter in a file and yield their ids. Raises ``NoLetter``, ``StorageFull`` or ``OSError``."""
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
        file.seek(0)
        if not is_mbox:
            yield take_stream(file)
            return
        for source in _split_mbox(file):
            if len(source) > settings.MAIL_LARGEST:
                yield _take(_head_with_end(source), full_size=len(source))
            else:
                yield _take(source)


def _take(source: bytes, *, full_size: int | None = None) -> int:
    # An MTA that pipes a letter may put a line of an mbox before it.
    start = _FROM_LINE.match(source)
    letter = source[start.end() :] if start else source
    if not read_fields(head_of(letter)):
        raise NoLetter("This is no letter: it has no headers.")
    return store_arrival(source=letter, full_size=full_size)


def _head_with_end(source: bytes) -> bytes:
    head = source[:_LONGEST_HEAD]
    ends = [at for at in (head.find(b"\r\n\r\n"), head.find(b"\n\n")) if at >= 0]
    return head[: min(ends)] + b"\r\n\r\n" if ends else head


def _split_mbox(file: BinaryIO) -> Iterator[bytes]:
    """Yield the letters of an mbox (the kind that writes ``>From``), one in memory at a time."""
    lines: list[bytes] = []
    is_after_blank = True
    for line in file:
        if is_after_blank and line.startswith(b"From "):
            if lines:
                yield _unstuffed(lines)
            lines = []
        else:
            lines.append(line)
        is_after_blank = not line.strip()
    if lines:
        yield _unstuffed(lines)


def _unstuffed(lines: list[bytes]) -> bytes:
    if lines and not lines[-1].strip():
        lines = lines[:-1]
    return _STUFFED.sub(rb"\1", b"".join(lines))
