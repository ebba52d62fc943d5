"""What someone typed into a search box, as a question: alternatives of terms that must or must not be there."""

import re
from dataclasses import dataclass

MOST_TERMS = 16
MOST_CHARACTERS = 200

_TOKEN = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words in a row, and whether a hit must lack it."""

    words: str
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class SearchText:
    """Groups of terms: a hit satisfies every term of at least one group. No group means nothing was asked."""

    groups: tuple[tuple[Term, ...], ...] = ()

    @property
    def has_phrases(self) -> bool:
        """Whether a term may be several words in a row: an index of words says who has them all, not where."""
        return any(not term.words.isalnum() for group in self.groups for term in group)

    @property
    def is_open_ended(self) -> bool:
        """Whether it is enough for a hit to lack something; no index of words finds what is not there."""
        return any(all(term.is_unwanted for term in group) for group in self.groups)


def parse_search(*, text: str) -> SearchText:
    """Read a search the way web searches are read: words, "quoted phrases", ``-without``, ``or`` between alternatives.

    Never fails: what makes no sense is left out, and beyond 16 terms or 200 characters the rest is not read.
    """
    groups: list[list[Term]] = [[]]
    for term in _terms(text.replace("\0", " ")[:MOST_CHARACTERS]):
        if term == Term("or") or term == Term("OR"):
            groups.append([])
        elif any(character.isalnum() for character in term.words):
            groups[-1].append(term)
    return SearchText(groups=tuple(tuple(group) for group in groups if group))


def _terms(text: str) -> list[Term]:
    found = []
    for match in list(_TOKEN.finditer(text))[:MOST_TERMS]:
        minus, phrase = (match[1], match[2]) if match[2] is not None else (match[3], match[4])
        found.append(Term(words=_open_hyphens(" ".join(phrase.split())), is_unwanted=bool(minus)))
    return found


def _open_hyphens(words: str) -> str:
    """Let "on-call" find "on call" too; addresses keep their hyphens."""
    return words if "@" in words else " ".join(words.replace("-", " ").split())
