"""What a tree of processes holds and spends, read from the kernel: memory that it shares is counted by its share."""

import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def tree_of(root: int) -> list[int]:
    """Return the ids of a process and of all its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, left = [], [root]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def command_of(pid: int) -> str:
    """Return the command line of a process, or nothing when it is gone."""
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def memory_mb(pids: Iterable[int]) -> float:
    """Return the proportional set size of processes together, with what of them was swapped out, in MB (10^6 bytes).

    Raises ``PermissionError`` for a process of another user when we are not root.
    """
    return sum(_memory_kb(pid) for pid in pids) * 1024 / 1e6


def _memory_kb(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(("Pss:", "SwapPss:")))


class CpuLedger:
    """Processor time of a changing tree. What a process spent after it was last looked at before its end is lost."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, str], float] = {}

    def look(self, pids: Iterable[int]) -> None:
        """Note what each process has spent so far."""
        for pid in pids:
            if fields := _stat(pid):
                self._seen[(pid, fields[19])] = (int(fields[11]) + int(fields[12])) / _TICKS

    def seconds(self) -> float:
        """Return what all processes ever looked at have spent, in seconds."""
        return sum(self._seen.values())


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the processor time that living processes have spent so far."""
    ledger = CpuLedger()
    ledger.look(pids)
    return ledger.seconds()


def cpu_milliseconds(pid: int) -> float:
    """Return the processor time that the main thread of a process has spent, finer than the kernel's ticks."""
    return int((_PROC / str(pid) / "schedstat").read_text().split()[0]) / 1e6


def _stat(pid: int) -> list[str]:
    """Return the fields of ``/proc/PID/stat`` from the state (field 3 of proc(5)) on."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def machine() -> str:
    """Say in general words what is measured on."""
    kilobytes = int((_PROC / "meminfo").read_text().split()[1])
    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"{os.cpu_count()} cores, {kilobytes * 1024 / 1e9:.0f} GB of memory, {platform.system()}, Python {python}"
