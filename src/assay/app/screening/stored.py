"""Read and screen bytes that are already kept: the whole way from a stranger's file to a result, writing nothing."""

from typing import Protocol

from assay.core.documents.document import Document, Unreadable
from assay.core.roles.role import Role
from assay.core.screening.result import ScreeningResult
from assay.core.screening.rules import Rules
from assay.core.screening.screen import screen, unscreened


class Reader(Protocol):
    """Whatever turns bytes into text without letting them do harm."""

    def read(self, *, content: bytes, name: str) -> Document | Unreadable:
        """Return the text of a file, or why a person must look."""
        ...


def screen_stored(
    *, content: bytes, name: str, role: Role, reader: Reader, rules: Rules
) -> tuple[Document | Unreadable, ScreeningResult]:
    """Return what was read from a file and what screening says of it; never raises for what is in the file."""
    reading = reader.read(content=content, name=name)
    if isinstance(reading, Unreadable):
        return reading, unscreened(unreadable=reading, role=role, rules=rules)
    return reading, screen(document=reading, role=role, rules=rules)
