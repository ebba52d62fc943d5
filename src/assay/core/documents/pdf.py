"""Read PDF with PDFium: the file's own order, columns put right where they were mixed, hidden text marked."""

from collections.abc import Iterator

from assay.core.documents import pdfium
from assay.core.documents.assemble import cleaned_spans
from assay.core.documents.clean import clean, clean_with_sources, has_zero_width
from assay.core.documents.document import (
    Document,
    DocumentKind,
    HiddenSpan,
    Page,
    Unreadable,
    UnreadableReason,
)
from assay.core.documents.hyphens import is_typeset
from assay.core.documents.limits import Limits
from assay.core.documents.pdf_page import PageText, read_page
from assay.core.documents.zero_width import NOTE

_LOCKED = Unreadable(
    reason=UnreadableReason.ENCRYPTED,
    advice="This PDF needs a password to open. Ask for a copy without one.",
)
_BROKEN = Unreadable(
    reason=UnreadableReason.CORRUPT,
    advice="This PDF is damaged and cannot be opened. Ask for a new copy of the file.",
)
_PICTURE = Unreadable(
    reason=UnreadableReason.NO_TEXT,
    advice="This PDF has no text (a scan, or empty pages). Open it to see, or ask for a PDF with real text.",
)


def read_pdf(*, content: bytes, limits: Limits) -> Document | Unreadable:
    """Return the text of a PDF with its pages and hidden spans, or why it cannot be read."""
    try:
        with pdfium.open_document(content=content) as document:
            count = pdfium.page_count(document=document)
            if count < 1:
                return _BROKEN
            return _gather(document, count, limits)
    except pdfium.LockedPdf:
        return _LOCKED
    except pdfium.BrokenPdf:
        return _BROKEN


def pages_of(*, document: int, limits: Limits) -> Iterator[tuple[int, int, int, PageText]]:
    """Yield page number, page handle, text handle and text of each page within the limits.

    Handles are valid until the next step. A page that cannot be parsed counts as an empty one.
    """
    typeset = is_typeset(producer=pdfium.producer(document=document), rules=limits.hyphens)
    for index in range(min(pdfium.page_count(document=document), limits.max_pages)):
        try:
            with pdfium.open_page(document=document, index=index) as page, pdfium.open_text(page=page) as text:
                yield index + 1, page, text, read_page(page=page, text=text, is_typeset=typeset, limits=limits)
        except pdfium.BrokenPdf:
            yield index + 1, 0, 0, PageText(raw="", indices=(), hidden=(), is_reordered=False, is_scan=False)


def _gather(document: int, count: int, limits: Limits) -> Document | Unreadable:
    parts: list[str] = []
    pages: list[Page] = []
    hidden: list[HiddenSpan] = []
    notes = _Notes(count, limits)
    start = 0
    for number, page, _, found in pages_of(document=document, limits=limits):
        width, height = pdfium.page_size(page=page) if page else (0.0, 0.0)
        text, spans = page_text(found=found, min_hidden_letters=limits.hidden.min_letters)
        notes.add(number, text, found, is_broken=not page)
        hidden += [HiddenSpan(start=start + span.start, end=start + span.end, reason=span.reason) for span in spans]
        parts.append(text)
        pages.append(Page(number=number, width=width, height=height, start=start, end=start + len(text)))
        start += len(text)
        if start > limits.max_characters:
            notes.cut_after = number
            break
    if notes.most_letters < limits.min_letters_per_page:
        return _PICTURE
    return Document(
        kind=DocumentKind.PDF,
        text="".join(parts),
        pages=tuple(pages),
        hidden=tuple(hidden),
        notes=notes.sentences(),
    )


def page_text(*, found: PageText, min_hidden_letters: int) -> tuple[str, tuple[HiddenSpan, ...]]:
    """Return the clean text of a page, ended by a line end, and its hidden spans."""
    if found.hidden or has_zero_width(text=found.raw):
        text, sources = clean_with_sources(raw=found.raw)
        spans = cleaned_spans(
            raw=found.raw, text=text, sources=sources, hidden=found.hidden, min_letters=min_hidden_letters
        )
    else:
        text, spans = clean(raw=found.raw), ()
    return (text if text.endswith("\n") else text + "\n"), spans


class _Notes:
    """What a person should know about how the pages were read."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._count = count
        self._limits = limits
        self._reordered: list[int] = []
        self._without_text: list[int] = []
        self._scans: list[int] = []
        self._broken: list[int] = []
        self._has_zero_width = False
        self.most_letters = 0
        self.cut_after = 0

    def add(self, number: int, text: str, found: PageText, *, is_broken: bool) -> None:
        letters = sum(map(str.isalpha, text)) if len(text) < 4 * self._limits.min_letters_per_page else len(text)
        self.most_letters = max(self.most_letters, letters)
        if is_broken:
            self._broken.append(number)
        elif letters < self._limits.min_letters_per_page:
            self._without_text.append(number)
        if found.is_reordered:
            self._reordered.append(number)
        if found.is_scan:
            self._scans.append(number)
        self._has_zero_width = self._has_zero_width or has_zero_width(text=found.raw)

    def sentences(self) -> tuple[str, ...]:
        last = self.cut_after or min(self._count, self._limits.max_pages)
        notes: list[str] = []
        if last < self._count:
            notes.append(f"Only the first {last} of {self._count} pages were read.")
        if self._reordered:
            notes.append(f"Two mixed columns were put in order on {_pages(self._reordered)}.")
        if self._scans:
            where = _pages(self._scans)
            notes.append(f"The text on {where} is a recognition layer over a picture; check it against the picture.")
        if self._broken:
            notes.append(f"Nothing could be read on {_pages(self._broken)}: damaged.")
        if self._without_text:
            notes.append(f"Hardly any text was found on {_pages(self._without_text)}; it may be a picture.")
        if self._has_zero_width:
            notes.append(NOTE)
        return tuple(notes)


def _pages(numbers: list[int]) -> str:
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(map(str, numbers))
