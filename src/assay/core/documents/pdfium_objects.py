"""What PDFium knows of the objects drawn on a page, quick enough to ask of every one of them.

Results go to arrays that are filled in one sweep. Handles are plain integers, as in ``pdfium``.
"""

import ctypes
from array import array
from collections.abc import Sequence
from itertools import repeat
from math import inf
from typing import cast

import pypdfium2.raw as library

from assay.core.documents.pdfium import POINTER, Bounds, Call, bind, floats

TEXT_OBJECT = 1
PATH_OBJECT = 2
IMAGE_OBJECT = 3
SHADING_OBJECT = 4
FORM_OBJECT = 5
UNKNOWN_MODE = -1
_MOST_SEGMENTS = 256

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers a, b, c, d, e, f of a PDF transformation."""

_count_objects = bind("FPDFPage_CountObjects", POINTER)
_get_object = bind("FPDFPage_GetObject", POINTER, ctypes.c_int, result=POINTER)
_count_form_objects = bind("FPDFFormObj_CountObjects", POINTER)
_get_form_object = bind("FPDFFormObj_GetObject", POINTER, ctypes.c_ulong, result=POINTER)
_get_type = bind("FPDFPageObj_GetType", POINTER)
_get_bounds = bind("FPDFPageObj_GetBounds", *[POINTER] * 5)
_get_fill = bind("FPDFPageObj_GetFillColor", *[POINTER] * 5)
_get_stroke = bind("FPDFPageObj_GetStrokeColor", *[POINTER] * 5)
_get_matrix = bind("FPDFPageObj_GetMatrix", POINTER, POINTER)
_get_mode = bind("FPDFTextObj_GetTextRenderMode", POINTER)
_get_own_text = bind("FPDFTextObj_GetText", POINTER, POINTER, POINTER, ctypes.c_ulong, result=ctypes.c_ulong)
_get_size = bind("FPDFTextObj_GetFontSize", POINTER, POINTER)
_get_draw_mode = bind("FPDFPath_GetDrawMode", POINTER, POINTER, POINTER)
_get_clip = bind("FPDFPageObj_GetClipPath", POINTER, result=POINTER)
_count_clips = bind("FPDFClipPath_CountPaths", POINTER)
_count_segments = bind("FPDFClipPath_CountPathSegments", POINTER, ctypes.c_int)
_get_segment = bind("FPDFClipPath_GetPathSegment", POINTER, ctypes.c_int, ctypes.c_int, result=POINTER)
_get_point = bind("FPDFPathSegment_GetPoint", POINTER, POINTER, POINTER)
_set_active = bind("FPDFPageObj_SetIsActive", POINTER, ctypes.c_int)
_create_bitmap = bind("FPDFBitmap_Create", ctypes.c_int, ctypes.c_int, ctypes.c_int, result=POINTER)
_destroy_bitmap = bind("FPDFBitmap_Destroy", POINTER)
_fill_bitmap = bind("FPDFBitmap_FillRect", POINTER, *[ctypes.c_int] * 4, ctypes.c_ulong)
_bitmap_buffer = bind("FPDFBitmap_GetBuffer", POINTER, result=POINTER)
_draw = bind("FPDF_RenderPageBitmapWithMatrix", *[POINTER] * 4, ctypes.c_int)


def page_objects(*, page: int) -> list[int]:
    """Return the objects drawn straight on the page, in drawing order."""
    return list(map(_get_object, repeat(page), range(max(0, _count_objects(page)))))


def form_objects(*, form: int) -> list[int]:
    """Return the objects of a form (a drawing used inside the page), in drawing order."""
    return list(map(_get_form_object, repeat(form), range(max(0, _count_form_objects(form)))))


def object_type(*, handle: int) -> int:
    """Return one of the ``*_OBJECT`` numbers, or 0."""
    return _get_type(handle)


def object_modes(*, handles: Sequence[int]) -> list[int]:
    """Return each object's text render mode, ``UNKNOWN_MODE`` for what is not text."""
    return list(map(_get_mode, handles))


