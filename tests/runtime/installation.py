"""A whole installation on a folder of its own, driven the way a person drives it: by the command line."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

# Seconds that only a product that hangs takes, on whatever machine.
PATIENCE = 300


class Installation:
    """Runs ``assay`` commands, and scripts inside Django, on one data folder."""

    def __init__(self, data: Path, *, database_url: str = "") -> None:
        self.data = data
        ours = ("ASSAY_", "DATABASE_URL", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = {**kept, "ASSAY_DATA": str(data), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def assay(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "assay", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def script(self, text: str) -> str:
        """Run Python with Django set up and the database reachable; return what it prints."""
        preamble = (
            "from assay.runtime.application import reachable_database, set_up_django\n"
            "set_up_django()\n"
            "with reachable_database():\n"
        )
        body = "".join(f"    {line}\n" for line in text.strip().splitlines())
        done = subprocess.run(
            [sys.executable, "-c", preamble + body],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


class RunningProduct:
    """``assay run`` as a process, with what it prints."""

    def __init__(self, process: "subprocess.Popen[str]", *, port: int, data: Path) -> None:
        self.process = process
        self.data = data
        self.port = port
        self.lines: list[str] = []

    def read_until(self, text: str) -> str:
        """Read lines up to the first that holds ``text`` and return it; fail when the output ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if text in line:
                return line
        raise AssertionError(f"no line with {text!r} in:\n{''.join(self.lines)}")

    def health(self) -> int:
        """Return the status of the health address; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def parts(self) -> dict[str, int]:
        """Return the process ids of the parts by name: database, web, worker."""
        marks = {"postgres": "database", "granian": "web", "worker": "worker"}
        found = {}
        for pid in children_of(self.process.pid):
            words = read_command(pid)
            for mark, name in marks.items():
                if any(Path(word).name == mark for word in words[:5]):
                    found[name] = pid
        return found


def _hear_interrupts() -> None:
    """Hear Ctrl-C as under a person's terminal, even where whoever began the tests ignores it and we inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def running_product(
    installation: Installation, *, port: int, command: Sequence[str] = (sys.executable, "-m", "assay")
) -> Iterator[RunningProduct]:
    """Yield a product that answers; end whatever is left of it."""
    process = subprocess.Popen(
        [*command, "run", "--port", str(port)],
        env=installation.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_hear_interrupts,
    )
    with process:
        product = RunningProduct(process, port=port, data=installation.data)
        try:
            product.read_until("Ctrl-C")
            yield product
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Return the ids of a process's children."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def read_command(pid: int) -> list[str]:
    """Return the words a process was started with; none when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


def wait_until(is_so: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Ask again and again until ``is_so``; fail after ``seconds``."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not is_so():
        assert time.monotonic() < deadline, f"in vain: {what}"
        pause.wait(0.1)
