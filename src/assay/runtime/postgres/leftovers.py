"""What a killed predecessor left behind: processes that must end, and a process id file that lies."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from assay.runtime.problem import RuntimeProblem

_PATIENCE_SECONDS = 30.0


class LeftoverServer(RuntimeProblem):
    """Raised when an earlier server of the same data directory does not end."""


def end_leftovers(cluster: Path) -> None:
    """Ask an orphaned server of this data directory to stop, wait for all its processes, drop a stale id file.

    A process counts as ours only when its working directory is the data directory, as a server's always is; a
    recycled process id is never signalled. Where that cannot be seen (no ``/proc``) PostgreSQL's own check stands.
    """
    if sys.platform != "linux":
        return
    deadline = time.monotonic() + _PATIENCE_SECONDS
    postmaster = _recorded_postmaster(cluster)
    if postmaster in processes_in(cluster):
        with contextlib.suppress(ProcessLookupError):
            os.kill(postmaster, signal.SIGINT)
    while processes_in(cluster):
        if time.monotonic() > deadline:
            left = ", ".join(str(pid) for pid in sorted(processes_in(cluster)))
            raise LeftoverServer(
                f"An earlier database server still runs on {cluster} (processes {left}). End it first."
            )
        time.sleep(0.05)
    with contextlib.suppress(FileNotFoundError):
        (cluster / "postmaster.pid").unlink()


def processes_in(cluster: Path) -> set[int]:
    """Return the ids of live processes whose working directory is ``cluster``."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if os.readlink(entry / "cwd") == str(cluster.resolve()):  # noqa: PTH115 - the link may point nowhere
                    found.add(int(entry.name))
    return found


def _recorded_postmaster(cluster: Path) -> int:
    try:
        return abs(int((cluster / "postmaster.pid").read_text().splitlines()[0]))
    except (FileNotFoundError, IndexError, ValueError):
        return 0
