"""The forms of English words that a rule written once must find: deploy, deploys, deployed, deploying."""

import re
from collections.abc import Mapping

_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
_SIBILANT = re.compile(r"(s|x|z|ch|sh)$")


def verb_forms(verb: str, *, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return every form of a verb; in a verb of several words the first one changes (``roll out``)."""
    word, _, rest = verb.partition(" ")
    forms = (word, *irregular[word]) if word in irregular else _regular_forms(word)
    tail = f" {rest}" if rest else ""
    return tuple(f"{form}{tail}" for form in forms)


def noun_forms(noun: str) -> tuple[str, str]:
    """Return a noun and its plural; in a noun of several words the last one changes."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, f"{noun[:-1]}ies"
    return noun, f"{noun}es" if _SIBILANT.search(noun) else f"{noun}s"


def _regular_forms(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        stem = word[:-1]
        return word, f"{word}s", f"{word}d", f"{stem}ing"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    third = f"{word}es" if _SIBILANT.search(word) else f"{word}s"
    stem = word + word[-1] if _DOUBLING.match(word) else word
    return word, third, f"{stem}ed", f"{stem}ing"
