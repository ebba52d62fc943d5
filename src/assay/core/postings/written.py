"""An advert written out: Markdown, plain text and HTML. What people typed is text everywhere, never markup.

``names`` turns the codes of places into words (``PostingRules.place_names``); without it the codes stand.
"""

import re
import textwrap
from collections.abc import Mapping
from html import escape

from assay.core.postings.advert import Advert, plain
from assay.core.postings.outline import Outline, outline_of

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_MARKDOWN_START = re.compile(r"^(\d{0,9})([#+.)-])(?=\s|#)")
_WIDTH = 78


def to_markdown(advert: Advert, *, names: Mapping[str, str] | None = None) -> str:
    """Return an advert as CommonMark; signs that would be markup are escaped."""
    outline = outline_of(advert, names=names)
    lines = [f"# {_marked(outline.title)}", ""]
    lines += [f"- **{label}:** {_marked(text)}" for label, text in outline.facts]
    for part in outline.parts:
        lines += ["", f"## {part.heading}", ""]
        if part.is_list:
            lines += [f"- {_marked(text)}" for text in part.paragraphs]
        else:
            lines += ["\n\n".join(_marked(text) for text in part.paragraphs)]
    if outline.apply_url:
        lines += ["", f"[Apply](<{outline.apply_url}>)"]
    return plain("\n".join(lines)) + "\n"


def to_plain(advert: Advert, *, names: Mapping[str, str] | None = None) -> str:
    """Return an advert as text of at most 78 characters a line (longer words and addresses stay whole)."""
    outline = outline_of(advert, names=names)
    lines = [outline.title, "=" * min(len(outline.title), _WIDTH), ""]
    for label, text in outline.facts:
        lines += _wrapped(f"{label}: {text}", "", "  ")
    for part in outline.parts:
        lines += ["", part.heading, "-" * len(part.heading), ""]
        for number, text in enumerate(part.paragraphs):
            if number and not part.is_list:
                lines.append("")
            lines += _wrapped(text, "* " if part.is_list else "", "  " if part.is_list else "")
    if outline.apply_url:
        lines += ["", f"Apply: {outline.apply_url}"]
    return plain("\n".join(lines)) + "\n"


def to_html(advert: Advert, *, level: int = 1, names: Mapping[str, str] | None = None) -> str:
    """Return an advert as an ``article`` whose title is a heading of ``level`` (1-5); everything is escaped."""
    outline = outline_of(advert, names=names)
    below = level + 1
    lines = ["<article>", f"<h{level}>{escape(outline.title)}</h{level}>"]
    if outline.facts:
        rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in outline.facts)
        lines.append(f"<dl>{rows}</dl>")
    for part in outline.parts:
        body = _list(part.paragraphs) if part.is_list else _paragraphs(part.paragraphs)
        lines.append(f"<section><h{below}>{escape(part.heading)}</h{below}>{body}</section>")
    if outline.apply_url:
        lines.append(f'<p><a href="{escape(outline.apply_url)}" rel="nofollow">Apply</a></p>')
    return plain("\n".join([*lines, "</article>"]))


def to_simple_html(advert: Advert, *, names: Mapping[str, str] | None = None) -> str:
    """Return the text with paragraphs and lists only: all that job boards and Google's job search read."""
    outline = outline_of(advert, names=names)
    parts = [_simple(part.heading, part.paragraphs, part.is_list) for part in outline.parts]
    return plain(_facts_line(outline) + "".join(parts))


def _facts_line(outline: Outline) -> str:
    return _list(tuple(f"{label}: {text}" for label, text in outline.facts)) if outline.facts else ""


def _simple(heading: str, paragraphs: tuple[str, ...], is_list: bool) -> str:
    return f"<p>{escape(heading)}</p>" + (_list(paragraphs) if is_list else _paragraphs(paragraphs))


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _marked(text: str) -> str:
    safe = _MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;"))
    return _MARKDOWN_START.sub(r"\1\\\2", safe)


def _wrapped(text: str, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    ) or [""]
