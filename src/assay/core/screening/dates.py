"""Read the months between which somebody held a position, in the many ways people write them."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = (
    ("jan", "ene", "gen", "sty"),
    ("feb", "fév", "fev", "lut"),
    ("mar", "mär", "maa"),
    ("apr", "avr", "abr", "kwi"),
    ("may", "mai", "mei", "mag", "maj"),
    ("jun", "juin", "giu", "cze"),
    ("jul", "juil", "lug", "lip"),
    ("aug", "aoû", "ago", "sie"),
    ("sep", "set", "wrz"),
    ("oct", "okt", "ott", "out", "paź"),
    ("nov", "lis"),
    ("dec", "dez", "déc", "dic", "gru"),
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janv(?:ier)?|févr(?:ier)?|mars|avril|juin|juil(?:let)?|août|septembre|octobre|novembre|décembre|enero|marzo|abril"
    r"|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|maio|dez(?:embro)?|gennaio|maggio|ottobre|mei)"
)
_NOW = (
    r"(?:present|now|current(?:ly)?|today|to date|till date|till now|ongoing|date|heute|jetzt"
    r"|aujourd'hui|actuel|présent|actualidad|presente|atual|atualmente|oggi|heden|nu|obecnie|nuværende|azi|prezent|halen|至今|現在)"
)
_POINT = (
    rf"(?:{_MONTH}\.?,?\s*['’]?(?:(?:19|20)\d\d|\d\d)\b|(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?[-/.]\s?(?:0[1-9]|1[0-2])(?!\d)|(?:q[1-4]|spring|summer|autumn|fall|winter)\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d)"
)
_PERIOD = re.compile(
    rf"(?<![\w.])(?P<from>{_POINT})\s*(?:-|–|—|‒|−|to|until|till|through|bis|à|au|a|al|até|hasta|tot|do|til|/|»|>)\s*(?P<to>{_POINT}|{_NOW})(?!\w)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:since|depuis|seit|sinds|desde|dal|dal'|od|siden|sedan)\s+(?P<from>{_POINT})", re.IGNORECASE)
_MOST_LETTERS = 200
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Period:
    """Months ``YYYY-MM`` (or a bare year ``YYYY``) as written, and the range of the text that says so."""

    started: str | None
    ended: str | None
    is_current: bool
    start: int
    end: int


def find_period(text: str) -> Period | None:
    """Return the first period written at the start of a line (its first 200 characters), or ``None``."""
    return _find_period(text[:_MOST_LETTERS])


@lru_cache(maxsize=2048)
def _find_period(text: str) -> Period | None:
    if not _YEAR.search(text) and "'" not in text and "’" not in text:
        return None
    match = _PERIOD.search(text)
    if match is not None:
        ended = match.group("to")
        is_current = re.fullmatch(_NOW, ended, re.IGNORECASE) is not None
        return Period(
            started=_point(match.group("from")),
            ended=None if is_current else _point(ended),
            is_current=is_current,
            start=match.start(),
            end=match.end(),
        )
    match = _SINCE.search(text)
    if match is None:
        return None
    return Period(
        started=_point(match.group("from")), ended=None, is_current=True, start=match.start(), end=match.end()
    )


def months_between(*, started: str | None, ended: str | None) -> int | None:
    """Return the months from one point to another, both included; ``None`` when either month is unknown."""
    if started is None or ended is None or len(started) < 7 or len(ended) < 7:
        return None
    months = (int(ended[:4]) - int(started[:4])) * 12 + int(ended[5:7]) - int(started[5:7]) + 1
    return months if months > 0 else None


def _point(text: str) -> str | None:
    lowered = text.lower()
    year = _YEAR.search(lowered)
    if year is None:
        short = re.search(r"(\d\d)$", lowered)
        if short is None:
            return None
        number = int(short.group(1))
        full = str(1900 + number if number > 60 else 2000 + number)
    else:
        full = year.group()
    for index, names in enumerate(_MONTHS, start=1):
        if lowered.startswith(names):
            return f"{full}-{index:02d}"
    other = _YEAR.sub("", lowered)
    digits = re.search(r"\d{1,2}", other)
    if year is not None and digits and 1 <= int(digits.group()) <= 12 and "q" not in lowered:
        return f"{full}-{int(digits.group()):02d}"
    return full
