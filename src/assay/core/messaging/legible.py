"""Text of strangers, made fit to be read: no control characters, no tricks with the direction of writing, bounded."""

import re
from collections import Counter
from html import unescape

import nh3

_JOINERS = "\u200c\u200d\ufe0f"
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_UNSEEN = {"script", "style", "title"}
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "dd", "table",
           "tbody"}  # fmt: skip
_BREAK = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6]|/blockquote|/pre|/dd)>")
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,20})[^<>]{0,2000}>?")
_NEVER_NESTED = {"p", "br", "hr", "img", "li", "td", "th", "tr", "dt", "dd", "meta", "link", "input", "col", "option"}
_DEEPEST = 300
_LONGEST_BEGINNING = 160
_ANY_TAG = re.compile(r"<[^<>]*>")


def clean_line(*, text: str, longest: int) -> str:
    """Return one line without anything that cannot be seen, cut at ``longest`` characters."""
    line = " ".join("".join(one if _is_seen(one) else " " for one in text[: longest * 4]).split())
    return line[:longest]


def clean_lines(*, text: str, longest: int) -> str:
    """Return text with its line breaks and without anything else that cannot be seen, cut at ``longest``."""
    whole = text[: longest * 2].replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = "".join(one for one in whole if one in "\n\t" or _is_seen(one))
    return "\n".join(line.rstrip() for line in kept[:longest].split("\n")).strip("\n")


def beginning(*, text: str) -> str:
    """Return how a letter begins, on one line, for a row of a list."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_BEGINNING else f"{line[: _LONGEST_BEGINNING - 1]}…"


def clean_html(*, html: str) -> str:
    """Return HTML that may stand on our page: words and their order, links that lead where they say, nothing remote.

    Nothing is returned for HTML nested so deeply that only its words are worth having.
    """
    if _is_too_deep(html):
        return ""
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
    """Return the words of HTML as a reader sees them: blocks become lines, what a browser does not show is left out."""
    if _is_too_deep(html):
        html = _OPENED.sub("\n", html)
    plain = nh3.clean(html.replace("\0", ""), tags=_BLOCKS, clean_content_tags=_UNSEEN, attributes={})
    broken = _BREAK.sub("\n", " ".join(plain.split()))
    lines = [" ".join(line.split()) for line in unescape(_ANY_TAG.sub("", broken)).split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def _is_too_deep(html: str) -> bool:
    """Tell whether elements are nested deeper than any letter needs: a reader's work grows with depth times length."""
    opened: Counter[str] = Counter()
    depth = 0
    for closes, name in _OPENED.findall(html):
        tag = name.lower()
        if tag in _NEVER_NESTED:
            continue
        if not closes:
            opened[tag] += 1
            depth += 1
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def _is_seen(one: str) -> bool:
    return one.isprintable() or one in _JOINERS
