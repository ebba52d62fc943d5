"""Become another program that is told to stop when the program that started it dies, however it dies.

Run by path, standard library only: ``python -I -S launch.py SIGNAL PARENT UID:GID|- PROGRAM [ARGUMENT...]``.
Identity is dropped first because the kernel forgets the death signal when it changes.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Drop identity when asked, arm the death signal, refuse to outlive a parent already gone, then exec."""
    death_signal, parent, identity, *program = arguments
    if identity != "-":
        uid, gid = (int(part) for part in identity.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.Signals[death_signal]))
        if os.getppid() != int(parent):
            sys.exit(1)
    os.execv(program[0], program)  # noqa: S606 - becoming the program is the point


if __name__ == "__main__":
    main(sys.argv[1:])
