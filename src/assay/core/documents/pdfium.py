"""The few PDFium calls that reading needs, typed: documents, pages and characters.

Handles are plain integers: Python wrappers for each object would cost more than PDFium's own work. PDFium is
neither thread-safe nor safe from hostile files: call this in a contained process of one thread.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, repeat
from typing import cast

import pypdfium2.raw as library

_ERROR_PASSWORD = 4
_SHORT_STRETCH = 16
_LONGEST_META = 1024

Call = Callable[..., int]
"""A PDFium function: handles, addresses and numbers in, a number or handle out."""

POINTER = ctypes.c_void_p


def bind(name: str, *arguments: type, result: type = ctypes.c_int) -> Call:
    """Return a PDFium function by name, taking and giving plain numbers."""
    address = ctypes.cast(getattr(library, name), POINTER).value
    assert address is not None
    return cast(Call, ctypes.CFUNCTYPE(result, *arguments)(address))


_load_document = bind("FPDF_LoadMemDocument64", ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, result=POINTER)
_last_error = bind("FPDF_GetLastError", result=ctypes.c_ulong)
_close_document = bind("FPDF_CloseDocument", POINTER, result=ctypes.c_int)
_page_count = bind("FPDF_GetPageCount", POINTER)
_get_meta = bind("FPDF_GetMetaText", POINTER, ctypes.c_char_p, POINTER, ctypes.c_ulong, result=ctypes.c_ulong)
_load_page = bind("FPDF_LoadPage", POINTER, ctypes.c_int, result=POINTER)
_close_page = bind("FPDF_ClosePage", POINTER)
_load_text = bind("FPDFText_LoadPage", POINTER, result=POINTER)
_close_text = bind("FPDFText_ClosePage", POINTER)
_count_characters = bind("FPDFText_CountChars", POINTER)
_get_text = bind("FPDFText_GetText", POINTER, ctypes.c_int, ctypes.c_int, POINTER)
_text_index = bind("FPDFText_GetTextIndexFromCharIndex", POINTER, ctypes.c_int)
_get_unicode = bind("FPDFText_GetUnicode", POINTER, ctypes.c_int, result=ctypes.c_uint)
_get_text_object = bind("FPDFText_GetTextObject", POINTER, ctypes.c_int, result=POINTER)
_get_loose_box = bind("FPDFText_GetLooseCharBox", POINTER, ctypes.c_int, POINTER)
_get_page_box = bind("FPDF_GetPageBoundingBox", POINTER, POINTER)
_page_width = cast(Callable[[int], float], bind("FPDF_GetPageWidthF", POINTER, result=ctypes.c_float))
_page_height = cast(Callable[[int], float], bind("FPDF_GetPageHeightF", POINTER, result=ctypes.c_float))
_page_to_device = bind(
    "FPDF_PageToDevice",
    POINTER,
    *[ctypes.c_int] * 5,
    ctypes.c_double,
    ctypes.c_double,
    POINTER,
    POINTER,
)

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in page coordinates (points, origin at the bottom left)."""


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


def producer(*, document: int) -> str:
    """Return the names of the programs that wrote and converted the file, as far as it gives them."""
    return " ".join(_meta(document, key) for key in (b"Creator", b"Producer"))


def page_size(*, page: int) -> tuple[float, float]:
    """Return width and height in points as shown, after rotation."""
    return _page_width(page), _page_height(page)


def page_box(*, page: int) -> Bounds:
    """Return the visible part of the page in page coordinates."""
    left, top, right, bottom = floats(_get_page_box, page, 4)
    return left, bottom, right, top


def characters(*, text: int) -> tuple[str, list[int] | None]:
    """Return the page's text as PDFium orders it, and each character's index in PDFium's list.

    The indices are None when they simply count from 0, which is nearly always; PDFium sometimes leaves out the end.
    """
    count = _count_characters(text)
    if count <= 0:
        return "", None
    buffer = (ctypes.c_ushort * (count + 1))()
    written = _get_text(text, 0, count, ctypes.addressof(buffer))
    found = memoryview(buffer).cast("B")[: max(0, written - 1) * 2].tobytes().decode("utf-16-le", "surrogatepass")
    last = len(found) - 1
    if last + 1 == count or (0 <= last < count and _text_index(text, last) == last):
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


def _meta(document: int, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST_META)
    length = min(_get_meta(document, key, ctypes.addressof(buffer), _LONGEST_META), _LONGEST_META)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def floats(call: Call, handle: int, count: int) -> tuple[float, ...]:
    """Return the numbers that a call writes to the array it is given."""
    values = (ctypes.c_float * count)()
    call(handle, ctypes.addressof(values))
    return tuple(values)
