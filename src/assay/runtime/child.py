"""One long-lived child process: started, watched, started again with growing pauses, ended with its whole group."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from assay.runtime import launch

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_HEALTHY_AFTER_SECONDS = 20.0


class Child:
    """A command kept alive. Its pauses between starts double from half a second to thirty while it keeps failing."""

    def __init__(self, *, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._pause = _FIRST_PAUSE_SECONDS

    @property
    def pid(self) -> int:
        """The process id, or 0 when not running."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start the command in a session of its own; it is told to stop should we die."""
        command = [*death_bound("SIGTERM"), *self._command]
        self._process = subprocess.Popen(
            command, env=self._environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._started_at = time.monotonic()

    def tend(self) -> str | None:
        """Notice an end and start again when it is time; return a line to show when something happened."""
        if self._process is not None:
            status = self._process.poll()
            return None if status is None else self._note_end(status)
        if time.monotonic() >= self._start_again_at:
            self.start()
        return None

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the command, which ends its own children."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self, *, seconds: float) -> None:
        """Wait for the end; kill what is left of the group after ``seconds``."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self._kill_group(self._process)
        self._process.wait()
        self._process = None

    def _note_end(self, status: int) -> str:
        process, self._process = self._process, None
        if process is not None:
            self._kill_group(process)
        lived = time.monotonic() - self._started_at
        self._pause = _FIRST_PAUSE_SECONDS if lived > _HEALTHY_AFTER_SECONDS else self._pause
        self._start_again_at = time.monotonic() + self._pause
        line = f"{self.name} ended ({_reason(status)}); starting again in {self._pause:g} s"
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        return line

    def _kill_group(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def death_bound(death_signal: str, *, identity: str = "-") -> list[str]:
    """Return the words to put before a command so that it gets ``death_signal`` when this process dies.

    ``identity`` is ``UID:GID`` to run the command as somebody else.
    """
    return [sys.executable, "-I", "-S", str(launch.__file__), death_signal, str(os.getpid()), identity]


def _reason(status: int) -> str:
    if status >= 0:
        return f"exit code {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"
