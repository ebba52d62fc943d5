"""Put two columns in order when a file wrote their lines mixed.

Most programs write a page column by column, so the order in the file is the best guess and sorting by position
would destroy it. Only when the file jumps across a clear gutter again and again is the page read band by band:
left column, right column, then the next line that spans both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from assay.core.documents.limits import ColumnThresholds

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin at the bottom left."""


@dataclass(slots=True)
class Piece:
    """Boxes that follow each other on one line, by their index, and the rectangle around them."""

    members: list[int]
    left: float
    bottom: float
    right: float
    top: float


def mixed_columns(*, boxes: Sequence[Box], page: Box, thresholds: ColumnThresholds) -> list[Piece] | None:
    """Return the pieces in reading order, or None when the order of ``boxes`` is best left alone."""
    pieces = join_pieces(boxes=boxes, thresholds=thresholds)
    if len(pieces) <= 2 * thresholds.min_jumps:
        return None
    gutter = _gutter(pieces, page, thresholds)
    if gutter is None:
        return None
    sides = [_side(piece, gutter) for piece in pieces]
    if not _is_mixed(sides, thresholds) or not _has_two_sides(pieces, sides, thresholds):
        return None
    return _by_bands(pieces, sides)


def join_pieces(*, boxes: Sequence[Box], thresholds: ColumnThresholds) -> list[Piece]:
    """Join boxes that follow each other on a line with no more than a word gap between them."""
    pieces: list[Piece] = []
    join_gap, line_overlap = thresholds.join_gap, thresholds.line_overlap
    members: list[int] = []
    low = high = end = inf
    for index, (left, bottom, right, top) in enumerate(boxes):
        height = top - bottom
        if right <= left or height <= 0:
            continue
        standing = high - low
        tallest, shortest = (height, standing) if height > standing else (standing, height)
        shared = (high if high < top else top) - (low if low > bottom else bottom)
        if shared > line_overlap * shortest and -tallest <= left - end < join_gap * tallest:
            members.append(index)
            piece = pieces[-1]
            piece.right = end = right if right > end else end
            piece.bottom = low = bottom if bottom < low else low
            piece.top = high = top if top > high else high
        else:
            members, low, high, end = [index], bottom, top, right
            pieces.append(Piece(members=members, left=left, bottom=bottom, right=right, top=top))
    return pieces


def on_one_line(*, first: Piece, second: Piece, thresholds: ColumnThresholds) -> bool:
    """Tell whether ``second`` stands to the right of ``first`` on the same line."""
    shared = min(first.top, second.top) - max(first.bottom, second.bottom)
    height = min(first.top - first.bottom, second.top - second.bottom)
    return second.left >= first.left and shared > thresholds.line_overlap * height


def _gutter(pieces: list[Piece], page: Box, thresholds: ColumnThresholds) -> tuple[float, float] | None:
    """Return the widest stretch around the middle of the page that almost no piece crosses."""
    margin = (page[2] - page[0]) * (1 - thresholds.middle) / 2
    low, high = page[0] + margin, page[2] - margin
    allowed = thresholds.max_crossing * len(pieces)
    edges = sorted([(piece.left, 1) for piece in pieces] + [(piece.right, -1) for piece in pieces])
    best: tuple[float, float] | None = None
    crossing, since = 0, low
    is_clear = True
    for x, change in edges:
        crossing += change
        if is_clear and crossing > allowed:
            best = _wider(best, (max(since, low), min(x, high)))
            is_clear = False
        elif not is_clear and crossing <= allowed:
            since, is_clear = x, True
    return best


def _wider(best: tuple[float, float] | None, found: tuple[float, float]) -> tuple[float, float] | None:
    width = found[1] - found[0]
    return found if width > 0 and (best is None or width > best[1] - best[0]) else best


def _is_mixed(sides: list[int], thresholds: ColumnThresholds) -> bool:
    """Tell whether the file goes back and forth across the gutter too often for columns written one by one."""
    apart = [side for side in sides if side]
    jumps = sum(1 for first, second in pairwise(apart) if first != second)
    smaller = min(apart.count(-1), apart.count(1))
    return jumps > max(thresholds.min_jumps, thresholds.jump_share * smaller)


def _has_two_sides(pieces: list[Piece], sides: list[int], thresholds: ColumnThresholds) -> bool:
    """Tell columns from right-aligned dates: enough text on each side, and a shared left edge on the right."""
    widths = {-1: 0.0, 0: 0.0, 1: 0.0}
    for piece, side in zip(pieces, sides, strict=True):
        widths[side] += piece.right - piece.left
    if min(widths[-1], widths[1]) < thresholds.min_side * sum(widths.values()):
        return False
    edges = sorted(piece.left for piece, side in zip(pieces, sides, strict=True) if side == 1)
    return _most_within(edges, thresholds.edge_points) >= thresholds.min_shared_edge * len(edges)


def _most_within(values: list[float], reach: float) -> int:
    most, start = 0, 0
    for end, value in enumerate(values):
        while value - values[start] > reach:
            start += 1
        most = max(most, end - start + 1)
    return most


def _side(piece: Piece, gutter: tuple[float, float]) -> int:
    """Return -1 for left of the gutter, 1 for right of it, 0 for a piece that crosses it."""
    middle = (gutter[0] + gutter[1]) / 2
    if piece.right <= middle:
        return -1
    return 1 if piece.left >= middle else 0


def _by_bands(pieces: list[Piece], sides: list[int]) -> list[Piece]:
    across = [piece for piece, side in zip(pieces, sides, strict=True) if not side]
    across.sort(key=lambda piece: -_middle(piece))
    heights = [_middle(piece) for piece in across]
    bands: list[tuple[list[Piece], list[Piece]]] = [([], []) for _ in range(len(across) + 1)]
    for piece, side in zip(pieces, sides, strict=True):
        if side:
            band = sum(1 for height in heights if height > _middle(piece))
            bands[band][0 if side < 0 else 1].append(piece)
    ordered: list[Piece] = []
    for index, (left, right) in enumerate(bands):
        ordered += [*left, *right, *across[index : index + 1]]
    return ordered


def _middle(piece: Piece) -> float:
    return (piece.bottom + piece.top) / 2
