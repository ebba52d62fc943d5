"""Find where on the page a stretch of a document's text stands, to highlight it."""

from collections import defaultdict
from collections.abc import Sequence

from assay.core.documents import pdfium
from assay.core.documents.clean import clean_with_sources
from assay.core.documents.columns import Box as Rectangle
from assay.core.documents.document import Box, DocumentKind
from assay.core.documents.limits import Limits
from assay.core.documents.pdf import page_text, pages_of
from assay.core.documents.pdf_page import MADE_UP, PageText
from assay.core.documents.sniff import Sniffed, sniff

_SAME_LINE = 0.5


def locate(*, content: bytes, spans: Sequence[tuple[int, int]], limits: Limits) -> tuple[tuple[Box, ...], ...]:
    """Return, for each half-open range of the document's text, the rectangles it covers, line by line.

    Ranges count characters of the ``Document`` that ``read_document`` returns for the same content and limits.
    Only PDF has pages to point at; every other kind, and a file that cannot be read, gives no rectangles.
    """
    sniffed = sniff(content=content, name="") if content else None
    if not isinstance(sniffed, Sniffed) or sniffed.kind is not DocumentKind.PDF:
        return tuple(() for _ in spans)
    found: dict[int, list[Box]] = defaultdict(list)
    last = max((end for _, end in spans), default=0)
    try:
        with pdfium.open_document(content=content) as document:
            start = 0
            for number, page, text, read in pages_of(document=document, limits=limits):
                clean, _ = page_text(found=read, min_hidden_letters=limits.hidden.min_letters)
                for index, (first, end) in enumerate(spans):
                    if first < start + len(clean) and end > start and page:
                        within = (max(0, first - start), min(len(clean), end - start))
                        found[index] += _boxes(number, page, text, read, within)
                start += len(clean)
                if start >= last:
                    break
    except (pdfium.LockedPdf, pdfium.BrokenPdf):
        return tuple(() for _ in spans)
    return tuple(tuple(found[index]) for index in range(len(spans)))


def _boxes(number: int, page: int, text: int, read: PageText, within: tuple[int, int]) -> list[Box]:
    _, sources = clean_with_sources(raw=read.raw)
    indices = dict.fromkeys(read.indices[source] for source in sources[within[0] : within[1]])
    lines: list[Rectangle] = []
    for index in indices:
        bounds = None if index == MADE_UP else pdfium.character_bounds(text=text, index=index)
        if bounds is None:
            continue
        if lines and _is_on_line(lines[-1], bounds):
            lines[-1] = _around(lines[-1], bounds)
        else:
            lines.append(bounds)
    return [_as_box(number, page, line) for line in lines]


def _is_on_line(line: Rectangle, bounds: Rectangle) -> bool:
    height = min(line[3] - line[1], bounds[3] - bounds[1])
    shared = min(line[3], bounds[3]) - max(line[1], bounds[1])
    gap = bounds[0] - line[2]
    return shared > _SAME_LINE * height and -height < gap < 3 * height


def _around(first: Rectangle, second: Rectangle) -> Rectangle:
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def _as_box(number: int, page: int, line: Rectangle) -> Box:
    left, bottom, right, top = line
    x0, y0 = pdfium.to_screen(page=page, x=left, y=top)
    x1, y1 = pdfium.to_screen(page=page, x=right, y=bottom)
    return Box(page=number, x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0))
