"""What a run of a DOCX looks like, as far as it decides whether a reader sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from assay.core.documents.colour import BLACK, WHITE, Colour, contrast, from_hex
from assay.core.documents.document import HiddenReason
from assay.core.documents.docx_style_sheet import StyleSheet
from assay.core.documents.limits import HiddenThresholds

TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = ("0", "false", "off")
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """The properties of text that can hide it; None where nothing is said.

    ``size`` is in points. ``backdrop`` is the colour behind the text; ``patterned`` says that it cannot be known.
    """

    vanish: bool | None = None
    colour: Colour | None = None
    size: float | None = None
    backdrop: Colour | None = None
    patterned: bool = False
    is_list: bool = False

    def over(self, below: "Look") -> "Look":
        """Return this look with what it leaves open filled in from ``below``."""
        return Look(
            vanish=below.vanish if self.vanish is None else self.vanish,
            colour=below.colour if self.colour is None else self.colour,
            size=below.size if self.size is None else self.size,
            backdrop=below.backdrop if self.backdrop is None else self.backdrop,
            patterned=self.patterned or below.patterned,
            is_list=self.is_list or below.is_list,
        )


PLAIN = Look()


class Styles:
    """The named styles of a document, each resolved along its chain of parents once."""

    def __init__(self, *, data: bytes | None) -> None:
        self._sheet = StyleSheet(data=data)
        self._looks: dict[str, Look] = {"": PLAIN}
        self.default = PLAIN
        if self._sheet.default_id:
            self._looks[""] = self.named(style_id=self._sheet.default_id)
        if self._sheet.defaults is not None:
            for wrapper in children(self._sheet.defaults, "rPrDefault"):
                self.default = look_of(next(children(wrapper, "rPr"), None))

    def named(self, *, style_id: str, depth: int = 0) -> Look:
        """Return the look of a style and its parents; the default paragraph style for an empty id."""
        if style_id in self._looks or depth > _LONGEST_CHAIN:
            return self._looks.get(style_id, PLAIN)
        style = self._sheet.style(style_id=style_id)
        if style is None:
            return PLAIN
        own = look_of(next(children(style, "rPr"), None)).over(look_of(next(children(style, "pPr"), None)))
        if next(children(style, "tcPr"), None) is not None or next(children(style, "tblStylePr"), None) is not None:
            own = replace(own, patterned=True)
        base = next(children(style, "basedOn"), None)
        parent = attribute(base, "val") if base is not None else ""
        look = own.over(self.named(style_id=parent, depth=depth + 1)) if parent else own
        self._looks[style_id] = look
        return look


def look_of(properties: etree._Element | None) -> Look:
    """Read the direct properties of a run, paragraph or cell (``rPr``, ``pPr``, ``tcPr``)."""
    look = PLAIN
    if properties is None:
        return look
    for item in properties:
        reader = _READERS.get(local_name(item))
        if reader is not None:
            look = reader(look, item)
    return look


def hidden_reason(*, look: Look, thresholds: HiddenThresholds) -> HiddenReason | None:
    """Tell whether and how text of this look is kept from a reader's eyes."""
    if look.vanish:
        return HiddenReason.INVISIBLE
    if look.size is not None and look.size < thresholds.tiny_points:
        return HiddenReason.TINY
    if look.patterned:
        return None
    colour, backdrop = look.colour or BLACK, look.backdrop or WHITE
    if contrast(first=colour, second=backdrop) < thresholds.min_contrast:
        return HiddenReason.SAME_COLOUR
    return None


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """Return a word-processing attribute in either of the standard's two namespaces, or an empty string."""
    return str(element.get(TRANSITIONAL + name) or element.get(STRICT + name) or "")


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Return the direct children of that name."""
    return iter(element.iterchildren("{*}" + name))


def _vanish(look: Look, item: etree._Element) -> Look:
    return replace(look, vanish=attribute(item, "val") not in _OFF)


def _colour(look: Look, item: etree._Element) -> Look:
    value, theme = attribute(item, "val"), attribute(item, "themeColor")
    if theme in ("background1", "light1") and not attribute(item, "themeShade"):
        return replace(look, colour=WHITE)
    return replace(look, colour=BLACK if value == "auto" else from_hex(digits=value))


def _size(look: Look, item: etree._Element) -> Look:
    try:
        return replace(look, size=float(attribute(item, "val")) / 2)
    except ValueError:
        return look


def _shading(look: Look, item: etree._Element) -> Look:
    fill, pattern = attribute(item, "fill"), attribute(item, "val")
    if pattern not in ("", "clear", "nil") or (attribute(item, "themeFill") and not from_hex(digits=fill)):
        return replace(look, patterned=True)
    colour = from_hex(digits=fill)
    return look if colour is None else replace(look, backdrop=colour)


def _highlight(look: Look, item: etree._Element) -> Look:
    return look if attribute(item, "val") == "none" else replace(look, patterned=True)


def _numbering(look: Look, item: etree._Element) -> Look:
    number = next(children(item, "numId"), None)
    return replace(look, is_list=number is None or attribute(number, "val") != "0")


_READERS = {
    "vanish": _vanish,
    "color": _colour,
    "sz": _size,
    "shd": _shading,
    "highlight": _highlight,
    "numPr": _numbering,
}
