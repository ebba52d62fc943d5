"""Look at a page with and without some of its text: what makes no difference, nobody sees."""

from collections.abc import Mapping

from PIL import Image, ImageChops

from assay.core.documents import pdfium, pdfium_objects
from assay.core.documents.pdfium import Bounds

_SCALE = 2.0
_MOST_PIXELS = 4_000_000

_Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom on the page as shown, in points from its top left."""


def unseen_objects(*, page: int, places: Mapping[int, Bounds], least_difference: int) -> set[int]:
    """Return the text objects whose removal changes no pixel by at least ``least_difference`` (of 255).

    ``places`` holds where each object stands in page coordinates. Only the part of the page around those objects
    is drawn, and every object is back in its place afterwards.
    """
    shown = {handle: _on_screen(page, bounds) for handle, bounds in places.items()}
    area = _around(list(shown.values()))
    pixels = (area[2] - area[0]) * (area[3] - area[1]) * _SCALE * _SCALE
    scale = _SCALE * min(1.0, (_MOST_PIXELS / max(pixels, 1.0)) ** 0.5)
    with_text = _picture(page, area, scale)
    pdfium_objects.set_active(handles=list(places), is_active=False)
    without_text = _picture(page, area, scale)
    pdfium_objects.set_active(handles=list(places), is_active=True)
    difference = ImageChops.difference(with_text, without_text)
    return {
        handle for handle, place in shown.items() if _most_change(difference, place, area, scale) < least_difference
    }


def _picture(page: int, area: _Rectangle, scale: float) -> Image.Image:
    width, height, pixels = pdfium_objects.draw_area(page=page, area=area, scale=scale)
    return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX")


def _most_change(difference: Image.Image, place: _Rectangle, area: _Rectangle, scale: float) -> int:
    cut = difference.crop(
        (
            max(0, int((place[0] - area[0]) * scale)),
            max(0, int((place[1] - area[1]) * scale)),
            min(difference.width, int((place[2] - area[0]) * scale) + 1),
            min(difference.height, int((place[3] - area[1]) * scale) + 1),
        )
    )
    if not cut.width or not cut.height:
        return 0
    counts = cut.histogram()
    return max(change for change in range(256) if any(counts[change::256]))


def _on_screen(page: int, bounds: Bounds) -> _Rectangle:
    """Return a rectangle of the page as shown, in points from its top left, without what lies outside."""
    width, height = pdfium.page_size(page=page)
    x0, y0 = pdfium.to_screen(page=page, x=bounds[0], y=bounds[3])
    x1, y1 = pdfium.to_screen(page=page, x=bounds[2], y=bounds[1])
    left, top = min(max(min(x0, x1), 0.0), width), min(max(min(y0, y1), 0.0), height)
    return left, top, max(left, min(max(x0, x1), width)), max(top, min(max(y0, y1), height))


def _around(places: list[_Rectangle]) -> _Rectangle:
    lefts, tops, rights, bottoms = zip(*places, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
