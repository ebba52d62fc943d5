"""The moments to which something can be put off, in the day of whoever puts it off."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

MORNING = time(8)
_FRIDAY = 4


class SnoozeChoice(StrEnum):
    """How long something stays out of sight."""

    HOURS = "hours"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True)
class SnoozeMoment:
    """A choice with its words and the moment (aware UTC) that it stands for now."""

    choice: SnoozeChoice
    label: str
    until: datetime


def snooze_moments(*, now: datetime, zone: tzinfo) -> tuple[SnoozeMoment, ...]:
    """Return the choices at ``now`` for somebody in ``zone``: two hours, the next working morning, next Monday.

    A morning that a change of clocks moves is still the eighth hour of that local day.
    """
    today = now.astimezone(zone).date()
    tomorrow = _next_weekday(today)
    monday = today + timedelta(days=7 - today.weekday())
    name = "Tomorrow" if tomorrow == today + timedelta(days=1) else "Monday"
    moments = [
        SnoozeMoment(SnoozeChoice.HOURS, "For two hours", now + timedelta(hours=2)),
        SnoozeMoment(SnoozeChoice.TOMORROW, f"{name} morning", _morning(tomorrow, zone)),
    ]
    if monday != tomorrow:
        moments.append(SnoozeMoment(SnoozeChoice.NEXT_WEEK, "Monday morning", _morning(monday, zone)))
    return tuple(moments)


def _next_weekday(today: date) -> date:
    step = 1 if today.weekday() < _FRIDAY else 7 - today.weekday()
    return today + timedelta(days=step)


def _morning(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
