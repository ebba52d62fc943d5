"""The parent's side of a contained process: call functions in it, survive whatever happens to it."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from assay.sandbox import wire

_CHILD = Path(__file__).with_name("child.py")
_CHUNK = 1 << 20
_MOST_REPLY = 1 << 28


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


class _ChildGone(Exception):
    """The pipe to the child broke."""


class _TookTooLong(Exception):
    """The wall clock ran out."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may use and how many calls one process serves before it is replaced."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    calls_per_child: int


class ContainedWorker:
    """Calls functions in a child process that has little memory, little time, no network and no files to write.

    The child starts on the first call. Functions take and return bytes and are named ``package.module:function``;
    only those in ``functions`` can be called. One call at a time: a lock keeps threads apart.
    """

    def __init__(self, *, functions: Sequence[str], bounds: Bounds) -> None:
        self._functions = tuple(functions)
        self._bounds = bounds
        self._child: subprocess.Popen[bytes] | None = None
        self._errors = -1
        self._calls = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_id(self) -> int | None:
        """The process id of the running child, if any."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def close(self) -> None:
        """End the child, if one runs."""
        with self._lock:
            self._end()

    def call(self, *, function: str, payload: bytes) -> Reply | Failed:
        """Call ``function`` with ``payload``; raises ``NotAllowed``, and for nothing that the child does."""
        if function not in self._functions:
            raise NotAllowed(function)
        with self._lock:
            if self._calls >= self._bounds.calls_per_child:
                self._end()
            child = self._running()
            self._calls += 1
            message = wire.pack(kind=wire.CALL, body=wire.pack_call(function=function, payload=payload))
            try:
                kind, body = _exchange(child, message, time.monotonic() + self._bounds.wall_seconds)
            except _TookTooLong:
                self._end()
                return Failed(failure=Failure.TIMED_OUT, detail=f"no reply in {self._bounds.wall_seconds} s")
            except _ChildGone:
                return self._explain_death()
            return _outcome(kind, body)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._errors, errors = os.pipe()
        os.set_blocking(self._errors, False)
        os.set_blocking(errors, False)
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,
            cwd="/",
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            close_fds=True,
            start_new_session=True,
        )
        os.close(errors)
        self._calls = 0
        setup = {
            "path": [str(Path(entry).resolve()) for entry in sys.path if entry],
            "functions": self._functions,
            "memory_bytes": self._bounds.memory_bytes,
            "cpu_seconds": self._bounds.cpu_seconds,
            "parent": os.getpid(),
        }
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(setup).encode() + b"\n")
        return self._child

    def _explain_death(self) -> Failed:
        assert self._child is not None
        code = self._child.wait()
        detail = _last_words(self._errors)
        self._end()
        if code == -signal.SIGXCPU:
            return Failed(failure=Failure.TIMED_OUT, detail=f"used {self._bounds.cpu_seconds} s of processor time")
        if code == -signal.SIGKILL or "MemoryError" in detail or "bad_alloc" in detail:
            return Failed(failure=Failure.NO_MEMORY, detail=f"ended with {code}: {detail}")
        return Failed(failure=Failure.CRASHED, detail=f"ended with {code}: {detail}")

    def _end(self) -> None:
        child, self._child = self._child, None
        self._calls = 0
        if child is None:
            return
        if child.poll() is None:
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                child.kill()
        child.wait()
        os.close(self._errors)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _exchange(child: subprocess.Popen[bytes], message: bytes, deadline: float) -> tuple[bytes, bytes]:
    """Send a message and read the answer; raises ``_TookTooLong`` or ``_ChildGone``."""
    assert child.stdin is not None
    assert child.stdout is not None
    _send(child.stdin.fileno(), message, deadline)
    kind, length = wire.HEADER.unpack(_receive(child.stdout.fileno(), wire.HEADER.size, deadline))
    if length > _MOST_REPLY:
        child.kill()
        raise _ChildGone
    return kind, _receive(child.stdout.fileno(), length, deadline)


def _send(pipe: int, message: bytes, deadline: float) -> None:
    view = memoryview(message)
    os.set_blocking(pipe, False)
    while view:
        _wait_for(pipe, select.POLLOUT, deadline)
        try:
            view = view[os.write(pipe, view[:_CHUNK]) :]
        except (BrokenPipeError, ConnectionResetError) as error:
            raise _ChildGone from error


def _receive(pipe: int, length: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while length:
        _wait_for(pipe, select.POLLIN, deadline)
        part = os.read(pipe, min(length, _CHUNK))
        if not part:
            raise _ChildGone
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait_for(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise _TookTooLong


def _outcome(kind: bytes, body: bytes) -> Reply | Failed:
    if kind == wire.REPLIED:
        return Reply(body=body)
    if kind == wire.NO_MEMORY:
        return Failed(failure=Failure.NO_MEMORY, detail="the function ran out of memory")
    return Failed(failure=Failure.RAISED, detail=body.decode("utf-8", "replace"))


def _last_words(pipe: int) -> str:
    """Return the start of what a dead child wrote about its end, for logs."""
    try:
        return os.read(pipe, 4096).decode("utf-8", "replace").strip()
    except BlockingIOError:
        return ""
