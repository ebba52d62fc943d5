"""Take from the current process what unpacking a stranger's file never needs. Linux first, best effort elsewhere.

Standard library only: the child runs this before it reads anything hostile. Layers, each useful alone:

- limits: address space, processor time a call, no files written, no processes, few open files, no core dumps;
- the kernel refuses network, new programmes, signals to others and changes to files (seccomp, x86-64 and ARM64);
- where that filter cannot be had, a network of its own without any link;
- a process started by root becomes nobody, if nobody can read the installed modules, and else gives up every
  privilege that root has beyond owning its files;
- the process ends when the thread that started it ends.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from pathlib import Path

from assay.sandbox.syscalls import filter_programme

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_FILTER = 2
_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_CAPABILITY_VERSION = 0x20080522
_INSTRUCTION_BYTES = 8
_MOST_OPEN_FILES = 64
_NOBODY = 65534


def confine(*, memory_bytes: int, parent: int) -> None:
    """Contain this process for good; ``memory_bytes`` is its whole address space.

    ``parent`` is the process id the child was started by; the child ends at once when it has already gone.
    """
    library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    _become_powerless(library)
    _die_with_parent(library, parent)
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        resource.setrlimit(limit, (most, most))
    if library is not None:
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if not _filter_calls(library):
            _leave_network(library)


def renew_processor_time(*, seconds: int) -> None:
    """Allow ``seconds`` more of processor time from now on; beyond it the kernel ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, most))


def _die_with_parent(library: ctypes.CDLL | None, parent: int) -> None:
    """Ask to be killed with the parent; must follow every change of user, which would undo it."""
    if library is not None:
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def _become_powerless(library: ctypes.CDLL | None) -> None:
    if os.geteuid() != 0:
        return
    if _nobody_can_read_modules():
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    elif library is not None:
        header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0))
        library.capset(header, ctypes.create_string_buffer(24))


def _nobody_can_read_modules() -> bool:
    """Tell whether modules can still be imported as nobody: try it, and come back."""
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        places = [Path(entry) for entry in sys.path]
        return all(_is_readable(place) for place in places if place.suffix != ".zip")
    finally:
        os.seteuid(0)
        os.setegid(0)


def _is_readable(place: Path) -> bool:
    try:
        return place.is_dir() and os.access(place, os.R_OK | os.X_OK, effective_ids=True)
    except PermissionError:
        return False


def _filter_calls(library: ctypes.CDLL) -> bool:
    """Have the kernel refuse what is listed in ``syscalls``; False where it cannot."""
    programme = filter_programme(machine=os.uname().machine)
    if programme is None:
        return False
    instructions = ctypes.create_string_buffer(programme, len(programme))
    count = len(programme) // _INSTRUCTION_BYTES
    described = ctypes.create_string_buffer(struct.pack("@HP", count, ctypes.addressof(instructions)))
    return int(library.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, described, 0, 0)) == 0


def _leave_network(library: ctypes.CDLL) -> bool:
    return any(library.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))
