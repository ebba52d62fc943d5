"""A document as it lies on the desk: pages with gold over the quotes, or its text with the quotes marked."""

from dataclasses import dataclass

from assay.app.documents.queries import DocumentView
from assay.app.documents.viewing import locate_spans
from assay.core.deciding.markup import Block, Mark, MarkKind, lay_out, marks_of, merge
from assay.core.screening.result import ScreeningResult


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle over a page, in points from the top left: the ids it answers to, its look and its line."""

    ids: str
    kind: MarkKind
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One page: number, size in points, and the areas over it."""

    number: int
    width: float
    height: float
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document laid out. Exactly one of ``pages`` and ``blocks`` is filled for a document that was read."""

    document: DocumentView
    can_show_pages: bool
    pages: tuple[PageSheet, ...] = ()
    blocks: tuple[Block, ...] = ()


def lay_sheet(*, document: DocumentView, result: ScreeningResult | None, as_text: bool) -> Sheet:
    """Lay a document out with the evidence of a screening over it. Unread documents stay empty."""
    if document.reading is None:
        return Sheet(document, can_show_pages=False)
    marks = marks_of(result=result, document=document.reading)
    can_show_pages = document.has_page_images
    if as_text or not can_show_pages:
        return Sheet(document, can_show_pages, blocks=lay_out(text=document.reading.text, marks=marks))
    return Sheet(document, can_show_pages, pages=_pages(document, merge(marks=marks)))


def _pages(document: DocumentView, marks: tuple[Mark, ...]) -> tuple[PageSheet, ...]:
    """Put areas on pages, widest first, so that a quote inside another stays within reach of the pointer."""
    places = locate_spans(document=document, spans=[(mark.start, mark.end) for mark in marks])
    areas: dict[int, list[Area]] = {}
    for mark, boxes in zip(marks, places, strict=True):
        for box in boxes:
            area = Area(" ".join(mark.ids), mark.kind, box.x, box.y, box.width, box.height, mark.title)
            areas.setdefault(box.page, []).append(area)
    pages = document.reading.pages if document.reading else ()
    return tuple(
        PageSheet(
            page.number,
            page.width,
            page.height,
            tuple(sorted(areas.get(page.number, ()), key=lambda area: -area.width * area.height)),
        )
        for page in pages
    )
