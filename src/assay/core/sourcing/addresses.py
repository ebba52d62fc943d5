"""E-mail addresses and links as people type them into tables."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_WRAPPED = re.compile(r"<([^<>]+)>\s*$")
_EMAIL = re.compile(
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?$"
)
_HOST = re.compile(r"^(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}(?::\d{1,5})?$")
_BETWEEN_LINKS = re.compile(r"[\s,;|]+")
_LONGEST_LINK = 500


def read_email(*, text: str, most: int) -> str:
    """Return the address in ``text``, also from ``Name <address>`` and ``mailto:``, in lower case.

    Raises ``ValueError`` with a sentence when it is not one address of at most ``most`` characters.
    """
    wrapped = _WRAPPED.search(text)
    address = (wrapped[1] if wrapped else text).strip()
    address = address[7:] if address[:7].casefold() == "mailto:" else address
    if len(address) > most or ".." in address or address.startswith(".") or not _EMAIL.match(address):
        raise ValueError("This is not an e-mail address. Correct it or leave the cell empty.")
    return address.lower()


def read_links(*, texts: Sequence[str], most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the web addresses in ``texts`` and a sentence for each piece that was left out."""
    links: list[str] = []
    notes: list[str] = []
    pieces = [piece for text in texts for piece in _BETWEEN_LINKS.split(text) if piece]
    for piece in pieces:
        link = _as_link(piece)
        if link is None:
            notes.append(f"“{piece[:60]}” is not a web address and was left out of the links.")
        elif link not in links:
            links.append(link)
    if len(links) > most:
        notes.append(f"Only the first {most} of {len(links)} links are kept.")
    return tuple(links[:most]), tuple(notes)


def _as_link(piece: str) -> str | None:
    candidate = piece if "://" in piece else f"https://{piece}"
    try:
        parts = urlsplit(candidate)
        host = parts.netloc
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or len(candidate) > _LONGEST_LINK or not _HOST.match(host):
        return None
    return candidate
