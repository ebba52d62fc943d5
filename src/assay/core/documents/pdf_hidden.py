"""Find the text of a PDF page that is drawn but not seen: invisible, too small, off the page, in its own colour."""

from dataclasses import dataclass

from assay.core.documents import pdfium
from assay.core.documents.colour import WHITE, Colour, contrast
from assay.core.documents.document import HiddenReason
from assay.core.documents.limits import HiddenThresholds
from assay.core.documents.pdf_objects import IDENTITY, Drawn, composed, scales_of
from assay.core.documents.pdfium import Bounds

_STROKE = 1
_INVISIBLE = 3
_CLIP = 7
_HALF_OPAQUE = 127


def hidden_objects(*, drawn: Drawn, box: Bounds, thresholds: HiddenThresholds) -> dict[int, HiddenReason]:
    """Return the text objects that a reader would not see, and why; ``box`` is the visible part of the page."""
    hidden: dict[int, HiddenReason] = {}
    grounds = _grounds(drawn, thresholds)
    pale = _confusable_colours(drawn, grounds, thresholds)
    least = 2 * thresholds.tiny_points
    left, bottom, right, top = box
    for index, mode in enumerate(drawn.modes):
        if mode == pdfium.UNKNOWN_MODE:
            continue
        x0, y0, x1, y1 = drawn.bounds[index]
        fill = drawn.fills[index]
        reason: HiddenReason | None = None
        if mode in (_INVISIBLE, _CLIP) or (fill[3] < 255 and _is_faint(drawn, index, thresholds)):
            reason = HiddenReason.INVISIBLE
        elif x1 <= left or x0 >= right or y1 <= bottom or y0 >= top:
            reason = HiddenReason.OFF_PAGE if x1 > x0 else None
        elif (y1 - y0 < least or x1 - x0 < least) and x1 > x0 and _is_tiny(drawn, index, thresholds):
            reason = HiddenReason.TINY
        elif (fill in pale or mode == _STROKE) and _melts(drawn, index, grounds, thresholds):
            reason = HiddenReason.SAME_COLOUR
        if reason is not None:
            hidden[drawn.handles[index]] = reason
    return hidden


def is_scan_layer(*, drawn: Drawn, box: Bounds) -> bool:
    """Tell whether all text is an invisible layer over a picture of the page, as text recognition leaves it."""
    modes = {mode for mode in drawn.modes if mode != pdfium.UNKNOWN_MODE}
    if modes != {_INVISIBLE}:
        return False
    page_area = (box[2] - box[0]) * (box[3] - box[1])
    pictures = sum(
        (right - left) * (top - bottom)
        for handle, mode, (left, bottom, right, top) in zip(drawn.handles, drawn.modes, drawn.bounds, strict=True)
        if mode == pdfium.UNKNOWN_MODE and pdfium.object_type(handle=handle) == pdfium.IMAGE_OBJECT
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
        if mode != pdfium.UNKNOWN_MODE or bounds[2] - bounds[0] < least or bounds[3] - bounds[1] < least:
            continue
        handle, fill = drawn.handles[order], drawn.fills[order]
        kind = pdfium.object_type(handle=handle)
        if kind in (pdfium.IMAGE_OBJECT, pdfium.SHADING_OBJECT):
            grounds.append(_Ground(order=order, bounds=bounds, colour=None))
        elif kind == pdfium.PATH_OBJECT and fill[3] > _HALF_OPAQUE and pdfium.is_filled(path=handle):
            grounds.append(_Ground(order=order, bounds=bounds, colour=Colour(*fill[:3])))
    grounds.reverse()
    return grounds


def _confusable_colours(
    drawn: Drawn, grounds: list[_Ground], thresholds: HiddenThresholds
) -> set[tuple[int, int, int, int]]:
    """Return the text colours that come close to white or to the colour of anything that text can stand on."""
    texts = {fill for fill, mode in zip(drawn.fills, drawn.modes, strict=True) if mode != pdfium.UNKNOWN_MODE}
    backdrops = {WHITE, *(ground.colour for ground in grounds if ground.colour is not None)}
    return {
        fill
        for fill in texts
        if any(contrast(first=Colour(*fill[:3]), second=each) < thresholds.min_contrast for each in backdrops)
    }


def _is_faint(drawn: Drawn, index: int, thresholds: HiddenThresholds) -> bool:
    return drawn.modes[index] != _STROKE and drawn.fills[index][3] < thresholds.min_opacity * 255


def _is_tiny(drawn: Drawn, index: int, thresholds: HiddenThresholds) -> bool:
    handle = drawn.handles[index]
    frame = drawn.frames.get(handle, IDENTITY)
    across, up = scales_of(matrix=composed(first=pdfium.matrix(handle=handle), then=frame))
    return pdfium.font_size(handle=handle) * min(across, up) < thresholds.tiny_points


def _melts(drawn: Drawn, index: int, grounds: list[_Ground], thresholds: HiddenThresholds) -> bool:
    """Tell whether a text has the colour of what lies right behind it."""
    red, green, blue, _ = drawn.fills[index]
    if drawn.modes[index] == _STROKE:
        red, green, blue, _ = pdfium.stroke_colour(handle=drawn.handles[index])
    behind = _backdrop(drawn, index, grounds)
    return behind is not None and contrast(first=Colour(red, green, blue), second=behind) < thresholds.min_contrast


def _backdrop(drawn: Drawn, index: int, grounds: list[_Ground]) -> Colour | None:
    """Return the colour of the last ground drawn under a text, white for bare paper, None when it is a picture."""
    x0, y0, x1, y1 = drawn.bounds[index]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    for ground in grounds:
        left, bottom, right, top = ground.bounds
        if ground.order < index and left <= x <= right and bottom <= y <= top:
            return ground.colour
    return WHITE
