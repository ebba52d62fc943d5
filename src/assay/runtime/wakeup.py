"""Sleeping until a signal arrives, without doing anything inside a signal handler."""

import contextlib
import select
import signal
import socket
from collections.abc import Iterator
from types import FrameType

_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Wakeup:
    """Sleeps until a signal arrives; remembers whether one of them asked to stop."""

    def __init__(self, reader: socket.socket) -> None:
        self._reader = reader
        self._asked = False

    def wait(self, seconds: float) -> bool:
        """Sleep up to ``seconds`` or until any signal; return whether we are asked to stop."""
        if select.select([self._reader], [], [], 0 if self._asked else seconds)[0]:
            numbers = self._reader.recv(256)
            self._asked = self._asked or any(number in numbers for number in _STOP)
        return self._asked

    def is_asked_to_stop(self) -> bool:
        """Tell whether a request to stop has arrived, without waiting."""
        return self.wait(0)


@contextlib.contextmanager
def wake_up_on_signals() -> Iterator[Wakeup]:
    """Hear SIGINT, SIGTERM, SIGHUP and SIGCHLD by handlers that only wake us up; put the old ones back at the end."""
    reader, writer = socket.socketpair()
    with reader, writer:
        writer.setblocking(False)
        # A signal that our caller ignores (as nohup does with SIGHUP) stays ignored.
        heard = [number for number in (*_STOP, signal.SIGCHLD) if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, _noted) for number in heard}
        previous = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield Wakeup(reader)
        finally:
            signal.set_wakeup_fd(previous)
            for number, handler in before.items():
                signal.signal(number, handler)


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing here: the number has been written to the wake-up socket."""
