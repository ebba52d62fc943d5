"""The parent's side of a contained process: call functions in it, survive whatever happens to it."""

import signal
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from assay.sandbox import wire
from assay.sandbox.process import Bounds, ChildGone, ContainedProcess, TookTooLong

__all__ = ["Bounds", "ContainedWorker", "Failed", "Failure", "NotAllowed", "Reply"]


class Failure(StrEnum):
    """Why a call gave no reply. After all but ``RAISED`` the process may be gone; the next call starts a new one."""

    RAISED = "raised"
    NO_MEMORY = "no_memory"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the function returned."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """The call failed; ``detail`` is for logs, never for the person who sent the input."""

    failure: Failure
    detail: str


class NotAllowed(Exception):
    """The function is not on the list that the worker was made with."""


class ContainedWorker:
    """Calls functions in a child process that has little memory, little time, no network and no files to write.

    The child starts on the first call and ends by itself when idle. Functions take and return bytes and are named
    ``package.module:function``; only those in ``functions`` can be called. One call at a time: a lock keeps threads
    apart. Closing is a courtesy; a forgotten worker ends its child when it is collected or the program exits.
    """

    def __init__(self, *, functions: Sequence[str], bounds: Bounds) -> None:
        self._functions = tuple(functions)
        self._bounds = bounds
        self._process = ContainedProcess(functions=functions, bounds=bounds)
        self._calls = 0
        self._lock = threading.Lock()
        weakref.finalize(self, self._process.end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_id(self) -> int | None:
        """The process id of the running child, if any."""
        return self._process.id

    def close(self) -> None:
        """End the child, if one runs; a later call starts another."""
        with self._lock:
            self._process.end()

    def call(self, *, function: str, payload: bytes) -> Reply | Failed:
        """Call ``function`` with ``payload``; raises ``NotAllowed``, and for nothing that the child does."""
        if function not in self._functions:
            raise NotAllowed(function)
        message = wire.pack(kind=wire.CALL, body=wire.pack_call(function=function, payload=payload))
        with self._lock:
            if self._process.id is None or self._calls >= self._bounds.calls_per_child:
                self._restart()
                return self._attempt(message) or self._vanished()
            return self._attempt(message) or self._attempt_anew(message)

    def _attempt_anew(self, message: bytes) -> Reply | Failed:
        """Try once more after the child left quietly: it may have gone idle just as the call came."""
        self._restart()
        return self._attempt(message) or self._vanished()

    def _attempt(self, message: bytes) -> Reply | Failed | None:
        """Make one call; None when the child ended of its own accord without an answer."""
        self._calls += 1
        try:
            kind, body = self._process.exchange(message=message)
        except TookTooLong:
            self._process.end()
            return Failed(failure=Failure.TIMED_OUT, detail=f"no reply in {self._bounds.wall_seconds} s")
        except ChildGone:
            code, detail = self._process.last_words()
            self._process.end()
            return None if code == 0 else self._explain(code, detail)
        if kind == wire.REPLIED:
            return Reply(body=body)
        if kind == wire.NO_MEMORY:
            return Failed(failure=Failure.NO_MEMORY, detail="the function ran out of memory")
        return Failed(failure=Failure.RAISED, detail=body.decode("utf-8", "replace"))

    def _explain(self, code: int, detail: str) -> Failed:
        if code == -signal.SIGXCPU:
            return Failed(failure=Failure.TIMED_OUT, detail=f"used {self._bounds.cpu_seconds} s of processor time")
        if code == -signal.SIGKILL or "MemoryError" in detail or "bad_alloc" in detail:
            return Failed(failure=Failure.NO_MEMORY, detail=f"ended with {code}: {detail}")
        return Failed(failure=Failure.CRASHED, detail=f"ended with {code}: {detail}")

    def _vanished(self) -> Failed:
        return Failed(failure=Failure.CRASHED, detail="ended without an answer")

    def _restart(self) -> None:
        self._process.start()
        self._calls = 0
