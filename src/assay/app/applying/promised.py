"""The moment by which somebody hears, taken from the review clock, and how it is written."""

from datetime import datetime
from zoneinfo import ZoneInfo


def in_words(*, moment: datetime | None, zone: str) -> str:
    """Write a moment as a candidate reads it: day, time and zone; a plain word where nothing was promised."""
    if moment is None:
        return "as soon as somebody has read it"
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M} ({zone.replace('_', ' ')} time)"
