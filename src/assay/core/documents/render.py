"""Draw a page of a PDF as a picture, for people to read beside the evidence."""

import io
from typing import cast

import pypdfium2
from PIL import Image

from assay.core.documents.limits import Limits


class CannotRender(Exception):
    """There is no such page, or the file is not a PDF that can be drawn."""


def render_page(*, content: bytes, page: int, width_px: int, limits: Limits) -> bytes:
    """Return page number ``page`` (from 1) as a PNG ``width_px`` wide; raises ``CannotRender``.

    The height follows the page's shape; a picture of more pixels than the limits allow is made smaller.
    """
    if width_px < 1:
        raise CannotRender("the width must be at least one pixel")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise CannotRender(str(error)) from error
    with document:
        if not 1 <= page <= len(document):
            raise CannotRender(f"there is no page {page}")
        try:
            return _draw(document[page - 1], width_px, limits)
        except pypdfium2.PdfiumError as error:
            raise CannotRender(str(error)) from error


def _draw(page: pypdfium2.PdfPage, width_px: int, limits: Limits) -> bytes:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise CannotRender("the page has no size")
    scale = width_px / width
    pixels = scale * scale * width * height
    if pixels > limits.max_render_pixels:
        scale *= (limits.max_render_pixels / pixels) ** 0.5
    image = cast(Image.Image, page.render(scale=scale, may_draw_forms=False).to_pil())
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, format="PNG", compress_level=3)
    return buffer.getvalue()
