"""The few PDFium calls that reading needs, typed, and quick enough to make once for every object of a page.

Handles are plain integers and results go to arrays that are filled in one sweep: per-object Python wrappers would
cost more than PDFium's own work. PDFium is neither thread-safe nor safe from hostile files: call this in a
contained process of one thread.
"""

import ctypes
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, repeat
from typing import cast

import pypdfium2.raw as library

TEXT_OBJECT = 1
PATH_OBJECT = 2
IMAGE_OBJECT = 3
SHADING_OBJECT = 4
FORM_OBJECT = 5
UNKNOWN_MODE = -1
_ERROR_PASSWORD = 4
_SHORT_STRETCH = 16

_Call = Callable[..., int]
_POINTER = ctypes.c_void_p


def _bind(name: str, *arguments: type, result: type = ctypes.c_int) -> _Call:
    address = ctypes.cast(getattr(library, name), _POINTER).value
    assert address is not None
    return cast(_Call, ctypes.CFUNCTYPE(result, *arguments)(address))


_load_document = _bind("FPDF_LoadMemDocument64", ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, result=_POINTER)
_last_error = _bind("FPDF_GetLastError", result=ctypes.c_ulong)
_close_document = _bind("FPDF_CloseDocument", _POINTER, result=ctypes.c_int)
_page_count = _bind("FPDF_GetPageCount", _POINTER)
_load_page = _bind("FPDF_LoadPage", _POINTER, ctypes.c_int, result=_POINTER)
_close_page = _bind("FPDF_ClosePage", _POINTER)
_load_text = _bind("FPDFText_LoadPage", _POINTER, result=_POINTER)
_close_text = _bind("FPDFText_ClosePage", _POINTER)
_count_characters = _bind("FPDFText_CountChars", _POINTER)
_get_text = _bind("FPDFText_GetText", _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
_get_unicode = _bind("FPDFText_GetUnicode", _POINTER, ctypes.c_int, result=ctypes.c_uint)
_get_text_object = _bind("FPDFText_GetTextObject", _POINTER, ctypes.c_int, result=_POINTER)
_get_loose_box = _bind("FPDFText_GetLooseCharBox", _POINTER, ctypes.c_int, _POINTER)
_count_objects = _bind("FPDFPage_CountObjects", _POINTER)
_get_object = _bind("FPDFPage_GetObject", _POINTER, ctypes.c_int, result=_POINTER)
_count_form_objects = _bind("FPDFFormObj_CountObjects", _POINTER)
_get_form_object = _bind("FPDFFormObj_GetObject", _POINTER, ctypes.c_ulong, result=_POINTER)
_get_type = _bind("FPDFPageObj_GetType", _POINTER)
_get_bounds = _bind("FPDFPageObj_GetBounds", *[_POINTER] * 5)
_get_fill = _bind("FPDFPageObj_GetFillColor", *[_POINTER] * 5)
_get_stroke = _bind("FPDFPageObj_GetStrokeColor", *[_POINTER] * 5)
_get_matrix = _bind("FPDFPageObj_GetMatrix", _POINTER, _POINTER)
_get_mode = _bind("FPDFTextObj_GetTextRenderMode", _POINTER)
_get_size = _bind("FPDFTextObj_GetFontSize", _POINTER, _POINTER)
_get_draw_mode = _bind("FPDFPath_GetDrawMode", _POINTER, _POINTER, _POINTER)
_has_transparency = _bind("FPDFPageObj_HasTransparency", _POINTER)
_get_page_box = _bind("FPDF_GetPageBoundingBox", _POINTER, _POINTER)
_page_width = cast(Callable[[int], float], _bind("FPDF_GetPageWidthF", _POINTER, result=ctypes.c_float))
_page_height = cast(Callable[[int], float], _bind("FPDF_GetPageHeightF", _POINTER, result=ctypes.c_float))
_page_to_device = _bind(
    "FPDF_PageToDevice",
    _POINTER,
    *[ctypes.c_int] * 5,
    ctypes.c_double,
    ctypes.c_double,
    _POINTER,
    _POINTER,
)

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in page coordinates (points, origin at the bottom left)."""

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers a, b, c, d, e, f of a PDF transformation."""


class LockedPdf(Exception):
    """The file needs a password."""


class BrokenPdf(Exception):
    """The file or page cannot be parsed."""


@contextmanager
def open_document(*, content: bytes) -> Iterator[int]:
    """Yield a document handle; raises ``LockedPdf`` or ``BrokenPdf``. ``content`` must outlive the handle."""
    handle = _load_document(content, len(content), None)
    if not handle:
        raise LockedPdf if _last_error() == _ERROR_PASSWORD else BrokenPdf
    try:
        yield handle
    finally:
        _close_document(handle)


@contextmanager
def open_page(*, document: int, index: int) -> Iterator[int]:
    """Yield a page handle for an index from 0; raises ``BrokenPdf``."""
    page = _load_page(document, index)
    if not page:
        raise BrokenPdf
    try:
        yield page
    finally:
        _close_page(page)


@contextmanager
def open_text(*, page: int) -> Iterator[int]:
    """Yield a handle on the page's characters; raises ``BrokenPdf``."""
    text = _load_text(page)
    if not text:
        raise BrokenPdf
    try:
        yield text
    finally:
        _close_text(text)


def page_count(*, document: int) -> int:
    """Return how many pages the document says it has."""
    return _page_count(document)


def page_size(*, page: int) -> tuple[float, float]:
    """Return width and height in points as shown, after rotation."""
    return _page_width(page), _page_height(page)


def page_box(*, page: int) -> Bounds:
    """Return the visible part of the page in page coordinates."""
    left, top, right, bottom = _floats(_get_page_box, page, 4)
    return left, bottom, right, top


def characters(*, text: int) -> tuple[str, list[int] | None]:
    """Return the page's text as PDFium orders it, and each character's index in PDFium's list.

    The indices are None when they simply count from 0, which is nearly always.
    """
    count = _count_characters(text)
    if count <= 0:
        return "", None
    buffer = (ctypes.c_ushort * (count + 1))()
    written = _get_text(text, 0, count, ctypes.addressof(buffer))
    found = memoryview(buffer).cast("B")[: max(0, written - 1) * 2].tobytes().decode("utf-16-le", "surrogatepass")
    if len(found) == count:
        return found, None
    codes = list(map(_get_unicode, repeat(text), range(count)))
    indices = [index for index, code in enumerate(codes) if 0 < code < 0x110000]
    return "".join(chr(codes[index]) for index in indices), indices


def text_objects(*, text: int, indices: Sequence[int]) -> list[int]:
    """Return the page object that drew each character; 0 for characters PDFium made up (spaces, line ends)."""
    return [handle or 0 for handle in map(_get_text_object, repeat(text), indices)]


def object_runs(*, text: int, indices: Sequence[int], objects: int) -> list[tuple[int, int, int]]:
    """Return the stretches of positions in ``indices`` that one object drew, as start, end, object.

    PDFium keeps an object's characters together, so the end of a long stretch is searched for, not each character
    asked. What PDFium made up (spaces, line ends) is left out.
    """
    count, start = len(indices), 0
    if count < _SHORT_STRETCH * objects:
        return _runs_of(text_objects(text=text, indices=indices))
    runs: list[tuple[int, int, int]] = []
    while start < count:
        owner = _get_text_object(text, indices[start]) or 0
        end, step = start + 1, 1
        while end + step <= count and (_get_text_object(text, indices[end + step - 1]) or 0) == owner:
            end += step
            step *= 2
        while step > 1:
            step //= 2
            if end + step <= count and (_get_text_object(text, indices[end + step - 1]) or 0) == owner:
                end += step
        if owner:
            runs.append((start, end, owner))
        start = end
    return runs


def _runs_of(owners: list[int]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    start = 0
    for owner, group in groupby(owners):
        end = start + len(list(group))
        if owner:
            runs.append((start, end, owner))
        start = end
    return runs


def character_bounds(*, text: int, index: int) -> Bounds | None:
    """Return the box of one character, as high as its font; None when it has none."""
    box = (ctypes.c_float * 4)()
    if not _get_loose_box(text, index, ctypes.addressof(box)):
        return None
    left, top, right, bottom = box
    return (left, bottom, right, top) if right > left and top > bottom else None


def to_screen(*, page: int, x: float, y: float) -> tuple[float, float]:
    """Turn page coordinates into points from the top left of the page as shown."""
    scale = 100
    width, height = page_size(page=page)
    across, down = ctypes.c_int(), ctypes.c_int()
    _page_to_device(
        page,
        0,
        0,
        round(width * scale),
        round(height * scale),
        0,
        x,
        y,
        ctypes.addressof(across),
        ctypes.addressof(down),
    )
    return across.value / scale, down.value / scale


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


def is_see_through(*, handle: int) -> bool:
    """Tell whether an object lets show what lies under it."""
    return bool(_has_transparency(handle))


def matrix(*, handle: int) -> Matrix:
    """Return the transformation of a text object or form."""
    a, b, c, d, e, f = _floats(_get_matrix, handle, 6)
    return a, b, c, d, e, f


def font_size(*, handle: int) -> float:
    """Return the font size of a text object before its transformation."""
    return _floats(_get_size, handle, 1)[0]


def _floats(call: _Call, handle: int, count: int) -> tuple[float, ...]:
    values = (ctypes.c_float * count)()
    call(handle, ctypes.addressof(values))
    return tuple(values)


def _sweep(call: _Call, handles: Sequence[int], values: "array[float] | array[int]") -> list[tuple[float, ...]]:
    """Call once for each handle with the addresses of its four places in ``values``."""
    start, _ = values.buffer_info()
    end = start + 16 * len(handles)
    steps = (range(start + offset, end + offset, 16) for offset in (0, 4, 8, 12))
    for _ in map(call, handles, *steps):
        pass
    flat = iter(values)
    return list(zip(flat, flat, flat, flat, strict=True))
