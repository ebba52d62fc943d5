"""The text of one PDF page in reading order, character by character traceable to PDFium's own list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.documents import pdfium, pdfium_objects
from assay.core.documents.columns import Piece, mixed_columns, on_one_line
from assay.core.documents.document import HiddenReason
from assay.core.documents.hyphens import soften
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


def read_page(*, page: int, text: int, is_typeset: bool, limits: Limits) -> PageText:
    """Read a page by its handles; the same page always gives the same text.

    ``is_typeset`` says that the program that made the file hyphenates words by itself.
    """
    raw, listed = pdfium.characters(text=text)
    indices: Sequence[int] = range(len(raw)) if listed is None else listed
    drawn, box = drawn_on(page=page), pdfium.page_box(page=page)
    hidden = hidden_objects(page=page, drawn=drawn, box=box, thresholds=limits.hidden)
    is_scan = bool(hidden) and is_scan_layer(drawn=drawn, box=box)
    if is_scan or _is_speck(hidden, text, limits.hidden.min_letters):
        hidden = {}
    texts = _Texts(drawn)
    pieces = mixed_columns(boxes=texts.bounds, page=box, thresholds=limits.columns)
    if pieces is not None:
        raw, indices = _reordered(raw, indices, texts, pieces, text, limits.columns)
    if is_typeset:
        raw = soften(raw=raw, rules=limits.hyphens)
    ranges = _hidden_ranges(text, indices, hidden) if hidden else ()
    return PageText(raw=raw, indices=indices, hidden=ranges, is_reordered=pieces is not None, is_scan=is_scan)


def _is_speck(hidden: dict[int, HiddenReason], text: int, min_letters: int) -> bool:
    """Tell early that too little is hidden to be marked, before every character is asked who drew it."""
    if len(hidden) >= min_letters:
        return False
    return sum(pdfium_objects.text_length(handle=handle, text=text) for handle in hidden) < min_letters


class _Texts:
    """The text objects of a page alone."""

    def __init__(self, drawn: Drawn) -> None:
        kept = [index for index, mode in enumerate(drawn.modes) if mode != pdfium_objects.UNKNOWN_MODE]
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
    by_object: dict[int, list[_Stretch]] = defaultdict(list)
    for start, end, owner in pdfium.object_runs(text=text, indices=indices, objects=len(texts.handles)):
        by_object[owner].append((start, end))
    order: list[_Stretch] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            same_line = on_one_line(first=before, second=piece, thresholds=thresholds)
            order.append(_SPACE if same_line else _LINE_END)
        order += _piece_stretches(raw, piece, texts, by_object)
    written = "".join([raw[start:end] if end > 0 else _LETTERS[start, end] for start, end in order])
    moved: list[int] = []
    for start, end in order:
        moved += indices[start:end] if end > 0 else (MADE_UP,)
    return written, moved


_Stretch = tuple[int, int]
"""A half-open range of raw positions; ``_SPACE`` and ``_LINE_END`` stand for what is put between stretches."""
_SPACE: _Stretch = (-1, -1)
_LINE_END: _Stretch = (-2, -2)
_LETTERS = {_SPACE: " ", _LINE_END: "\n"}


def _piece_stretches(raw: str, piece: Piece, texts: _Texts, by_object: dict[int, list[_Stretch]]) -> list[_Stretch]:
    """Return where a piece's characters stand in ``raw``, with ``_SPACE`` between words."""
    order: list[_Stretch] = []
    right = piece.left
    for member in piece.members:
        stretches = by_object.get(texts.handles[member])
        if not stretches:
            continue
        gap = texts.bounds[member][0] - right
        if order and _has_space(raw, order[-1][1], stretches[0][0], gap, piece):
            order.append(_SPACE)
        order += stretches
        right = texts.bounds[member][2]
    return order


def _has_space(raw: str, end: int, following: int, gap: float, piece: Piece) -> bool:
    """Tell whether a space belongs between two neighbours: as PDFium says if it saw them so, else by the gap.

    ``end`` is where the first ends in ``raw`` and ``following`` where the second starts.
    """
    if end == following or raw[end - 1].isspace() or raw[following].isspace():
        return False
    if following > end and raw[end:following].isspace():
        return True
    return gap > _WORD_GAP * (piece.top - piece.bottom)
