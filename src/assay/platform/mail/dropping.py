"""Letters into a folder instead of to a server, for trying the product out: each a file that a mail program opens."""

import os
import re
import tempfile
from pathlib import Path

from assay.platform.mail.carrying import Envelope, ServerTrouble

_UNFIT = re.compile(r"[^A-Za-z0-9@.+_-]")


class DropCarrier:
    """Writes each letter as ``000012-ann@example.org.eml``. The same letter always gets the same name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerTrouble(f"The folder {folder} cannot be made: {error.strerror}") from error

    def offer(self, envelope: Envelope) -> None:
        """Choose the file's name."""
        self._name = f"{envelope.letter_id:06d}-{_UNFIT.sub('_', envelope.recipient)}.eml"

    def hand_over(self, source: bytes) -> str:
        """Write the file whole or not at all."""
        target = self._folder / self._name
        try:
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".letter-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(source)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(target)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise ServerTrouble(f"The folder {self._folder} cannot be written: {error.strerror}") from error
        return f"written to {target}"

    def is_open(self) -> bool:
        """A folder is always there to be tried."""
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def leave(self) -> None:
        """Nothing is held open."""
