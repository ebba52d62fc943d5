"""Reading what the file store holds, and noticing when the disk gives back other bytes than it was given."""

import hashlib
from pathlib import Path

from django.conf import settings


class DamagedFile(OSError):
    """Raised when stored bytes are missing or no longer have the hash they are named by."""


def path_of(*, sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def read_stored(*, sha256: str) -> bytes:
    """Return the bytes with this hash. Raises ``DamagedFile`` when they are gone or changed."""
    try:
        content = path_of(sha256=sha256).read_bytes()
    except OSError as error:
        raise DamagedFile(f"The stored file {sha256[:12]} cannot be read. Restore it from a backup.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFile(f"The stored file {sha256[:12]} has changed on disk. Restore it from a backup.")
    return content
