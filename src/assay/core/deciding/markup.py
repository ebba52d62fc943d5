"""Evidence laid over a document's text: which stretches are quoted, by what, and how a reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.documents.document import Document, HiddenReason
from assay.core.screening.result import ScreeningResult, Verdict


class MarkKind(StrEnum):
    """What a marked stretch is. Where marks overlap, the later kind of this list decides the look."""

    UNCOUNTED = "uncounted"
    FLAG = "flag"
    MUST_HAVE = "must_have"
    CLAIM = "claim"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open character range ``[start, end)`` of the text, the ids it answers to, and a line about it."""

    ids: tuple[str, ...]
    kind: MarkKind
    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks: their ids, the kind that decides its look, and their lines."""

    text: str
    ids: tuple[str, ...] = ()
    kind: MarkKind | None = None
    title: str = ""


class BlockKind(StrEnum):
    """How a line of text is set."""

    HEADING = "heading"
    BULLET = "bullet"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the document, cut into pieces."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


HIDDEN_WORDS: dict[HiddenReason, str] = {
    HiddenReason.INVISIBLE: "drawn so that nobody sees it",
    HiddenReason.SAME_COLOUR: "in the colour of the paper",
    HiddenReason.TINY: "too small to read",
    HiddenReason.OFF_PAGE: "outside the page",
    HiddenReason.ZERO_WIDTH: "made of characters without width",
}
_KIND_ORDER = {kind: order for order, kind in enumerate(MarkKind)}
_LONGEST_HEADING = 48


def marks_of(*, result: ScreeningResult | None, document: Document) -> tuple[Mark, ...]:
    """Return every mark that a screening and the reading put on a document, in the order of the text.

    Ids: ``c<claim id>``, ``m-<must-have id>``, ``k-<competency>``, ``f<flag index>``, ``h<hidden index>``.
    """
    marks = [
        Mark((f"h{index}",), MarkKind.HIDDEN, span.start, span.end, f"Hidden text, {HIDDEN_WORDS[span.reason]}")
        for index, span in enumerate(document.hidden)
    ]
    if result is not None:
        marks += _claim_marks(result)
        marks += _must_have_marks(result)
        marks += _flag_marks(result)
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(document.text)]
    return tuple(sorted(inside, key=lambda mark: (mark.start, mark.end, mark.ids)))


def merge(*, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Join the marks that cover exactly the same stretch, so that a page shows one area for each."""
    together: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        together.setdefault((mark.start, mark.end), []).append(mark)
    return tuple(Mark(*_look(over), start, end, _titles(over)) for (start, end), over in sorted(together.items()))


def cut(*, text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut text at the edges of its marks. The pieces joined give the text back, character for character."""
    return _cut_range(text, 0, len(text), marks)


def lay_out(*, text: str, marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Set the text line by line, leaving out empty lines; each line knows if it is a heading or a list item."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            near = [mark for mark in marks if mark.start < end and mark.end > start]
            blocks.append(Block(_block_kind(line), _cut_range(text, start, end, near)))
        start = end + 1
    return tuple(blocks)


def _cut_range(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    edges = {start, end}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if start < edge < end)
    ordered = sorted(edges)
    return tuple(_piece(text, left, right, marks) for left, right in zip(ordered, ordered[1:], strict=False))


def _piece(text: str, left: int, right: int, marks: Sequence[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start < right and mark.end > left]
    if not over:
        return Piece(text[left:right])
    ids, kind = _look(over)
    return Piece(text[left:right], ids, kind, _titles(over))


def _look(over: Sequence[Mark]) -> tuple[tuple[str, ...], MarkKind]:
    ids = tuple(dict.fromkeys(name for mark in over for name in mark.ids))
    return ids, max((mark.kind for mark in over), key=_KIND_ORDER.__getitem__)


def _titles(over: Sequence[Mark]) -> str:
    return "; ".join(dict.fromkeys(mark.title for mark in over))


def _block_kind(line: str) -> BlockKind:
    bare = line.strip()
    if bare[0] in "•-–*‣▪·" and len(bare) > 1:
        return BlockKind.BULLET
    letters = [character for character in bare if character.isalpha()]
    is_short = len(bare) <= _LONGEST_HEADING and bool(letters)
    if bare.startswith("#") or (is_short and len(letters) > 2 and bare.upper() == bare and bare.lower() != bare):
        return BlockKind.HEADING
    return BlockKind.LINE


def _claim_marks(result: ScreeningResult) -> list[Mark]:
    serving: dict[int, list[str]] = {}
    for item in result.competencies:
        for claim_id in item.claim_ids:
            serving.setdefault(claim_id, []).append(f"k-{item.competency}")
    return [
        Mark(
            (f"c{claim.id}", *serving.get(claim.id, ())),
            MarkKind.CLAIM if claim.counted else MarkKind.UNCOUNTED,
            claim.span.start,
            claim.span.end,
            f"{claim.kind.replace('_', ' ')}: {claim.why}" if claim.why else claim.kind.replace("_", " "),
        )
        for claim in result.claims
    ]


def _must_have_marks(result: ScreeningResult) -> list[Mark]:
    words = {Verdict.MET: "shows", Verdict.UNCLEAR: "may show", Verdict.MISSING: "does not show"}
    return [
        Mark((f"m-{item.id}",), MarkKind.MUST_HAVE, span.start, span.end, f"{words[item.verdict]} “{item.label}”")
        for item in result.must_haves
        for span in item.spans
    ]


def _flag_marks(result: ScreeningResult) -> list[Mark]:
    return [
        Mark((f"f{index}",), MarkKind.FLAG, span.start, span.end, flag.message)
        for index, flag in enumerate(result.flags)
        for span in flag.spans
    ]
