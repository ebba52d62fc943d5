"""Ids of facts inside a text (F030) become links to what they say. Pure: what facts say is handed in."""

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

FACT_ID = re.compile(r"\bF[0-9]{3}\b")
NEW_TAB = "opens in a new tab"
_LINK = Markup('<a class="fact-id" href="{}#{}" target="_blank" rel="noopener" title="{} ({})">{}</a>')


def cite(text: object, *, says: Mapping[str, str], page: str) -> Markup:
    """Return ``text`` escaped, with each known id of a fact as a link into ``page``; both ends of a range are links.

    ``says`` has what each fact says, under its id. The link always opens a new tab: it may stand inside a form, and
    nothing typed there may be lost. Text that is markup already is escaped like any other.
    """
    return Markup("").join(_pieces(str(text), says, page))


def _pieces(text: str, says: Mapping[str, str], page: str) -> Iterator[Markup]:
    end = 0
    for found in FACT_ID.finditer(text):
        fact = found.group()
        if fact in says:
            yield _plain(text[end : found.start()])
            yield _LINK.format(page, fact, says[fact], NEW_TAB, fact)
            end = found.end()
    yield _plain(text[end:])


def _plain(text: str) -> Markup:
    return escape(text)
