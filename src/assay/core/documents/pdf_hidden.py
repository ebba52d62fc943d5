"""Find the text of a PDF page that is drawn but not seen: invisible, too small, off the page, in its own colour."""

from dataclasses import dataclass

from assay.core.documents import pdfium_objects
from assay.core.documents.colour import WHITE, Colour, contrast
from assay.core.documents.document import HiddenReason
from assay.core.documents.limits import HiddenThresholds
from assay.core.documents.pdf_look import unseen_objects
from assay.core.documents.pdf_objects import Drawn, composed, scales_of, transformed
from assay.core.documents.pdfium import Bounds

_STROKE = 1
_INVISIBLE = 3
_CLIP = 7
_HALF_OPAQUE = 127


def hidden_objects(*, page: int, drawn: Drawn, box: Bounds, thresholds: HiddenThresholds) -> dict[int, HiddenReason]:
    """Return the text objects that a reader would not see, and why; ``box`` is the visible part of the page.

    What the drawing instructions leave open (text on or under a picture, text under a shape) is drawn with and
    without the text and compared.
    """
    hidden: dict[int, HiddenReason] = {}
    doubtful: dict[int, HiddenReason] = {}
    grounds = _grounds(drawn, thresholds)
    pale = _confusable_colours(drawn, grounds, thresholds)
    covered_before = grounds[0].order if grounds else -1
    for index in _remarkable(drawn, box, pale, covered_before, thresholds):
        handle = drawn.handles[index]
        if reason := _plain_reason(drawn, index, box, thresholds):
            hidden[handle] = reason
        elif index < covered_before and _is_under(drawn.bounds[index], index, grounds):
            doubtful[index] = HiddenReason.INVISIBLE
        elif drawn.fills[index] in pale or drawn.modes[index] == _STROKE:
            melts = _melts(drawn, index, grounds, thresholds)
            if melts:
                hidden[handle] = HiddenReason.SAME_COLOUR
            elif melts is None:
                doubtful[index] = HiddenReason.SAME_COLOUR
    if doubtful:
        places = {drawn.handles[index]: drawn.bounds[index] for index in doubtful}
        unseen = unseen_objects(page=page, places=places, least_difference=thresholds.min_difference)
        hidden |= {drawn.handles[index]: why for index, why in doubtful.items() if drawn.handles[index] in unseen}
    return hidden


def _remarkable(
    drawn: Drawn,
    box: Bounds,
    pale: set[tuple[int, int, int, int]],
    covered_before: int,
    thresholds: HiddenThresholds,
) -> list[int]:
    """Return the texts worth a closer look; nearly all are plain, opaque, large enough and well inside the page."""
    left, bottom, right, top = box
    low, narrow = 2 * thresholds.tiny_points, thresholds.tiny_points / 4
    return [
        index
        for index, (mode, fill, (x0, y0, x1, y1)) in enumerate(zip(drawn.modes, drawn.fills, drawn.bounds, strict=True))
        if mode
        or index < covered_before
        or y1 - y0 < low
        or x1 - x0 < narrow
        or fill[3] < 255
        or fill in pale
        or not (x0 >= left and x1 <= right and y0 >= bottom and y1 <= top)
        if mode != pdfium_objects.UNKNOWN_MODE
    ]


def _plain_reason(drawn: Drawn, index: int, box: Bounds, thresholds: HiddenThresholds) -> HiddenReason | None:
    """Return how a text is hidden by its own properties, whatever it stands on."""
    mode, (x0, y0, x1, y1) = drawn.modes[index], drawn.bounds[index]
    if mode in (_INVISIBLE, _CLIP):
        return HiddenReason.INVISIBLE
    if mode != _STROKE and drawn.fills[index][3] < thresholds.min_opacity * 255:
        return HiddenReason.INVISIBLE
    if x1 <= x0:
        return None
    if x1 <= box[0] or x0 >= box[2] or y1 <= box[1] or y0 >= box[3]:
        return HiddenReason.OFF_PAGE
    if (y1 - y0 < 2 * thresholds.tiny_points or x1 - x0 < thresholds.tiny_points / 4) and _is_tiny(
        drawn, index, thresholds
    ):
        return HiddenReason.TINY
    return None


def is_scan_layer(*, drawn: Drawn, box: Bounds) -> bool:
    """Tell whether all text is an invisible layer over a picture of the page, as text recognition leaves it."""
    modes = {mode for mode in drawn.modes if mode != pdfium_objects.UNKNOWN_MODE}
    if modes != {_INVISIBLE}:
        return False
    page_area = (box[2] - box[0]) * (box[3] - box[1])
    pictures = sum(
        (right - left) * (top - bottom)
        for handle, mode, (left, bottom, right, top) in zip(drawn.handles, drawn.modes, drawn.bounds, strict=True)
        if mode == pdfium_objects.UNKNOWN_MODE
        and pdfium_objects.object_type(handle=handle) == pdfium_objects.IMAGE_OBJECT
    )
    return pictures > page_area / 2


