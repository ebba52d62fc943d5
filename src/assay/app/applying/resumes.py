"""Read a résumé for whoever sends it: in the contained reader, one file at a time, and only how to reach them."""

import threading
from dataclasses import asdict, dataclass

from assay.app.documents.limits import document_limits
from assay.app.documents.reader import ContainedReader
from assay.app.screening.rules import load_rules
from assay.core.applying.particulars import LONGEST, MOST_LINKS
from assay.core.documents.document import Unreadable
from assay.core.screening.contact import read_contact
from assay.core.screening.lines import visible_lines
from assay.core.screening.sections import split_sections

_PATIENCE_SECONDS = 15.0
_BUSY = "Many files are being read right now. Yours is kept as it is; fill in the fields yourself."
_UNREAD = "We could not read text in this file. It is kept as it is and a person opens it; fill in the fields yourself."
_lock = threading.Lock()
_reader: list[ContainedReader] = []


@dataclass(frozen=True, slots=True)
class FromFile:
    """What a file says of how to reach its owner, empty where it says nothing; ``note`` says why nothing was read."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as it is kept and sent."""
        return asdict(self)


def read_resume(*, content: bytes, name: str) -> FromFile:
    """Return what a résumé says of how to reach its owner. Never raises for what is in the file."""
    if not _lock.acquire(timeout=_PATIENCE_SECONDS):
        return FromFile(note=_BUSY)
    try:
        if not _reader:
            _reader.append(ContainedReader())
        document = _reader[0].read(content=content, name=name)
    finally:
        _lock.release()
    if isinstance(document, Unreadable):
        return FromFile(note=_UNREAD)
    layout = load_rules().layout
    lines = visible_lines(document=document)
    contact = read_contact(lines=lines, sections=split_sections(lines=lines, layout=layout), layout=layout)
    return FromFile(
        name=_line(contact.name, "name"),
        email=_line(contact.email, "email"),
        phone=_line(contact.phone, "phone"),
        location=_line(contact.location, "location"),
        links="\n".join(contact.links[:MOST_LINKS]),
    )


def most_bytes() -> int:
    """Return how large a résumé may be."""
    return document_limits().max_bytes


def _line(text: str, field: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[: LONGEST[field]]
