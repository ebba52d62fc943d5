"""Starting and ending the contained process, and talking to it without ever waiting longer than agreed."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.sandbox import wire

_CHILD = Path(__file__).with_name("child.py")
_CHUNK = 1 << 20
_MOST_REPLY = 1 << 28


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may use, and when a process is replaced (after so many calls) or ends by itself (when idle)."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    idle_seconds: float
    calls_per_child: int


class ChildGone(Exception):
    """The process ended before it answered."""


class TookTooLong(Exception):
    """The wall clock ran out."""


class ContainedProcess:
    """At most one running child; ``start`` and ``end`` can be called at any time and in any state."""

    def __init__(self, *, functions: Sequence[str], bounds: Bounds) -> None:
        self._functions = tuple(functions)
        self._bounds = bounds
        self._child: subprocess.Popen[bytes] | None = None
        self._errors = -1
        self._owner = os.getpid()

    @property
    def id(self) -> int | None:
        """The process id while a child runs."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def start(self) -> None:
        """Start a child in place of the one before, if any."""
        self.end()
        self._owner = os.getpid()
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
        setup = {
            "path": [str(Path(entry).resolve()) for entry in sys.path if entry],
            "functions": self._functions,
            "memory_bytes": self._bounds.memory_bytes,
            "cpu_seconds": self._bounds.cpu_seconds,
            "idle_seconds": self._bounds.idle_seconds,
            "parent": os.getpid(),
        }
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(setup).encode() + b"\n")

    def exchange(self, *, message: bytes) -> tuple[bytes, bytes]:
        """Send a message, return kind and body of the answer; raises ``TookTooLong`` or ``ChildGone``."""
        assert self._child is not None
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        deadline = time.monotonic() + self._bounds.wall_seconds
        _send(self._child.stdin.fileno(), message, deadline)
        answers = self._child.stdout.fileno()
        kind, length = wire.HEADER.unpack(_receive(answers, wire.HEADER.size, deadline))
        if length > _MOST_REPLY:
            self._child.kill()
            raise ChildGone
        return kind, _receive(answers, length, deadline)

    def last_words(self) -> tuple[int, str]:
        """Wait for a child that is ending; return its exit code and the start of what it wrote about its end."""
        assert self._child is not None
        code = self._child.wait()
        try:
            return code, os.read(self._errors, 4096).decode("utf-8", "replace").strip()
        except BlockingIOError:
            return code, ""

    def end(self) -> None:
        """Kill the child and everything in its session, and close the pipes to it.

        A copy of this process made by forking only closes its own ends: the child belongs to the original.
        """
        child, self._child = self._child, None
        if child is None:
            return
        if self._owner == os.getpid() and child.poll() is None:
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                child.kill()
        if self._owner == os.getpid():
            child.wait()
        else:
            child.returncode = 0
        os.close(self._errors)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _send(pipe: int, message: bytes, deadline: float) -> None:
    view = memoryview(message)
    os.set_blocking(pipe, False)
    while view:
        _wait_for(pipe, select.POLLOUT, deadline)
        try:
            view = view[os.write(pipe, view[:_CHUNK]) :]
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ChildGone from error


def _receive(pipe: int, length: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while length:
        _wait_for(pipe, select.POLLIN, deadline)
        part = os.read(pipe, min(length, _CHUNK))
        if not part:
            raise ChildGone
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait_for(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TookTooLong