@dataclass(frozen=True, slots=True)
class _Ground:
    """A shape large enough for text to stand on: its place in the drawing order, bounds and colour.

    ``colour`` is None for pictures and gradients, where the colour behind a text cannot be known from the outside.
    """

    order: int
    bounds: Bounds
    colour: Colour | None


def _grounds(drawn: Drawn, thresholds: HiddenThresholds) -> list[_Ground]:
    """Return what text can stand on, the last drawn first; rules, dots and outlines are too small or not filled."""
    least = 2 * thresholds.tiny_points
    grounds: list[_Ground] = []
    for order, (mode, bounds) in enumerate(zip(drawn.modes, drawn.bounds, strict=True)):
        if mode != pdfium_objects.UNKNOWN_MODE or bounds[2] - bounds[0] < least or bounds[3] - bounds[1] < least:
            continue
        handle, fill = drawn.handles[order], drawn.fills[order]
        kind = pdfium_objects.object_type(handle=handle)
        colour: Colour | None = None
        if kind == pdfium_objects.PATH_OBJECT and fill[3] > _HALF_OPAQUE and pdfium_objects.is_filled(path=handle):
            colour = Colour(*fill[:3])
        elif kind not in (pdfium_objects.IMAGE_OBJECT, pdfium_objects.SHADING_OBJECT):
            continue
        grounds.append(_Ground(order=order, bounds=_cut(bounds, handle, drawn), colour=colour))
    grounds.reverse()
    return grounds


def _cut(bounds: Bounds, handle: int, drawn: Drawn) -> Bounds:
    """Return what is left of an object's bounds within what cuts it."""
    clip = pdfium_objects.clip_bounds(handle=handle)
    if clip is None:
        return bounds
    if frame := drawn.frames.get(handle):
        clip = transformed(bounds=clip, by=frame)
    return max(bounds[0], clip[0]), max(bounds[1], clip[1]), min(bounds[2], clip[2]), min(bounds[3], clip[3])


def _confusable_colours(
    drawn: Drawn, grounds: list[_Ground], thresholds: HiddenThresholds
) -> set[tuple[int, int, int, int]]:
    """Return the text colours that come close to white or to the colour of anything that text can stand on."""
    texts = {fill for fill, mode in zip(drawn.fills, drawn.modes, strict=True) if mode != pdfium_objects.UNKNOWN_MODE}
    backdrops = {WHITE, *(ground.colour for ground in grounds if ground.colour is not None)}
    return {
        fill
        for fill in texts
        if any(contrast(first=Colour(*fill[:3]), second=each) < thresholds.min_contrast for each in backdrops)
    }


def _is_tiny(drawn: Drawn, index: int, thresholds: HiddenThresholds) -> bool:
    handle = drawn.handles[index]
    placed = pdfium_objects.matrix(handle=handle)
    if frame := drawn.frames.get(handle):
        placed = composed(first=placed, then=frame)
    return pdfium_objects.font_size(handle=handle) * min(scales_of(matrix=placed)) < thresholds.tiny_points


def _melts(drawn: Drawn, index: int, grounds: list[_Ground], thresholds: HiddenThresholds) -> bool | None:
    """Tell whether a text has the colour of what lies right behind it; None when only drawing it can tell.

    A shape of the same colour may have been filled with a pattern, of which PDFium gives no colour.
    """
    red, green, blue, _ = drawn.fills[index]
    if drawn.modes[index] == _STROKE:
        red, green, blue, _ = pdfium_objects.stroke_colour(handle=drawn.handles[index])
    ground = _ground_of(drawn.bounds[index], index, grounds)
    if ground is not None and ground.colour is None:
        return None
    behind = WHITE if ground is None or ground.colour is None else ground.colour
    if contrast(first=Colour(red, green, blue), second=behind) >= thresholds.min_contrast:
        return False
    return True if ground is None else None


def _ground_of(bounds: Bounds, index: int, grounds: list[_Ground]) -> _Ground | None:
    """Return the last ground drawn under the middle of a text, None for bare paper."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    for ground in grounds:
        left, bottom, right, top = ground.bounds
        if ground.order < index and left <= x <= right and bottom <= y <= top:
            return ground
    return None


def _is_under(bounds: Bounds, index: int, grounds: list[_Ground]) -> bool:
    """Tell whether something drawn after a text lies over its middle."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    for ground in grounds:
        if ground.order < index:
            return False
        left, bottom, right, top = ground.bounds
        if left <= x <= right and bottom <= y <= top:
            return True
    return False
