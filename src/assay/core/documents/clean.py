"""Make extracted text plain: one kind of line end and space, composed letters, nothing that cannot be seen.

``clean`` is the quick way and ``clean_with_sources`` the exact one; both give the same text (a property test holds
them to it), and the second also says which raw character each clean character came from.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping

_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf02d"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ZERO_WIDTH_CLASS = (
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f\U000e0000-\U000e01ef"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_OTHER = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ufffe\uffff\ufb00-\ufb06\ue000-\uf8ff\ud800-\udfff"

_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH_CLASS}]")
_DIRTY = re.compile(f"[{_ZERO_WIDTH_CLASS}{_SPACES}{_LINE_ENDS}{_OTHER}]")
_DIRTY_OR_RETURN = re.compile(f"\r\n?|{_DIRTY.pattern}")
_LINE_RETURN = {"\r": "\n", "\r\n": "\n"}
_SPACE = re.compile(f"[{_SPACES}]")
_LINE_END = re.compile(f"[{_LINE_ENDS}]")


def is_zero_width(*, character: str) -> bool:
    """Tell whether a character takes no room: zero-width, direction control, variation selector or tag."""
    return bool(_ZERO_WIDTH.match(character))


def has_zero_width(*, text: str) -> bool:
    """Tell whether any character of ``text`` takes no room."""
    return bool(_ZERO_WIDTH.search(text))


def clean(*, raw: str) -> str:
    """Return ``raw`` as plain text (NFC, ``\\n`` line ends, plain spaces, nothing invisible)."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    if text.isascii() and text.isprintable():
        return text
    if _DIRTY.search(text):
        text = _DIRTY.sub(lambda found: _replacement(found.group()), text)
    return unicodedata.normalize("NFC", text)


def clean_with_sources(*, raw: str) -> tuple[str, list[int]]:
    """Return the plain text and, for each of its characters, the index in ``raw`` it came from."""
    parts: list[str] = []
    sources: list[int] = []
    start = 0
    for found in _DIRTY_OR_RETURN.finditer(raw):
        at = found.start()
        kept = _LINE_RETURN.get(found.group()) or _replacement(found.group())
        parts += (raw[start:at], kept)
        sources += range(start, at)
        sources += [at] * len(kept)
        start = found.end()
    parts.append(raw[start:])
    sources += range(start, len(raw))
    plain = "".join(parts)
    if unicodedata.is_normalized("NFC", plain):
        return plain, sources
    return _compose(plain, sources)


def clean_range(*, sources: list[int], start: int, end: int) -> tuple[int, int]:
    """Turn a raw character range into the range of the clean characters that came from it."""
    return bisect_left(sources, start), bisect_left(sources, end)


def _compose(plain: str, sources: list[int]) -> tuple[str, list[int]]:
    """Compose letters cluster by cluster, so that each composed character keeps the index of its first part."""
    composed: list[str] = []
    kept: list[int] = []
    start = 0
    for end in range(1, len(plain) + 1):
        if end < len(plain) and _joins(plain[start:end], plain[end]):
            continue
        cluster = unicodedata.normalize("NFC", plain[start:end])
        composed.append(cluster)
        kept.extend([sources[start]] * len(cluster))
        start = end
    return "".join(composed), kept


def _joins(cluster: str, following: str) -> bool:
    if following.isascii():
        return False
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", following)
    return unicodedata.combining(following) != 0 or unicodedata.normalize("NFC", cluster + following) != apart


def _replacement(character: str) -> str:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    if _SPACE.match(character):
        return " "
    if _LINE_END.match(character):
        return "\n"
    return " " if "\ue000" <= character <= "\uf8ff" else ""


_KNOWN: Mapping[str, str] = {**_LIGATURES, **dict.fromkeys(_BULLETS, "•"), "\ufffe": "-"}
