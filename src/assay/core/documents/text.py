"""Read plain text and Markdown in the encodings people really send."""

from assay.core.documents.assemble import flat_document
from assay.core.documents.document import Document, DocumentKind

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FALLBACK_NOTE = "The text was not valid UTF-8; it was read as Windows-1252, so some letters may be wrong."


def decode(*, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of ``content`` and notes on how it was decoded: UTF-8, UTF-16, then Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), ()
    if wide := _unmarked_utf16(content):
        return content.decode(wide, "replace"), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), (_FALLBACK_NOTE,)


def read_text(*, content: bytes, kind: DocumentKind) -> Document:
    """Return a text or Markdown file as a document; Markdown keeps its marks, which read well as they are."""
    raw, notes = decode(content=content)
    return flat_document(kind=kind, raw=raw, notes=notes)


def _unmarked_utf16(content: bytes) -> str | None:
    head = content[:2048]
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half < 4 or max(even, odd) <= half * 0.7:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
