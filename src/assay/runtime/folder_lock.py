"""One owner at a time, by a lock the kernel drops when its holder dies."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from assay.runtime.problem import RuntimeProblem


class LockHeld(RuntimeProblem):
    """Raised when another process holds the lock; ``holder`` is its process id, or 0 when unknown."""

    def __init__(self, message: str, *, holder: int) -> None:
        super().__init__(message)
        self.holder = holder


class FolderLock:
    """An exclusive lock on ``path``, held until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> "FolderLock":
        """Take the lock. Raises ``LockHeld``."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip()
            os.close(handle)
            raise LockHeld(
                f"Assay is running already on this data folder (process {holder or 'unknown'}). "
                "Stop it first, or choose another folder (--data DIR).",
                holder=int(holder) if holder.isdigit() else 0,
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the lock up; harmless when not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
