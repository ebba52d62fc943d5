"""Decide what a file is by its content; the name is asked only where two kinds look the same."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assay.core.documents.document import DocumentKind, Unreadable, UnreadableReason

_HEAD = 2048
_PDF_HEAD = 1024
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ALLOWED_CONTROLS = frozenset(b"\t\n\x0b\x0c\r\x1b")


class _Other(StrEnum):
    """Formats that are recognised only to say what to do about them."""

    IMAGE = "image"
    OLD_OFFICE = "old_office"
    LOCKED_OFFICE = "locked_office"
    RTF = "rtf"
    BINARY = "binary"


_ADVICE: dict[_Other, Unreadable] = {
    _Other.IMAGE: Unreadable(
        reason=UnreadableReason.NO_TEXT,
        advice="This is a picture. Open it to read it, or ask for the same document as PDF or DOCX with real text.",
    ),
    _Other.OLD_OFFICE: Unreadable(
        reason=UnreadableReason.UNSUPPORTED,
        advice="This is an old Office file (.doc). Save it as DOCX or PDF and add it again.",
    ),
    _Other.LOCKED_OFFICE: Unreadable(
        reason=UnreadableReason.ENCRYPTED,
        advice="This Office file is protected by a password. Ask for a copy without one.",
    ),
    _Other.RTF: Unreadable(
        reason=UnreadableReason.UNSUPPORTED,
        advice="This is a rich text file (.rtf). Save it as DOCX or PDF and add it again.",
    ),
    _Other.BINARY: Unreadable(
        reason=UnreadableReason.UNSUPPORTED,
        advice="This is not a document that can be read here. Ask for a PDF, DOCX, HTML, text or JSON Resume file.",
    ),
}
_DAMAGED = Unreadable(
    reason=UnreadableReason.CORRUPT,
    advice="The name says it is a document, but its content is damaged. Ask for a new copy of the file.",
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file, and whether its name claims to be another kind."""

    kind: DocumentKind
    misnamed: bool


def sniff(*, content: bytes, name: str) -> Sniffed | Unreadable:
    """Return the kind of the file, or why a file of this sort is not read.

    ``content`` is the whole file and must not be empty; ``name`` tells Markdown from plain text and lets the
    answer say that a file is not what it is called.
    """
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    other = _other_format(content)
    if other is _Other.BINARY and suffix in _BINARY_SUFFIXES:
        return _DAMAGED
    if other is not None:
        return _ADVICE[other]
    kind = _kind(content, suffix)
    return Sniffed(kind=kind, misnamed=suffix in _KINDS and kind not in _KINDS[suffix])


def _kind(content: bytes, suffix: str) -> DocumentKind:
    if b"%PDF-" in content[:_PDF_HEAD]:
        return DocumentKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return DocumentKind.DOCX
    head = _without_mark(content[:_HEAD])
    if _HTML.match(head):
        return DocumentKind.HTML
    if head.lstrip()[:1] in (b"{", b"[") and (suffix == "json" or b'"basics"' in content or b'"work"' in content):
        return DocumentKind.JSON_RESUME
    if suffix in ("html", "htm") and b"</" in content:
        return DocumentKind.HTML
    return DocumentKind.MARKDOWN if suffix in ("md", "markdown") else DocumentKind.TEXT


def _other_format(content: bytes) -> _Other | None:
    if content.startswith(_IMAGES) or content[4:12] in (b"ftypheic", b"ftypheif", b"ftypavif"):
        return _Other.IMAGE
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _Other.IMAGE
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return _Other.LOCKED_OFFICE if locked else _Other.OLD_OFFICE
    if content.startswith(b"{\\rtf"):
        return _Other.RTF
    if b"%PDF-" in content[:_PDF_HEAD] or content.startswith(b"PK\x03\x04"):
        return None
    return _Other.BINARY if _is_binary(content) else None


def _is_binary(content: bytes) -> bool:
    """Tell whether the start holds control bytes that no text has; UTF-16 is text with zero bytes in it."""
    head = content[:_HEAD]
    if head.startswith(_BYTE_ORDER_MARKS):
        return False
    if _looks_like_utf16(head):
        return False
    controls = sum(1 for byte in head if byte < 32 and byte not in _ALLOWED_CONTROLS)
    return controls * 50 > len(head)


def _looks_like_utf16(head: bytes) -> bool:
    """Latin text in UTF-16 without a mark has a zero in nearly every second byte, and on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return half >= 4 and max(even, odd) > half * 0.7 and min(even, odd) <= half * 0.05


def _without_mark(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(head):
        return head.replace(b"\x00", b"")[2 if head[:1] in (b"\xff", b"\xfe") else 0 :]
    return head.removeprefix(b"\xef\xbb\xbf")


_BINARY_SUFFIXES = frozenset({"pdf", "docx"})
_KINDS: dict[str, frozenset[DocumentKind]] = {
    "pdf": frozenset({DocumentKind.PDF}),
    "docx": frozenset({DocumentKind.DOCX}),
    "html": frozenset({DocumentKind.HTML}),
    "htm": frozenset({DocumentKind.HTML}),
    "json": frozenset({DocumentKind.JSON_RESUME}),
    "txt": frozenset({DocumentKind.TEXT}),
    "md": frozenset({DocumentKind.MARKDOWN}),
}
