"""Reading as bytes in, bytes out, so that it can be done by a process that shares nothing with its caller.

Each function decodes a request, calls the reader and encodes its answer with msgpack; both sides share the shapes
below, so neither has to trust more than their types.
"""

import msgspec

from assay.core.documents.document import Box, Document, Unreadable
from assay.core.documents.limits import Limits


class ReadRequest(msgspec.Struct, frozen=True):
    """Ask for the text of a file."""

    content: bytes
    name: str
    limits: Limits


class ReadReply(msgspec.Struct, frozen=True):
    """Exactly one of the two is set."""

    document: Document | None = None
    unreadable: Unreadable | None = None


class LocateRequest(msgspec.Struct, frozen=True):
    """Ask where ranges of a file's text stand."""

    content: bytes
    spans: tuple[tuple[int, int], ...]
    limits: Limits


class LocateReply(msgspec.Struct, frozen=True):
    """The rectangles of each range."""

    boxes: tuple[tuple[Box, ...], ...]


class RenderRequest(msgspec.Struct, frozen=True):
    """Ask for a picture of a page."""

    content: bytes
    page: int
    width_px: int
    limits: Limits


class RenderReply(msgspec.Struct, frozen=True):
    """The picture as PNG, or why there is none."""

    png: bytes | None = None
    failure: str = ""


def read(payload: bytes, /) -> bytes:
    """Answer a ``ReadRequest`` with a ``ReadReply``."""
    from assay.core.documents.read import read_document

    request = msgspec.msgpack.decode(payload, type=ReadRequest)
    result = read_document(content=request.content, name=request.name, limits=request.limits)
    if isinstance(result, Unreadable):
        return msgspec.msgpack.encode(ReadReply(unreadable=result))
    return msgspec.msgpack.encode(ReadReply(document=result))


def locate(payload: bytes, /) -> bytes:
    """Answer a ``LocateRequest`` with a ``LocateReply``."""
    from assay.core.documents.locate import locate as locate_spans

    request = msgspec.msgpack.decode(payload, type=LocateRequest)
    boxes = locate_spans(content=request.content, spans=request.spans, limits=request.limits)
    return msgspec.msgpack.encode(LocateReply(boxes=boxes))


def render_page(payload: bytes, /) -> bytes:
    """Answer a ``RenderRequest`` with a ``RenderReply``."""
    from assay.core.documents.render import CannotRender
    from assay.core.documents.render import render_page as draw

    request = msgspec.msgpack.decode(payload, type=RenderRequest)
    try:
        png = draw(content=request.content, page=request.page, width_px=request.width_px, limits=request.limits)
    except CannotRender as error:
        return msgspec.msgpack.encode(RenderReply(failure=str(error)))
    return msgspec.msgpack.encode(RenderReply(png=png))
