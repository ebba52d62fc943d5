"""How dates, times and numbers are written on every page. No function here knows what time it is."""

import unicodedata
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

THIN_SPACE = "\u202f"
MINUTES_PER_HOUR = 60
BYTES_PER_STEP = 1024


def when(moment: datetime, zone: str | tzinfo = "UTC") -> Markup:
    """Write an aware moment in a time zone, to the minute, as a ``<time>`` element. Raises ``ValueError`` if naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    local = moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    text = f"{local.day} {local:%b %Y, %H:%M}"
    title = f"{local:%A}, {text} {escape(local.tzname())}"
    return Markup(f'<time datetime="{local.isoformat(timespec="minutes")}" title="{title}">{text}</time>')  # noqa: S704


def day(value: date | datetime) -> Markup:
    """Write a calendar day as a ``<time>`` element: ``4 Mar 2026``."""
    return _time_element(value.date() if isinstance(value, datetime) else value)


def day_text(value: date | datetime) -> str:
    """Write a calendar day in plain words, for a title or a sentence: ``4 Mar 2026``."""
    return f"{value.day} {value:%b %Y}"


@lru_cache(maxsize=4096)
def _time_element(value: date) -> Markup:
    """Kept, because a long list says few different days many times."""
    return Markup(f'<time datetime="{value.isoformat()}">{day_text(value)}</time>')  # noqa: S704 - made of numbers


def duration(minutes: float) -> str:
    """Write a length of time in its two largest units: ``2 d 4 h``, ``3 h 20 min``, ``12 min``."""
    whole = round(abs(minutes))
    days, rest = divmod(whole, 24 * MINUTES_PER_HOUR)
    hours, left = divmod(rest, MINUTES_PER_HOUR)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {left} min" if left else f"{hours} h"
    return f"{left} min"


def number(value: float, places: int = 0) -> str:
    """Write a number with commas between thousands, as sentences have it, and a true minus sign."""
    return f"{value:,.{places}f}".replace("-", "\u2212")


def percent(share: float, places: int = 0) -> str:
    """Write a share (0-1) as a percentage."""
    return f"{number(share * 100, places)}{THIN_SPACE}%"


def money(amount: Decimal | float, currency: str, places: int = 0) -> str:
    """Write an amount with its ISO currency code in front: ``USD 187,000``."""
    return f"{currency}\u00a0{number(float(amount), places)}"


def file_size(count: float) -> str:
    """Write a count of bytes in the largest unit that fits: ``320 KB``, ``1.4 MB``."""
    size = float(count)
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < BYTES_PER_STEP or unit == "GB":
            places = 0 if unit in {"bytes", "KB"} else 1
            return f"{number(size, places)} {unit}"
        size /= BYTES_PER_STEP
    raise AssertionError("unreachable: the last unit always fits")


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: ``1 job``, ``2 jobs``. Give ``many`` for irregular nouns."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """Return up to two capital letters for a person's name; a question mark when it holds no letter."""
    words = [word for word in unicodedata.normalize("NFC", name).split() if word[0].isalpha()]
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in picked) or "?"


def words(code: str) -> str:
    """Turn a code of ours such as ``needs_person`` into plain words: ``needs person``."""
    return code.replace("_", " ")
