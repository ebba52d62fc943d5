"""Temporary folders for programs that run as another user."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def enterable_folder() -> Iterator[Path]:
    """Yield a temporary folder that other users can enter but not list; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory(prefix="assay-", ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o711)
        yield path
