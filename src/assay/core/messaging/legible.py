"""Text of strangers, made fit to be read: no control characters, no tricks with the direction of writing, bounded."""

from html.parser import HTMLParser

import nh3

_JOINERS = "\u200c\u200d\ufe0f"
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_UNSEEN = {"script", "style", "title", "head", "template", "noscript"}
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "table", "dd"}


def clean_line(*, text: str, longest: int) -> str:
    """Return one line without anything that cannot be seen, cut at ``longest`` characters."""
    line = " ".join("".join(one if _is_seen(one) else " " for one in text[: longest * 4]).split())
    return line[:longest]


def clean_lines(*, text: str, longest: int) -> str:
    """Return text with its line breaks and without anything else that cannot be seen, cut at ``longest``."""
    whole = text[: longest * 2].replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = "".join(one for one in whole if one in "\n\t" or _is_seen(one))
    return "\n".join(line.rstrip() for line in kept[:longest].split("\n")).strip("\n")


def clean_html(*, html: str) -> str:
    """Return HTML that may stand on our page: words and their order, links that say where they lead, nothing remote."""
    return nh3.clean(
        html.replace("\0", ""),
        tags=_TAGS,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow external",
        strip_comments=True,
    )


def text_of_html(*, html: str) -> str:
    """Return the words of HTML as a reader sees them, with links spelt out where their words hide them."""
    reader = _Words()
    reader.feed(html.replace("\0", ""))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def _is_seen(one: str) -> bool:
    return one.isprintable() or one in _JOINERS


class _Words(HTMLParser):
    """Collects words; blocks become line breaks, what a browser does not show is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._hidden += 1
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(self._hidden - 1, 0)
        if tag in _BLOCKS and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data.replace("\n", " "))
