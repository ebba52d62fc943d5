"""Read what people type: amounts, spreads, months. Every refusal names the field and says what to write."""

import re
from datetime import date
from math import isfinite

from assay.core.market.cost.inputs import CostError

_MOST_LETTERS = 60
_AMOUNT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?")
_MULTIPLES = {"k": 1e3, "m": 1e6}


def read_number(*, text: str, field: str, label: str) -> float:
    """Return a number from ``203000``, ``203,000``, ``203 000``, ``203k`` or ``15%``. Raises ``CostError``."""
    plain = re.sub(r"[\s_\u2009\u202f]", "", text.replace("\0", "")).lower().replace("\u2212", "-")
    if len(plain) > _MOST_LETTERS:
        raise CostError(field=field, message=f"{label}: that is too long for a number.")
    factor = 1.0
    if plain.endswith("%"):
        plain, factor = plain[:-1], 0.01
    elif plain[-1:] in _MULTIPLES:
        plain, factor = plain[:-1], _MULTIPLES[plain[-1]]
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    if not _AMOUNT.fullmatch(plain) or not isfinite(float(plain)):
        shown = text.strip()[:_MOST_LETTERS] or "(nothing)"
        raise CostError(field=field, message=f"{label}: “{shown}” is not a number. Write it like 0.15, 15% or 6000.")
    return float(plain) * factor


def read_spread(*, text: str, field: str, label: str) -> tuple[float, ...]:
    """Return one, two or three numbers from ``0.15`` or ``0.10:0.15:0.22``. Raises ``CostError``."""
    parts = text.split(":")
    if len(parts) > 3:
        raise CostError(field=field, message=f"{label}: give one, two or three numbers with colons between them.")
    return tuple(read_number(text=part, field=field, label=label) for part in parts)


def read_month(*, text: str, field: str) -> tuple[int, int]:
    """Return year and month from ``2026-12``. Raises ``CostError``."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise CostError(field=field, message="Write a month as year and month, such as 2026-12.")
    return int(found[1]), int(found[2])


def read_starts(*, text: str, opens: tuple[int, int]) -> tuple[int, ...]:
    """Return months after ``opens`` from a list such as ``2027-02, 2027-05``; empty text gives none.

    Raises ``CostError``.
    """
    words = [word for word in re.split(r"[,;\s]+", text.replace("\0", "")) if word]
    months = [read_month(text=word, field="starts") for word in words]
    starts = tuple(12 * (year - opens[0]) + month - opens[1] for year, month in months)
    if any(start < 0 for start in starts):
        raise CostError(field="starts", message="Nobody can start before the seat opens.")
    return tuple(sorted(starts))


def month_of(*, today: date) -> tuple[int, int]:
    """Return the year and month of a day."""
    return today.year, today.month
