"""Read files in a contained process, so that no file can harm the one that asked. Imports no web framework."""

import logging
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import msgspec

from assay.app.documents.limits import document_limits
from assay.core.documents.contained import (
    LocateReply,
    LocateRequest,
    ReadReply,
    ReadRequest,
    RenderReply,
    RenderRequest,
)
from assay.core.documents.document import Box, Document, Unreadable, UnreadableReason
from assay.core.documents.limits import Limits
from assay.sandbox.worker import Bounds, ContainedWorker, Failed, Failure

_READ = "assay.core.documents.contained:read"
_LOCATE = "assay.core.documents.contained:locate"
_RENDER = "assay.core.documents.contained:render_page"

_log = logging.getLogger(__name__)

_DEATHS = {
    Failure.TIMED_OUT: Unreadable(
        reason=UnreadableReason.TIMED_OUT,
        advice="Reading this file took too long and was stopped. Open it to read it, or ask for a simpler copy.",
    ),
    Failure.NO_MEMORY: Unreadable(
        reason=UnreadableReason.OUT_OF_MEMORY,
        advice="This file needs far more memory than a document should and was not read. Ask for a new copy.",
    ),
    Failure.CRASHED: Unreadable(
        reason=UnreadableReason.CRASHED,
        advice="This file broke the reader, so it may be damaged or made to do harm. Ask for a new copy as PDF.",
    ),
    Failure.RAISED: Unreadable(
        reason=UnreadableReason.CORRUPT,
        advice="This file is damaged in a way that could not be read. Ask for a new copy.",
    ),
}


class CannotShow(Exception):
    """There is no picture of that page."""


class ContainedReader:
    """Reads, locates and draws documents in a child process. Use as a context manager, or call ``close``.

    The child starts on the first file and is replaced when a file kills it or after many files. One reader serves
    one caller at a time; make several to read in parallel.
    """

    def __init__(self, *, limits: Limits | None = None) -> None:
        self._limits = limits or document_limits()
        bounds = Bounds(
            memory_bytes=self._limits.memory_bytes,
            cpu_seconds=self._limits.cpu_seconds,
            wall_seconds=self._limits.wall_seconds,
            idle_seconds=self._limits.idle_seconds,
            calls_per_child=self._limits.calls_per_child,
        )
        self._worker = ContainedWorker(functions=(_READ, _LOCATE, _RENDER), bounds=bounds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_id(self) -> int | None:
        """The process id of the running child, if any."""
        return self._worker.child_id

    def close(self) -> None:
        """End the child process, if one runs."""
        self._worker.close()

    def read(self, *, content: bytes, name: str) -> Document | Unreadable:
        """Return the text of a file, or why a person must look; never raises for what is in the file."""
        if len(content) > self._limits.max_bytes:
            return self._too_large(len(content))
        request = msgspec.msgpack.encode(ReadRequest(content=content, name=name, limits=self._limits))
        reply = self._worker.call(function=_READ, payload=request)
        if isinstance(reply, Failed):
            _log.info("reading failed: %s, %s", reply.failure.value, reply.detail)
            return _DEATHS[reply.failure]
        answer = msgspec.msgpack.decode(reply.body, type=ReadReply)
        return answer.document or answer.unreadable or _DEATHS[Failure.RAISED]

    def locate(self, *, content: bytes, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Box, ...], ...]:
        """Return the rectangles on the page of each range of the document's text; none where it has no pages."""
        nothing: tuple[tuple[Box, ...], ...] = tuple(() for _ in spans)
        if len(content) > self._limits.max_bytes or not spans:
            return nothing
        wanted = LocateRequest(content=content, spans=tuple(spans), limits=self._limits)
        reply = self._worker.call(function=_LOCATE, payload=msgspec.msgpack.encode(wanted))
        if isinstance(reply, Failed):
            _log.info("locating failed: %s, %s", reply.failure.value, reply.detail)
            return nothing
        return msgspec.msgpack.decode(reply.body, type=LocateReply).boxes

    def render_page(self, *, content: bytes, page: int, width_px: int) -> bytes:
        """Return a page (from 1) of a PDF as PNG; raises ``CannotShow`` when there is none."""
        if len(content) > self._limits.max_bytes:
            raise CannotShow("the file is too large")
        wanted = RenderRequest(content=content, page=page, width_px=width_px, limits=self._limits)
        reply = self._worker.call(function=_RENDER, payload=msgspec.msgpack.encode(wanted))
        if isinstance(reply, Failed):
            _log.info("drawing failed: %s, %s", reply.failure.value, reply.detail)
            raise CannotShow(_DEATHS[reply.failure].advice)
        answer = msgspec.msgpack.decode(reply.body, type=RenderReply)
        if answer.png is None:
            raise CannotShow(answer.failure)
        return answer.png

    def _too_large(self, size: int) -> Unreadable:
        most = self._limits.max_bytes / 1e6
        advice = f"This file is {size / 1e6:.1f} MB; at most {most:.0f} MB are read. Ask for a smaller one."
        return Unreadable(reason=UnreadableReason.TOO_LARGE, advice=advice)
