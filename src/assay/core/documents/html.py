"""Read HTML as a person sees it: blocks become lines, scripts and comments are dropped, hidden text is marked."""

import re

from lxml import etree

from assay.core.documents.assemble import FlatText
from assay.core.documents.css import Rule, Shown, hidden_reason, parse_sheet, shown_as
from assay.core.documents.document import Document, DocumentKind, HiddenReason, Unreadable, UnreadableReason
from assay.core.documents.limits import Limits
from assay.core.documents.text import decode

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "object", "embed", "iframe", "canvas"}
    | {"audio", "video", "select", "datalist", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr", "td", "th"}
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BROKEN = Unreadable(
    reason=UnreadableReason.CORRUPT,
    advice="This web page is damaged and holds no text that can be read. Ask for a PDF or DOCX.",
)


def read_html(*, content: bytes, limits: Limits) -> Document | Unreadable:
    """Return the visible text of a web page, with hidden text marked."""
    source, notes = _decode(content)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return _BROKEN
    if root is None:
        return _BROKEN
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    text = FlatText(min_hidden_letters=limits.hidden.min_letters)
    _Walk(text=text, rules=parse_sheet(text=sheets), limits=limits).run(root)
    return text.document(kind=DocumentKind.HTML, notes=notes)


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    named = _META_CHARSET.search(content[:2048])
    if named and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(named.group(1).decode("ascii"), "replace"), ()
        except LookupError:
            pass
    return decode(content=content)


class _Walk:
    """Goes through the tree once, keeping how the surrounding elements are shown."""

    def __init__(self, *, text: FlatText, rules: tuple[Rule, ...], limits: Limits) -> None:
        self._text = text
        self._rules = rules
        self._limits = limits
        self._shown: list[Shown] = [Shown()]
        self._reasons: dict[Shown, HiddenReason | None] = {}
        self._pending_space = False
        self._line_empty = True
        self._kept_layout = 0

    def run(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                if tag not in _DROPPED:
                    self._end(tag)
                self._add(element.tail or "")
            elif tag in _DROPPED:
                walk.skip_subtree()
            else:
                self._start(element, tag)

    def _start(self, element: etree._Element, tag: str) -> None:
        self._shown.append(shown_as(element=element, rules=self._rules, parent=self._shown[-1]))
        self._kept_layout += tag == "pre"
        if tag == "br" or tag not in _INLINE:
            self._end_line()
        if tag in _CELLS and not self._line_empty:
            self._text.add(text="\t")
            self._pending_space = False
        if tag == "li" and "".join(element.itertext()).strip():
            self._write("- ")
        self._add(element.text or "")

    def _end(self, tag: str) -> None:
        self._shown.pop()
        self._kept_layout -= tag == "pre"
        if tag not in _INLINE:
            self._end_line()

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._kept_layout:
            self._write(text)
            return
        words = _SPACE.sub(" ", text)
        if words == " ":
            self._pending_space = True
            return
        if words.startswith(" ") or self._pending_space:
            words = ("" if self._line_empty else " ") + words.lstrip(" ")
        self._pending_space = words.endswith(" ")
        self._write(words.rstrip(" "))

    def _write(self, words: str) -> None:
        shown = self._shown[-1]
        if shown not in self._reasons:
            self._reasons[shown] = hidden_reason(shown=shown, thresholds=self._limits.hidden)
        self._text.add(text=words, hidden=self._reasons[shown])
        self._line_empty = words.endswith("- ") or not words.strip()

    def _end_line(self) -> None:
        self._text.end_line()
        self._pending_space = False
        self._line_empty = True
