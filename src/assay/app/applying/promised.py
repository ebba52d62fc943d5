"""The moment by which somebody hears, as it is written in letters and on pages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def in_words(*, moment: datetime | None, zone: str) -> str:
    """Write a moment as a candidate reads it: day, time and zone. Midnight is the end of the day before."""
    if moment is None:
        return "the time it takes somebody to read it"
    local = moment.astimezone(ZoneInfo(zone))
    place = zone if zone == "UTC" else f"{zone.replace('_', ' ')} time"
    if (local.hour, local.minute) == (0, 0):
        before = local - timedelta(minutes=1)
        return f"the end of {before:%A} {before.day} {before:%B %Y} ({place})"
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M} ({place})"
