"""The one way in: bytes of any kind become a document, or the reason why a person must look."""

from dataclasses import replace

from assay.core.documents.document import Document, DocumentKind, Unreadable, UnreadableReason
from assay.core.documents.limits import Limits
from assay.core.documents.sniff import sniff

_EMPTY = Unreadable(
    reason=UnreadableReason.EMPTY,
    advice="This file is empty. Ask for it again; the upload may have been cut short.",
)
_NO_TEXT = Unreadable(
    reason=UnreadableReason.NO_TEXT,
    advice="This file holds no text. Open it to see what it is, or ask for a PDF or DOCX with real text.",
)


def read_document(*, content: bytes, name: str, limits: Limits) -> Document | Unreadable:
    """Read a file of any supported kind; the same bytes and name always give the same result.

    Parsing hostile files can exhaust memory or crash the process: where that matters, call it in a contained one.
    """
    if not content:
        return _EMPTY
    if len(content) > limits.max_bytes:
        size, most = len(content) / 1e6, limits.max_bytes / 1e6
        advice = f"This file is {size:.1f} MB; at most {most:.0f} MB are read. Ask for a smaller one."
        return Unreadable(reason=UnreadableReason.TOO_LARGE, advice=advice)
    sniffed = sniff(content=content, name=name)
    if isinstance(sniffed, Unreadable):
        return sniffed
    read = _read_as(sniffed.kind, content, limits)
    if isinstance(read, Unreadable):
        return read
    if not any(map(str.isalnum, read.text)):
        return _NO_TEXT if content.strip() else _EMPTY
    read = _shortened(read, limits.max_characters)
    if sniffed.misnamed:
        note = f"The name says otherwise, but this is a file of the kind {sniffed.kind.value}."
        return replace(read, notes=(*read.notes, note))
    return read


def _shortened(document: Document, most: int) -> Document:
    """Return the document with at most ``most`` characters; text this long is no résumé, so it is cut and noted."""
    if len(document.text) <= most:
        return document
    note = f"The text is longer than {most:,} characters; the rest was left out."
    return replace(
        document,
        text=document.text[:most],
        pages=tuple(replace(page, end=min(page.end, most)) for page in document.pages if page.start < most),
        hidden=tuple(replace(span, end=min(span.end, most)) for span in document.hidden if span.start < most),
        notes=(*document.notes, note),
    )


def _read_as(kind: DocumentKind, content: bytes, limits: Limits) -> Document | Unreadable:
    """Hand over to the reader of one kind; each is imported on first use, so that a start stays quick."""
    if kind is DocumentKind.PDF:
        from assay.core.documents.pdf import read_pdf

        return read_pdf(content=content, limits=limits)
    if kind is DocumentKind.DOCX:
        from assay.core.documents.docx import read_docx

        return read_docx(content=content, limits=limits)
    if kind is DocumentKind.HTML:
        from assay.core.documents.html import read_html

        return read_html(content=content, limits=limits)
    if kind is DocumentKind.JSON_RESUME:
        from assay.core.documents.json_resume import read_json_resume

        return read_json_resume(content=content)
    from assay.core.documents.text import read_text

    return read_text(content=content, kind=kind)
