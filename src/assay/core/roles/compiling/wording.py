"""Places in sentences of the rules, filled with what somebody answered; braces in an answer stay what they are."""

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_]+)\}")


def fill(*, text: str, places: Mapping[str, str]) -> str:
    """Return the text with each ``{name}`` that is known replaced, in one pass."""
    return _PLACE.sub(lambda found: places.get(found[1], found[0]), text)


def shortened(*, text: str, most: int) -> str:
    """Return a text of at most ``most`` letters, cut at a word and marked where it was longer."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def quoted(*, text: str, most: int) -> str:
    """Return an answer as a quotation inside a sentence, without its final stop."""
    return f"“{shortened(text=text.rstrip('. '), most=most)}”"
