"""Take files off a request without holding them in memory: they go to one temporary file, refused ones nowhere."""

import errno
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from assay.app.sourcing.actions.drafts import Upload
from assay.app.sourcing.rules import file_rules
from assay.core.sourcing.file_rules import Refusal, classify, clean_path, size_refusal
from assay.core.sourcing.import_state import ItemKind
from assay.platform.files.actions import StorageFull, store_chunks

_HEAD = 512
_BLOCK = 1024 * 1024
DISK_FULL = "The disk is full, so this file was not kept. Make room in the data folder and send it again."


@dataclass(frozen=True, slots=True)
class Received:
    """One file of a request: its name, where it lies in the spool, its first bytes, and why it was turned away."""

    name: str
    start: int
    size: int
    head: bytes
    refusal: str = ""


class SpoolingUploadHandler(FileUploadHandler):
    """Writes every file of a request to one unnamed temporary file and stops early at what will be refused anyway."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received: list[Received] = []
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the request
        self._end = self._start = self._size = 0
        self._name, self._head = "", b""
        self._kind: ItemKind | Refusal = ItemKind.FILE

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file of the request."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._start_file(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece to the spool; drain the rest of a file that is refused."""
        if not self._head:
            self._head = raw_data[:_HEAD]
            self._kind = classify(path=self._name, head=self._head, rules=file_rules())
        self._size += len(raw_data)
        refusal = self._kind
        if not isinstance(refusal, Refusal):
            found = size_refusal(kind=refusal, size=self._size, rules=file_rules())
            if found is None:
                return self._write(raw_data)
            refusal = found
        self._turn_away(refusal.message)
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """Note a file that came in whole."""
        self.received.append(Received(self._name, self._start, self._size, self._head))
        self._end = self._start + self._size

    def chunks(self, received: Received) -> Iterator[bytes]:
        """Yield the bytes of one file from the spool."""
        self._spool.seek(received.start)
        left = received.size
        while left > 0 and (block := self._spool.read(min(_BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        """Give the temporary file back."""
        self._spool.close()

    def _start_file(self, name: str) -> None:
        self._name, self._start, self._size, self._head = clean_path(path=name), self._end, 0, b""
        self._kind = ItemKind.FILE

    def _write(self, raw_data: bytes) -> None:
        try:
            self._spool.seek(self._start + self._size - len(raw_data))
            self._spool.write(raw_data)
            self._spool.flush()
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._turn_away(DISK_FULL)
            raise SkipFile from error

    def _turn_away(self, message: str) -> None:
        self._spool.truncate(self._start)
        self.received.append(Received(self._name, self._start, self._size, self._head, message))


def store_received(*, handler: SpoolingUploadHandler, paths: Sequence[str]) -> list[Upload]:
    """Keep the files of a request in the file store; ``paths`` gives their places in a dropped folder, if any."""
    uploads = []
    for index, received in enumerate(handler.received):
        path = clean_path(path=paths[index]) if len(paths) == len(handler.received) else received.name
        stored_id, refusal = None, received.refusal
        if not refusal:
            kind = classify(path=path, head=received.head, rules=file_rules())
            refusal = kind.message if isinstance(kind, Refusal) else ""
        if not refusal:
            try:
                stored_id = store_chunks(chunks=handler.chunks(received)).pk
            except StorageFull:
                refusal = DISK_FULL
        uploads.append(Upload(path, received.head, received.size, stored_id, refusal))
    return uploads
