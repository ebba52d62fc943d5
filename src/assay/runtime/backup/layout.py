"""What a backup file holds and in which order.

A plain tar: ``assay-backup.json`` first (so that a foreign file is known at once), then ``database.dump``, maybe
``secret_key``, one ``files/<sha256>`` per document, and ``manifest.json`` last (so that a cut-off file is known too).
"""

import re
from dataclasses import dataclass

FORMAT = 1
HEADER = "assay-backup.json"
DATABASE = "database.dump"
SECRET_KEY = "secret_key"  # noqa: S105 - the name of a member
MANIFEST = "manifest.json"
FILES = "files/"
_DOCUMENT = re.compile(r"files/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a complete backup says of itself. ``members`` maps each name to its sha256 in hexadecimal."""

    assay_version: str
    server_version: str
    made_at: str
    migrations: tuple[str, ...]
    members: dict[str, str]
    missing: tuple[str, ...]

    @property
    def documents(self) -> list[str]:
        """The sha256 of every document inside."""
        return [name.removeprefix(FILES) for name in self.members if name.startswith(FILES)]


def is_member_name(name: str) -> bool:
    """Tell whether a backup may hold a member of this name."""
    return name in (DATABASE, SECRET_KEY) or _DOCUMENT.fullmatch(name) is not None
