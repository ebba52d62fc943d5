"""Read DOCX: body, tables, text boxes, headers, footers and notes, in reading order."""

from collections.abc import Callable

from lxml import etree

from assay.core.documents.assemble import FlatText
from assay.core.documents.colour import WHITE, from_hex
from assay.core.documents.document import Document, DocumentKind, HiddenReason, Unreadable, UnreadableReason
from assay.core.documents.docx_package import Package, Refused, open_package
from assay.core.documents.docx_styles import (
    PLAIN,
    Look,
    Styles,
    attribute,
    children,
    hidden_reason,
    local_name,
    look_of,
)
from assay.core.documents.limits import Limits

_PICTURE = Unreadable(
    reason=UnreadableReason.NO_TEXT,
    advice="This DOCX holds a picture and hardly any text. Open it to read it, or ask for one with real text.",
)
_NOT_SHOWN = frozenset({"del", "moveFrom", "rPr", "pPr", "tcPr", "tblPr", "trPr", "sectPr", "rt"})
_WALKED = ("p", "r", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "tr", "tc", "tbl", "txbxContent")
_TAGS = tuple("{*}" + name for name in (*_WALKED, *sorted(_NOT_SHOWN), "Fallback"))
_FILLS = frozenset({"solidFill", "gradFill", "blipFill", "pattFill"})


def read_docx(*, content: bytes, limits: Limits) -> Document | Unreadable:
    """Return the text of a DOCX as one page, or why it was refused."""
    try:
        return _read(open_package(content=content, limits=limits), limits)
    except Refused as refused:
        return refused.unreadable


def _read(package: Package, limits: Limits) -> Document | Unreadable:
    text = FlatText(min_hidden_letters=limits.hidden.min_letters)
    reader = _Reader(text=text, styles=Styles(data=package.styles), limits=limits)
    seen: set[str] = set()
    for part in package.parts:
        shown = "".join(part.itertext()).strip()
        if shown and shown not in seen:
            seen.add(shown)
            reader.read(part)
    document = text.document(kind=DocumentKind.DOCX)
    if package.has_pictures and sum(map(str.isalpha, document.text)) < limits.min_letters_per_page:
        return _PICTURE
    return document


