"""How a reading is kept in the database: short lists instead of objects, one per page and per hidden stretch."""

from collections.abc import Sequence

from assay.app.documents.models import Reading
from assay.core.documents.document import Document, DocumentKind, HiddenReason, HiddenSpan, Page


def encode_pages(*, pages: Sequence[Page]) -> list[list[float]]:
    """Return each page as number, width, height (points), start and end."""
    return [[page.number, page.width, page.height, page.start, page.end] for page in pages]


def encode_hidden(*, spans: Sequence[HiddenSpan]) -> list[list[int | str]]:
    """Return each hidden stretch as start, end and reason."""
    return [[span.start, span.end, span.reason.value] for span in spans]


def decode_reading(*, kind: str, reading: Reading) -> Document:
    """Return the document as the core knows it."""
    return Document(
        kind=DocumentKind(kind),
        text=reading.text,
        pages=tuple(
            Page(int(number), float(width), float(height), int(start), int(end))
            for number, width, height, start, end in reading.pages
        ),
        hidden=tuple(HiddenSpan(int(start), int(end), HiddenReason(reason)) for start, end, reason in reading.hidden),
        notes=tuple(reading.notes),
    )
