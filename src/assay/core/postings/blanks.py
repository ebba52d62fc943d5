"""Blanks: questions that stand in an advert where a person has to say something; nothing is ever invented."""

import re

_BLANK = re.compile(r"\[\?([^\[\]\n]{0,300})\]")


def blank(question: str) -> str:
    """Return the mark that asks a person ``question`` in the place where the answer belongs."""
    return f"[? {' '.join(question.replace('[', '(').replace(']', ')').split())[:290]}]"


def find_blanks(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return start, end and question of every blank in a text."""
    return tuple((found.start(), found.end(), found[1].strip()) for found in _BLANK.finditer(text))
