"""The real product, started on a fresh data folder and a free port, and stopped at the end."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.processes import command_of, memory_mb, tree_of

HOST = "127.0.0.1"
START_SECONDS = 180
STOP_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Product:
    """A running product: where it answers, what it keeps, and its processes."""

    port: int
    data_folder: Path
    pid: int

    def processes(self) -> list[int]:
        """Return all of its processes as they are now, the database's too."""
        return tree_of(self.pid)

    def worker(self) -> int | None:
        """Return the process that does background work, if one runs now."""
        found = [pid for pid in self.processes() if command_of(pid).endswith("-m assay worker")]
        return found[0] if found else None

    def memory_mb(self) -> float:
        """Return what the whole product holds, in MB."""
        return memory_mb(self.processes())

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> int:
        """Ask for a page, read it whole, and return the status."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


@contextlib.contextmanager
def running_product() -> Iterator[Product]:
    """Start ``assay run``, wait until it is healthy, yield it, stop it as Ctrl-C would, and remove its data."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # The database may have to run as another user, who must be able to enter.
        folder.chmod(0o711)
        port = _free_port()
        command = [sys.executable, "-m", "assay", "run", "--data", str(folder / "data"), "--port", str(port)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=own_environment(), start_new_session=True)
            product = Product(port, folder / "data", process.pid)
            try:
                _wait_until_healthy(product, process, folder / "log")
                yield product
            finally:
                _stop(process)


def own_environment() -> dict[str, str]:
    """Return our environment without what would lead to another installation."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith("ASSAY_") and name != "DATABASE_URL"
    }


def enter(product: Product) -> None:
    """Set Django up in this process on the product's own database, as a command at the shell would."""
    for name in set(os.environ) - set(own_environment()):
        del os.environ[name]
    os.environ["ASSAY_DATA"] = str(product.data_folder)
    from assay.runtime.application import set_up_django

    set_up_django()


def _wait_until_healthy(product: Product, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if product.get("/health") == http.HTTPStatus.OK:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"The product did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.25)


def _stop(process: subprocess.Popen[bytes]) -> None:
    left = tree_of(process.pid)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
