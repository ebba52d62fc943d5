"""Find words that were broken up or filled with characters nobody can see.

A zero-width space inside a word defeats a search for that word, and a run of tag characters carries a hidden
message; both are marked. A lone mark at a word's edge (byte order marks, emoji, right-to-left names) is innocent.
"""

import re

from assay.core.documents.clean import clean_range, is_zero_width
from assay.core.documents.document import HiddenReason, HiddenSpan

_RUN = re.compile(r"\S+")
NOTE = "Zero-width or direction-changing characters were taken out of the text."


def zero_width_spans(*, raw: str, sources: list[int]) -> tuple[HiddenSpan, ...]:
    """Return the clean ranges of the words in ``raw`` that hide zero-width characters."""
    spans: list[HiddenSpan] = []
    for word in _RUN.finditer(raw):
        if not _is_tampered(word.group()):
            continue
        start, end = clean_range(sources=sources, start=word.start(), end=word.end())
        if start < end:
            spans.append(HiddenSpan(start=start, end=end, reason=HiddenReason.ZERO_WIDTH))
    return tuple(spans)


def _is_tampered(word: str) -> bool:
    """Tell whether a zero-width character sits between plain letters or digits, or several sit in a row."""
    for index, character in enumerate(word):
        if not is_zero_width(character=character) or "\ufe00" <= character <= "\ufe0f":
            continue
        before, after = word[index - 1 : index] if index else "", word[index + 1 : index + 2]
        if after and is_zero_width(character=after) and not "\ufe00" <= after <= "\ufe0f":
            return True
        if _is_plain(before) and _is_plain(after):
            return True
    return False


def _is_plain(character: str) -> bool:
    """Latin, Greek and Cyrillic need no joiners; scripts that do (and emoji) lie above this range."""
    return character.isalnum() and character < "\u0530"
