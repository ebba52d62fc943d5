"""The life of our own server: make, start, watch, stop."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from assay.runtime.child import death_bound
from assay.runtime.folder_lock import FolderLock
from assay.runtime.postgres.binaries import Binaries, find_binaries
from assay.runtime.postgres.environment import clean_environment
from assay.runtime.postgres.initialise import OWNER, SUPERUSER, ensure_cluster
from assay.runtime.postgres.layout import PORT, Layout, make_folders, plan_layout
from assay.runtime.postgres.leftovers import end_leftovers
from assay.runtime.postgres.options import server_options
from assay.runtime.postgres.os_user import choose_server_user, run_as
from assay.runtime.postgres.programs import reachable_programs
from assay.runtime.problem import RuntimeProblem

DATABASE = "assay"
_MAKE_OWNER_AND_DATABASE = f"""\
SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB' WHERE to_regrole('{OWNER}') IS NULL \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""  # noqa: S608 - constants only
_LONGEST_RECOVERY_SECONDS = 600.0
_STOP_SECONDS = 30.0
_LARGEST_LOG_BYTES = 5 * 1024 * 1024


class StartFailed(RuntimeProblem):
    """Raised when the server ends before it is ready; carries the end of its log."""


class StartCancelled(RuntimeProblem):
    """Raised when the caller no longer wants the server it waits for."""


class Cluster:
    """One server on one data folder. The lock makes us its only owner; ``start`` may be called again after a crash."""

    def __init__(self, data_folder: Path, *, is_durable: bool = True) -> None:
        self.user = choose_server_user()
        self.layout: Layout = plan_layout(data_folder=data_folder, user=self.user)
        self.is_durable = is_durable
        self._lock = FolderLock(self.layout.lock)
        self._binaries: Binaries | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = DATABASE) -> str:
        """Return the address of one database as the application's own, unprivileged role."""
        return socket_url(self.layout, database=database)

    def prepare(self) -> bool:
        """Take the lock, make what is missing, clear what a killed predecessor left; return whether it was made."""
        programs = find_binaries()
        make_folders(self.layout, user=self.user)
        self._lock.__enter__()
        try:
            self._binaries = reachable_programs(programs, home=self.layout.home, user=self.user)
            end_leftovers(self.layout.cluster)
            return ensure_cluster(self.layout, binaries=self._binaries, user=self.user, is_durable=self.is_durable)
        except BaseException:
            self._lock.release()
            raise

    def start(self, *, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Start the server, wait until it answers, and make sure that our role and database exist.

        Recovery after a crash can take minutes; ``is_cancelled`` is asked while waiting. Raises ``StartFailed`` and
        ``StartCancelled``. Call ``prepare`` first.
        """
        self._spawn()
        try:
            self._wait_until_ready(is_cancelled)
            self._ensure_database()
        except BaseException:
            self._end_process()
            raise

    def restart(self, *, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Start again after the server died, once all of its processes are gone."""
        end_leftovers(self.layout.cluster)
        self.start(is_cancelled=is_cancelled)

    def is_running(self) -> bool:
        """Tell whether the server process is alive."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Disconnect everybody, write everything down, end, and give up the lock. Harmless when not running."""
        self._end_process()
        self._lock.release()

    def _programs(self) -> Binaries:
        if self._binaries is None:
            raise StartFailed("The cluster was not prepared before it was started.")
        return self._binaries

    def _spawn(self) -> None:
        programs = self._programs()
        identity = f"{self.user.uid}:{self.user.gid}" if self.user.is_other else "-"
        options = server_options(
            socket_folder=self.layout.socket_folder, major=programs.major, is_durable=self.is_durable
        )
        with _open_log(self.layout.log) as log:
            self.process = subprocess.Popen(
                [
                    *death_bound("SIGINT", identity=identity),
                    programs.program("postgres"),
                    "-D",
                    str(self.layout.cluster),
                    *options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=clean_environment(),
                cwd="/",
                umask=0o077,
                start_new_session=True,
            )

    def _wait_until_ready(self, is_cancelled: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _LONGEST_RECOVERY_SECONDS
        pause = 0.02
        while not is_answering(self._programs(), self.layout.socket_folder):
            if not self.is_running() or time.monotonic() > deadline:
                raise StartFailed(
                    f"The database did not start. The end of {self.layout.log}:\n{_tail(self.layout.log)}"
                )
            if is_cancelled():
                raise StartCancelled("The start was cancelled.")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)

    def _ensure_database(self) -> None:
        command = [self._programs().program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
        command += ["-h", str(self.layout.socket_folder), "-p", str(PORT), "-U", SUPERUSER]
        result = run_as(self.user, command, stdin=_MAKE_OWNER_AND_DATABASE)
        if result.returncode != 0:
            raise StartFailed(f"The database started but could not be set up: {result.stderr.strip()}")

    def _end_process(self) -> None:
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # SIGQUIT stops at once; the next start replays the log. SIGKILL would leave shared memory behind.
            process.send_signal(signal.SIGQUIT)
            process.wait(_STOP_SECONDS)


def socket_url(layout: Layout, *, database: str = DATABASE) -> str:
    """Return the address of ``database`` on the server of ``layout``, whether or not it runs."""
    return f"postgresql://{OWNER}@/{database}?host={quote(str(layout.socket_folder), safe='/')}&port={PORT}"


def is_answering(binaries: Binaries, socket_folder: Path) -> bool:
    """Tell whether a server behind the socket accepts connections."""
    command = [binaries.program("pg_isready"), "-q", "-t", "2", "-h", str(socket_folder), "-p", str(PORT)]
    return subprocess.run(command, env=clean_environment(), check=False).returncode == 0


@contextlib.contextmanager
def running_cluster(data_folder: Path, *, is_durable: bool = True) -> Iterator[Cluster]:
    """Yield a started server and stop it at the end. ``is_durable=False`` is for throw-away data only."""
    cluster = Cluster(data_folder, is_durable=is_durable)
    cluster.prepare()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@contextlib.contextmanager
def _open_log(path: Path) -> Iterator[int]:
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _tail(path: Path) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-12:])
