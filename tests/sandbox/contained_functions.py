"""What the sandbox tests ask a contained process to do: behave, misbehave, and look around."""

import ctypes
import os
import resource
import socket
import time
from pathlib import Path


def echo(payload: bytes, /) -> bytes:
    """Give back what came."""
    return payload


def fail(payload: bytes, /) -> bytes:
    """Raise."""
    raise ValueError("no such luck")


def spin(payload: bytes, /) -> bytes:
    """Use processor time for ever."""
    while True:
        pass


def sleep(payload: bytes, /) -> bytes:
    """Use no processor time for ever."""
    time.sleep(3600)
    return b""


def burn(payload: bytes, /) -> bytes:
    """Use the given seconds of processor time and return."""
    end = time.process_time() + float(payload)
    while time.process_time() < end:
        pass
    return b"done"


def fill_memory(payload: bytes, /) -> bytes:
    """Ask for more memory than there may be."""
    return bytes(1 << 40)


def crash(payload: bytes, /) -> bytes:
    """Touch memory that is not there."""
    ctypes.string_at(0)
    return b""


def leave(payload: bytes, /) -> bytes:
    """End the process from within."""
    os._exit(int(payload or b"3"))


def print_noise(payload: bytes, /) -> bytes:
    """Write to standard output, where a careless protocol would take it for an answer."""
    os.write(1, b"noise\n")
    return b"quiet"


def complain(payload: bytes, /) -> bytes:
    """Write more to standard error than a pipe holds."""
    for _ in range(64):
        try:
            os.write(2, b"x" * 65_536)
        except BlockingIOError:
            return b"heard enough"
    return b"done"


def look_around(payload: bytes, /) -> bytes:
    """Report which doors are open, one word each."""
    doors = {
        "socket": lambda: socket.socket(),
        "fork": lambda: os.fork(),
        "execute": lambda: os.execv("/bin/true", ["true"]),
        "signal": lambda: os.kill(os.getppid(), 0),
        "write": lambda: os.open("/tmp/contained-process-was-here", os.O_WRONLY | os.O_CREAT),
        "remove": lambda: Path("/tmp/contained-process-was-here").unlink(),
    }
    opened = []
    for name, door in doors.items():
        try:
            door()
        except OSError:
            continue
        opened.append(name)
    return " ".join(opened).encode()


def environment(payload: bytes, /) -> bytes:
    """Report names in the environment, open files and the limit on core dumps."""
    names = ",".join(sorted(os.environ))
    files = len([fd for fd in range(64) if _is_open(fd)])
    return f"{names};{files};{resource.getrlimit(resource.RLIMIT_CORE)[0]};{os.getsid(0) == os.getpid()}".encode()


def own_process(payload: bytes, /) -> bytes:
    """Report the process id."""
    return str(os.getpid()).encode()


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