class _Reader:
    """Walks one part after another; keeps the looks of the paragraph, run and cell it stands in."""

    def __init__(self, *, text: FlatText, styles: Styles, limits: Limits) -> None:
        self._text = text
        self._styles = styles
        self._limits = limits
        self._paragraphs: list[Look] = [PLAIN]
        self._surroundings: list[Look] = [PLAIN]
        self._hidden: list[HiddenReason | None] = [None]
        self._single_line_rows: list[bool] = []
        self._reasons: dict[Look, HiddenReason | None] = {}
        self._starts: dict[str, Callable[[etree._Element], None]] = {
            "p": self._start_paragraph,
            "r": self._start_run,
            "t": self._add_text,
            "tab": self._add_tab,
            "ptab": self._add_tab,
            "br": self._add_break,
            "cr": self._add_break,
            "noBreakHyphen": self._add_hyphen,
            "sym": self._add_symbol,
            "tr": self._start_row,
            "tc": self._start_cell,
            "tbl": self._start_table,
            "txbxContent": self._start_box,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "tr": self._end_row,
            "tc": self._end_surroundings,
            "tbl": self._end_table,
            "txbxContent": self._end_box,
        }

    def read(self, part: etree._Element) -> None:
        """Add the text of one part."""
        walk = etree.iterwalk(part, events=("start", "end"), tag=_TAGS)
        for event, element in walk:
            name = local_name(element)
            if event == "end":
                if name in self._ends:
                    self._ends[name]()
            elif name in _NOT_SHOWN or (name == "Fallback" and _has_choice(element)):
                walk.skip_subtree()
            elif name in self._starts:
                self._starts[name](element)
        self._text.end_line()

    def _start_paragraph(self, element: etree._Element) -> None:
        if not (self._single_line_rows and self._single_line_rows[-1]):
            self._text.end_line()
        properties = next(children(element, "pPr"), None)
        look, style_id = look_of(properties), ""
        if properties is not None:
            style = next(children(properties, "pStyle"), None)
            style_id = attribute(style, "val") if style is not None else ""
        look = look.over(self._styles.named(style_id=style_id)).over(self._surroundings[-1])
        self._paragraphs.append(look.over(self._styles.default))
        if (look.is_list or style_id.startswith("List")) and _has_text(element):
            self._text.add(text="- ")

    def _end_paragraph(self) -> None:
        self._paragraphs.pop()
        if not (self._single_line_rows and self._single_line_rows[-1]):
            self._text.end_line()

    def _start_run(self, element: etree._Element) -> None:
        look = self._paragraphs[-1]
        properties = next(children(element, "rPr"), None)
        if properties is not None:
            style = next(children(properties, "rStyle"), None)
            named = self._styles.named(style_id=attribute(style, "val")) if style is not None else PLAIN
            look = look_of(properties).over(named).over(look)
        if look not in self._reasons:
            self._reasons[look] = hidden_reason(look=look, thresholds=self._limits.hidden)
        self._hidden.append(self._reasons[look])

    def _end_run(self) -> None:
        self._hidden.pop()

    def _add_text(self, element: etree._Element) -> None:
        self._text.add(text=element.text or "", hidden=self._hidden[-1])

    def _add_tab(self, element: etree._Element) -> None:
        self._text.add(text="\t")

    def _add_break(self, element: etree._Element) -> None:
        self._text.add(text="\n")

    def _add_hyphen(self, element: etree._Element) -> None:
        self._text.add(text="-", hidden=self._hidden[-1])

    def _add_symbol(self, element: etree._Element) -> None:
        code = attribute(element, "char")
        if len(code) == 4 and code.isalnum() and code.upper().strip("0123456789ABCDEF") == "":
            self._text.add(text=chr(int(code, 16)), hidden=self._hidden[-1])

    def _start_table(self, element: etree._Element) -> None:
        self._text.end_line()
        properties = next(children(element, "tblPr"), None)
        style = next(children(properties, "tblStyle"), None) if properties is not None else None
        look = look_of(properties)
        if style is not None:
            look = look.over(self._styles.named(style_id=attribute(style, "val")))
        self._surroundings.append(look.over(self._surroundings[-1]))

    def _end_table(self) -> None:
        self._text.end_line()
        self._end_surroundings()

    def _start_row(self, element: etree._Element) -> None:
        self._text.end_line()
        self._single_line_rows.append(all(_line_count(cell) <= 1 for cell in children(element, "tc")))

    def _end_row(self) -> None:
        self._single_line_rows.pop()
        self._text.end_line()

    def _start_cell(self, element: etree._Element) -> None:
        look = look_of(next(children(element, "tcPr"), None))
        self._surroundings.append(look.over(self._surroundings[-1]))
        before = element.getprevious()
        if self._single_line_rows and self._single_line_rows[-1] and before is not None:
            self._text.add(text="\t" if local_name(before) == "tc" else "")

    def _start_box(self, element: etree._Element) -> None:
        self._text.end_line()
        self._single_line_rows.append(False)
        self._surroundings.append(_box_look(element))

    def _end_box(self) -> None:
        self._single_line_rows.pop()
        self._end_surroundings()

    def _end_surroundings(self) -> None:
        self._surroundings.pop()


def _has_choice(fallback: etree._Element) -> bool:
    """A fallback repeats the text of the choice beside it; without one it is the only copy."""
    parent = fallback.getparent()
    return parent is not None and any(_has_text(choice) for choice in children(parent, "Choice"))


def _has_text(element: etree._Element) -> bool:
    return any((item.text or "").strip() for item in element.iter("{*}t"))


def _line_count(cell: etree._Element) -> int:
    if next(children(cell, "tbl"), None) is not None:
        return 2
    return sum(1 for paragraph in cell.iter("{*}p") if _has_text(paragraph))


def _box_look(box: etree._Element) -> Look:
    """Return what lies behind the text of a text box: a plain colour, or something that cannot be known."""
    for shape in box.iterancestors():
        name = local_name(shape)
        if name in ("shape", "rect"):
            colour = from_hex(digits=shape.get("fillcolor", "#ffffff"))
            return Look(backdrop=colour, patterned=colour is None)
        if name == "wsp":
            fills = [item for part in children(shape, "spPr") for item in part if local_name(item) in _FILLS]
            return _fill_look(fills[0]) if fills else PLAIN
    return PLAIN


def _fill_look(fill: etree._Element) -> Look:
    for item in fill:
        if local_name(item) == "srgbClr" and (colour := from_hex(digits=item.get("val", ""))):
            return Look(backdrop=colour)
        if local_name(item) == "schemeClr" and item.get("val") in ("bg1", "lt1") and not len(item):
            return Look(backdrop=WHITE)
    return Look(patterned=True)
