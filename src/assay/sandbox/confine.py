"""Take from the current process what unpacking a stranger's file never needs. Linux first, best effort elsewhere.

Standard library only: the child runs this before it loads anything else.
"""

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_MOST_OPEN_FILES = 64


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a contained process may use: address space in bytes, processor seconds a call."""

    memory_bytes: int
    cpu_seconds: int


def confine(*, rules: Confinement, parent: int) -> None:
    """Limit memory, files and processes of this process, tie its life to its parent, and cut its network.

    ``parent`` is the process id the child was started by; the child ends at once when it has already gone.
    """
    _die_with_parent(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN_FILES, _MOST_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_AS, (rules.memory_bytes, rules.memory_bytes))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    cut_network()


def renew_processor_time(*, seconds: int) -> None:
    """Allow ``seconds`` more of processor time from now on; beyond it the kernel ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def cut_network() -> bool:
    """Move this process into a network of its own without any link; False where the kernel does not allow it."""
    library = _c_library()
    if library is None:
        return False
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(library.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def _die_with_parent(parent: int) -> None:
    library = _c_library()
    if library is not None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def _c_library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
