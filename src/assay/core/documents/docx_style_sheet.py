"""Find single styles in a DOCX style sheet without parsing the rest, which is larger than the document itself."""

import re

from lxml import etree

from assay.core.documents.docx_package import parse_part

_END = b"</w:style>"
_START = b"<w:style "
_ROOT = b"<w:styles"
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_UNUSUAL = (b"<!", b"'", b"\x00")


class StyleSheet:
    """The raw style sheet, cut into styles where it is written as word processors write it, else parsed whole.

    Raises ``Refused`` when a part that is needed is not well-formed.
    """

    def __init__(self, *, data: bytes | None) -> None:
        self._blocks: dict[str, bytes] = {}
        self._elements: dict[str, etree._Element] = {}
        self.default_id = ""
        self.defaults: etree._Element | None = None
        if data and not self._cut(data):
            self._parse_whole(data)

    def style(self, *, style_id: str) -> etree._Element | None:
        """Return the style of that id, if there is one."""
        if style_id not in self._elements and style_id in self._blocks:
            self._elements[style_id] = parse_part(data=self._blocks[style_id])[0]
        return self._elements.get(style_id)

    def _cut(self, data: bytes) -> bool:
        """Cut the sheet at its style tags; False when it is written in a way that makes this unsafe."""
        body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
        root = body.find(_ROOT)
        if root < 0 or any(mark in body for mark in _UNUSUAL):
            return False
        opening = body[root : body.find(b">", root) + 1]
        for block in body.split(_END)[:-1]:
            start = block.rfind(_START)
            head = block[start : block.find(b">", start)]
            named = _STYLE_ID.search(head)
            if start < 0 or named is None or b"&" in head:
                return False
            style_id = named.group(1).decode("utf-8", "replace")
            self._blocks[style_id] = opening + block[start:] + _END + b"</w:styles>"
            if b'w:default="1"' in head and b'w:type="paragraph"' in head:
                self.default_id = style_id
        first, last = body.find(b"<w:docDefaults>"), body.find(b"</w:docDefaults>")
        if first >= 0:
            defaults = body[first : last + len(b"</w:docDefaults>")]
            self.defaults = parse_part(data=opening + defaults + b"</w:styles>")[0]
        return True

    def _parse_whole(self, data: bytes) -> None:
        self._blocks = {}
        for element in parse_part(data=data):
            tag = str(element.tag)
            attributes = {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
            if tag.endswith("}docDefaults"):
                self.defaults = element
            elif tag.endswith("}style"):
                self._elements[attributes.get("styleId", "")] = element
                if attributes.get("default") == "1" and attributes.get("type") == "paragraph":
                    self.default_id = attributes.get("styleId", "")
