"""The lines of a document with their places, without what was hidden from human eyes."""

from dataclasses import dataclass

from assay.core.documents.document import Document


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: its range in the document, its stripped text, and whether a gap stands before it."""

    start: int
    end: int
    text: str
    after_gap: bool


def visible_lines(*, document: Document) -> tuple[Line, ...]:
    """Return the lines that hold visible text; a line with hidden words in it is cut at them."""
    lines: list[Line] = []
    gap = True
    position = 0
    for raw in document.text.split("\n"):
        end = position + len(raw)
        pieces = _visible_pieces(document, position, end)
        if not raw.strip():
            gap = True
        for start, stop in pieces:
            line = _trimmed(document.text, start, stop, gap)
            if line is not None:
                lines.append(line)
                gap = False
        position = end + 1
    return tuple(lines)


def _visible_pieces(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    pieces = [(start, end)]
    for span in document.hidden:
        if span.end <= start or span.start >= end:
            continue
        pieces = [
            part
            for low, high in pieces
            for part in ((low, min(high, span.start)), (max(low, span.end), high))
            if part[0] < part[1]
        ]
    return pieces


def _trimmed(text: str, start: int, end: int, gap: bool) -> Line | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + piece.index(stripped[0])
    return Line(start=first, end=first + len(stripped), text=stripped, after_gap=gap)
