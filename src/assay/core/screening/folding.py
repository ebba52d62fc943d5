"""Make spellings meet: British and American, hyphened and spaced, curly and straight, all become one form.

Rules and texts go through the same folding, so it does not matter that some folded words look odd.
"""

import re

_MARKS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―-/_\\|", " "),
        **dict.fromkeys("‘’‚`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\n\t\r\f\v\u00a0\u2009\u202f", " "),
        "×": "x",
        "→": " to ",
        "≈": "~",
        "\u00ad": "",
    }
)
_ENDINGS = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)\b"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|er|ers|ing)\b"), r"yz\1"),
    (re.compile(r"ll(ed|ing|er|ers)\b"), r"l\1"),
    (re.compile(r"\b(behavi|col|fav|lab|neighb|vap|hon|harb)our"), r"\1or"),
    (re.compile(r"\b(cent|fib|met|lit)re(s?)\b"), r"\1er\2"),
    (re.compile(r"\b(program)me(s?)\b"), r"\1\2"),
    (re.compile(r"\b(catal|dial|anal)ogue(s?)\b"), r"\1og\2"),
    (re.compile(r"\b(licen|defen|practi)c(e|es|ed|ing)\b"), r"\1s\2"),
)
_SPACES = re.compile(r" {2,}")


def fold(text: str) -> str:
    """Return ``text`` in lower case with one spelling, one kind of mark and single spaces."""
    folded = text.translate(_MARKS).lower()
    for pattern, replacement in _ENDINGS:
        folded = pattern.sub(replacement, folded)
    return _SPACES.sub(" ", folded).strip()
