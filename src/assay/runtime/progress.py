"""Lines that tell a person how the start is going."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_NAME_WIDTH = 12


class Progress:
    """Writes short aligned lines to one stream, at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, text: str) -> None:
        """Write one line."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def item(self, name: str, text: str) -> None:
        """Write one named line."""
        self.say(f"  {name:<{_NAME_WIDTH}}{text}")

    @contextlib.contextmanager
    def timed(self, name: str) -> Iterator[Callable[[str], None]]:
        """Write one named line at the end of the block, with what the block noted and how long it took."""
        started, noted = time.monotonic(), [""]
        yield lambda text: noted.__setitem__(0, text)
        if noted[0]:
            self.item(name, f"{noted[0]} ({time.monotonic() - started:.1f} s)")
