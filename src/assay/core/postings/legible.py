"""Whether there is an advert to check at all: an empty text passes no rule, and neither do the bytes of a picture."""

import unicodedata

EMPTY = "There is no advert to check: there are no words in it."
UNREADABLE = (
    "There is no advert to check: this does not read as text. It may be a picture, a program, or text in another "
    "encoding; save the advert as UTF-8 text, Markdown, HTML, DOCX or PDF."
)
# Judgement of the authors: stray signs happen in pasted text, one in ten does not.
_MOST_UNREADABLE = 0.1
_LOOKED_AT = 100_000
_UNREADABLE = frozenset({"Cc", "Cn", "Co", "Cs"})


def why_no_advert(*, text: str) -> str:
    """Return a sentence when ``text`` (the beginning of it is looked at) holds nothing to check, else nothing."""
    signs = [one for one in text[:_LOOKED_AT] if not one.isspace()]
    spoilt = sum(one == "\ufffd" or unicodedata.category(one) in _UNREADABLE for one in signs)
    if signs and spoilt > _MOST_UNREADABLE * len(signs):
        return UNREADABLE
    return "" if any(one.isalpha() for one in signs) else EMPTY