def object_bounds(*, handles: Sequence[int]) -> list[Bounds]:
    """Return each object's bounds in the coordinates of what it is drawn on."""
    values = array("f", bytes(16 * len(handles)))
    return cast(list[Bounds], _sweep(_get_bounds, handles, values))


def fill_colours(*, handles: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Return each object's fill colour as red, green, blue, alpha (0 to 255); black where none is given."""
    values = array("I", [0, 0, 0, 255] * len(handles))
    return cast(list[tuple[int, int, int, int]], _sweep(_get_fill, handles, values))


def stroke_colour(*, handle: int) -> tuple[int, int, int, int]:
    """Return an object's line colour as red, green, blue, alpha (0 to 255)."""
    values = array("I", [0, 0, 0, 255])
    return cast(list[tuple[int, int, int, int]], _sweep(_get_stroke, [handle], values))[0]


def is_filled(*, path: int) -> bool:
    """Tell whether a path is filled and not only drawn as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    _get_draw_mode(path, ctypes.addressof(fill), ctypes.addressof(stroke))
    return fill.value != 0


def clip_bounds(*, handle: int) -> Bounds | None:
    """Return the box outside which nothing of an object is drawn; None when nothing cuts it."""
    clip = _get_clip(handle)
    cut: Bounds | None = None
    for path in range(max(0, _count_clips(clip)) if clip else 0):
        count = min(_count_segments(clip, path), _MOST_SEGMENTS)
        points = [_point(_get_segment(clip, path, segment)) for segment in range(max(0, count))]
        if not points:
            continue
        across, up = zip(*points, strict=True)
        left, bottom, right, top = cut or (-inf, -inf, inf, inf)
        cut = max(left, min(across)), max(bottom, min(up)), min(right, max(across)), min(top, max(up))
    return cut


def set_active(*, handles: Sequence[int], is_active: bool) -> None:
    """Have objects drawn or left out when the page is next drawn."""
    for handle in handles:
        _set_active(handle, is_active)


def draw_area(*, page: int, area: tuple[float, float, float, float], scale: float) -> tuple[int, int, bytes]:
    """Draw a part of the page, given as left, top, right, bottom in points from the top left as shown.

    Return width, height and pixels (blue, green, red, nothing).
    """
    left, top, right, bottom = area
    width, height = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    bitmap = _create_bitmap(width, height, 0)
    if not bitmap:
        raise MemoryError
    try:
        _fill_bitmap(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        placed = library.FS_MATRIX(scale, 0, 0, scale, -left * scale, -top * scale)
        clip = library.FS_RECTF(0, 0, width, height)
        _draw(bitmap, page, ctypes.addressof(placed), ctypes.addressof(clip), 0)
        return width, height, ctypes.string_at(_bitmap_buffer(bitmap), width * height * 4)
    finally:
        _destroy_bitmap(bitmap)


def matrix(*, handle: int) -> Matrix:
    """Return the transformation of a text object or form."""
    a, b, c, d, e, f = floats(_get_matrix, handle, 6)
    return a, b, c, d, e, f


def text_length(*, handle: int, text: int) -> int:
    """Return how many characters a text object drew; ``text`` is the handle on the page's characters."""
    return max(0, _get_own_text(handle, text, None, 0) // 2 - 1)


def font_size(*, handle: int) -> float:
    """Return the font size of a text object before its transformation."""
    return floats(_get_size, handle, 1)[0]


def _point(segment: int) -> tuple[float, float]:
    place = (ctypes.c_float * 2)()
    start = ctypes.addressof(place)
    _get_point(segment, start, start + 4)
    return place[0], place[1]


def _sweep(call: Call, handles: Sequence[int], values: "array[float] | array[int]") -> list[tuple[float, ...]]:
    """Call once for each handle with the addresses of its four places in ``values``."""
    start, _ = values.buffer_info()
    end = start + 16 * len(handles)
    steps = (range(start + offset, end + offset, 16) for offset in (0, 4, 8, 12))
    for _ in map(call, handles, *steps):
        pass
    flat = iter(values)
    return list(zip(flat, flat, flat, flat, strict=True))
