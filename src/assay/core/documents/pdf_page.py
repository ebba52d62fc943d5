"""The text of one PDF page in reading order, character by character traceable to PDFium's own list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assay.core.documents import pdfium
from assay.core.documents.columns import Piece, mixed_columns, on_one_line
from assay.core.documents.document import HiddenReason
from assay.core.documents.limits import ColumnThresholds, Limits
from assay.core.documents.pdf_hidden import hidden_objects, is_scan_layer
from assay.core.documents.pdf_objects import Drawn, drawn_on

MADE_UP = -1
"""Stands for a space or line end that belongs to no character of the page."""
_WORD_GAP = 0.2


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's raw text, each character's index in PDFium's list, and the raw ranges that are hidden."""

    raw: str
    indices: Sequence[int]
    hidden: tuple[tuple[int, int, HiddenReason], ...]
    is_reordered: bool
    is_scan: bool


def read_page(*, page: int, text: int, limits: Limits) -> PageText:
    """Read a page by its handles; the same page always gives the same text."""
    raw, listed = pdfium.characters(text=text)
    indices: Sequence[int] = range(len(raw)) if listed is None else listed
    drawn, box = drawn_on(page=page), pdfium.page_box(page=page)
    hidden = hidden_objects(drawn=drawn, box=box, thresholds=limits.hidden)
    is_scan = bool(hidden) and is_scan_layer(drawn=drawn, box=box)
    if is_scan:
        hidden = {}
    texts = _Texts(drawn)
    pieces = mixed_columns(boxes=texts.bounds, page=box, thresholds=limits.columns)
    if pieces is not None:
        raw, indices = _reordered(raw, indices, texts, pieces, text, limits.columns)
    ranges = _hidden_ranges(text, indices, hidden) if hidden else ()
    return PageText(raw=raw, indices=indices, hidden=ranges, is_reordered=pieces is not None, is_scan=is_scan)


class _Texts:
    """The text objects of a page alone."""

    def __init__(self, drawn: Drawn) -> None:
        kept = [index for index, mode in enumerate(drawn.modes) if mode != pdfium.UNKNOWN_MODE]
        self.handles = [drawn.handles[index] for index in kept]
        self.bounds = [drawn.bounds[index] for index in kept]


def _hidden_ranges(
    text: int, indices: Sequence[int], hidden: dict[int, HiddenReason]
) -> tuple[tuple[int, int, HiddenReason], ...]:
    """Return the stretches of characters that were drawn by hidden objects, spaces between them included."""
    owners = _owners(text, indices)
    ranges: list[tuple[int, int, HiddenReason]] = []
    is_open = False
    for position, owner in enumerate(owners):
        reason = hidden.get(owner)
        if reason is None:
            is_open = is_open and owner == 0
        elif is_open and ranges[-1][2] is reason:
            ranges[-1] = (ranges[-1][0], position + 1, reason)
        else:
            ranges.append((position, position + 1, reason))
            is_open = True
    return tuple(ranges)


def _owners(text: int, indices: Sequence[int]) -> list[int]:
    """Return the object that drew each character, 0 for what PDFium or the reordering made up."""
    found = pdfium.text_objects(text=text, indices=[max(0, index) for index in indices])
    return [0 if index == MADE_UP else owner for index, owner in zip(indices, found, strict=True)]


def _reordered(
    raw: str,
    indices: Sequence[int],
    texts: _Texts,
    pieces: list[Piece],
    text: int,
    thresholds: ColumnThresholds,
) -> tuple[str, list[int]]:
    """Write the characters again, piece by piece, with line ends where the line changes."""
    by_object: dict[int, list[int]] = defaultdict(list)
    for position, owner in enumerate(_owners(text, indices)):
        if owner:
            by_object[owner].append(position)
    order: list[int] = []
    for before, piece in pairwise([None, *pieces]):
        assert piece is not None
        if before is not None:
            same_line = on_one_line(first=before, second=piece, thresholds=thresholds)
            order.append(_SPACE if same_line else _LINE_END)
        order += _piece_positions(raw, piece, texts, by_object)
    letters = {_SPACE: " ", _LINE_END: "\n"}
    written = "".join(raw[place] if place >= 0 else letters[place] for place in order)
    return written, [indices[place] if place >= 0 else MADE_UP for place in order]


_SPACE = -1
_LINE_END = -2


def _piece_positions(raw: str, piece: Piece, texts: _Texts, by_object: dict[int, list[int]]) -> list[int]:
    """Return the raw positions of a piece's characters, with ``_SPACE`` between words."""
    order: list[int] = []
    right = piece.left
    for member in piece.members:
        positions = by_object.get(texts.handles[member], [])
        left = texts.bounds[member][0]
        if order and positions and _has_space(raw, order[-1], positions[0], left - right, piece):
            order.append(_SPACE)
        order += positions
        right = texts.bounds[member][2]
    return order


def _has_space(raw: str, last: int, following: int, gap: float, piece: Piece) -> bool:
    """Tell whether a space belongs between two neighbours: as PDFium says if it saw them so, else by the gap."""
    if last < 0 or raw[last].isspace() or raw[following].isspace():
        return False
    if following == last + 1:
        return False
    if following > last and raw[last + 1 : following].isspace():
        return True
    return gap > _WORD_GAP * (piece.top - piece.bottom)
