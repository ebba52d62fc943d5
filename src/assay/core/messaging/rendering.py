"""Letters from words with ``{{names}}`` in them: names are filled in, nothing else happens, nothing is left open.

A value is put in once and never looked at again, so that a name like ``{{signature}}`` stays a name.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]{0,60})\s*\}\}")
_ANY_BRACES = re.compile(r"\{\{([^{}\n]{0,80})\}\}")
_LINK = re.compile(r"https?://[^\s<>\"']+")
_AFTER_A_LINK = ".,;:!?)]"


class OpenPlaceholderError(ValueError):
    """Raised for a letter that names something for which there is no value. ``names`` are those, in order."""

    def __init__(self, *, names: tuple[str, ...]) -> None:
        listed = ", ".join(f"{{{{{name}}}}}" for name in names)
        super().__init__(f"Still to be filled in: {listed}.")
        self.names = names


class UnknownPlaceholderError(ValueError):
    """Raised for words that name a variable which this letter does not have, or use braces in another way."""

    def __init__(self, *, names: tuple[str, ...]) -> None:
        listed = ", ".join(f"{{{{{name}}}}}" for name in names)
        super().__init__(f"This letter knows no {listed}. Use the names that are listed beside it.")
        self.names = names


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's subject (one line) and body (plain text)."""

    subject: str
    body: str


def list_placeholders(*, text: str) -> tuple[str, ...]:
    """Return the names that stand in double braces in ``text``, each once, in order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def check_words(*, words: Words, known: Collection[str]) -> None:
    """Raise ``UnknownPlaceholderError`` when ``words`` name what is not among the ``known`` variables."""
    text = f"{words.subject}\n{words.body}"
    inside = dict.fromkeys(found.strip() for found in _ANY_BRACES.findall(text))
    if unknown := tuple(name for name in inside if name not in known):
        raise UnknownPlaceholderError(names=unknown)


def render(*, words: Words, values: Mapping[str, str]) -> Words:
    """Return ``words`` with every name filled in. Raises ``OpenPlaceholderError`` naming those without a value."""
    text = f"{words.subject}\n{words.body}"
    if missing := tuple(name for name in list_placeholders(text=text) if name not in values):
        raise OpenPlaceholderError(names=missing)
    return fill(words=words, values=values)


def fill(*, words: Words, values: Mapping[str, str]) -> Words:
    """Return ``words`` with the names filled in that have a value; the others stay for a person to replace."""
    return Words(subject=one_line(text=_put(words.subject, values)), body=_put(words.body, values).strip() + "\n")


def check_finished(*, words: Words) -> None:
    """Raise ``OpenPlaceholderError`` when a name in double braces was left standing by whoever wrote the letter."""
    if left := list_placeholders(text=f"{words.subject}\n{words.body}"):
        raise OpenPlaceholderError(names=left)


def one_line(*, text: str) -> str:
    """Return ``text`` as one line that is safe in a header: line breaks and what cannot be printed become spaces."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def to_html(*, text: str) -> str:
    """Return plain text as simple HTML: paragraphs, line breaks, and links that lead where they say."""
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if block.strip()]
    return "\n".join(f"<p>{_linked(block)}</p>" for block in blocks)


def first_name(*, name: str) -> str:
    """Return how a letter greets somebody: the first of their names, or all of it when it begins with a title."""
    parts = name.split()
    if not parts:
        return "there"
    return name.strip() if parts[0].endswith(".") or len(parts) == 1 else parts[0]


def _put(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _linked(block: str) -> str:
    made, at = [], 0
    for found in _LINK.finditer(block):
        address = found[0].rstrip(_AFTER_A_LINK)
        made.append(_lines(block[at : found.start()]))
        made.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        at = found.start() + len(address)
    return "".join([*made, _lines(block[at:])])


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
