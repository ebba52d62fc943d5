"""How to reach an applicant, as they typed or confirmed it: cleaned fields in, what is kept and what is wrong out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.applying.questions import Problem

LONGEST = {"name": 200, "email": 254, "phone": 60, "location": 200, "links": 3_000}
FIELDS = tuple(LONGEST)
MOST_LINKS = 10
LONGEST_LINK = 300
_EMAIL = re.compile(
    r"[^@\s\"(),:;<>\[\\\]]{1,64}@(?:[^@\s\"(),:;<>\[\\\]._-](?:[^@\s\"(),:;<>\[\\\].]{0,62})\.)+[^\W\d_][\w-]{1,62}"
)
_LINK = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]{1,63}\.)+[a-z]{2,24}(?:[/?#][^\s]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Particulars:
    """Who applies and how to reach them. ``email`` is as typed, without blanks around it."""

    name: str
    email: str
    phone: str = ""
    location: str = ""
    links: tuple[str, ...] = ()


def read_particulars(*, typed: Mapping[str, str]) -> tuple[Particulars, tuple[Problem, ...]]:
    """Return what was typed as it would be kept, and what is wrong with it. Values are cleaned text by field."""
    problems = [
        Problem(field, f"That is {len(typed.get(field, '')):,} characters; at most {longest:,} fit.")
        for field, longest in LONGEST.items()
        if len(typed.get(field, "")) > longest
    ]
    name, email = typed.get("name", "").strip(), typed.get("email", "").strip()
    if not name:
        problems.append(Problem("name", "Tell us your name, as you would like to be called."))
    if not email:
        problems.append(Problem("email", "We need an address to answer to."))
    elif not is_email(text=email):
        problems.append(Problem("email", "This does not look like an e-mail address. Check it: all news goes there."))
    links, wrong = _links(typed.get("links", ""))
    if wrong:
        problems.append(Problem("links", wrong))
    kept = Particulars(
        name=name,
        email=email,
        phone=typed.get("phone", "").strip(),
        location=typed.get("location", "").strip(),
        links=links,
    )
    return kept, tuple(problems)


def is_email(*, text: str) -> bool:
    """Tell whether a text can be an e-mail address. Only a letter that arrives can prove that it is one."""
    return len(text) <= LONGEST["email"] and _EMAIL.fullmatch(text) is not None and ".." not in text


def _links(text: str) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    for line in text.split():
        word = line.strip(",;")
        if not word:
            continue
        link = word if _LINK.fullmatch(word) else f"https://{word}" if _BARE.fullmatch(word) else ""
        if not link or len(link) > LONGEST_LINK:
            return tuple(found), f"“{word[:60]}” is not a web address. Give one on each line, or leave this empty."
        found.append(link)
    if len(found) > MOST_LINKS:
        return tuple(found[:MOST_LINKS]), f"At most {MOST_LINKS} links fit. Keep those that show your work best."
    return tuple(dict.fromkeys(found)), ""
