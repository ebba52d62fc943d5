"""When an interview is: a local day and time made into a moment, and people who would be in two places at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SHORTEST, LONGEST = 5, 480


class TimeRefused(ValueError):
    """Raised for a time that cannot be meant; ``field`` names what to change."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Span:
    """From one aware moment to a later one."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both hold at some moment; one that ends as the other begins does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody's other appointment."""

    user_id: int
    span: Span


def find_zone(*, name: str, field: str = "time_zone") -> ZoneInfo:
    """Return a time zone. Raises ``TimeRefused`` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = "Choose a time zone from the list, such as Europe/Amsterdam."
        raise TimeRefused(field=field, message=message) from error


def span_of(*, day: date, at: time, minutes: int, zone: ZoneInfo) -> Span:
    """Return the moments (UTC) of a talk that begins at a local day and time.

    An hour that happens twice is the first of the two. Raises ``TimeRefused`` for an hour that the clocks leave out,
    and for a length outside 5 minutes to 8 hours.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise TimeRefused(field="minutes", message=f"Give a length from {SHORTEST} to {LONGEST} minutes.")
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    try:
        starts = local.astimezone(UTC)
        ends = starts + timedelta(minutes=minutes)
        comes_back = starts.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    except OverflowError as error:
        raise TimeRefused(field="day", message="Choose a day nearer to today.") from error
    if not comes_back:
        message = f"The clocks skip {at:%H:%M} on that day in {zone.key}. Choose a time an hour later."
        raise TimeRefused(field="at", message=message)
    return Span(starts, ends)


def find_clashes(*, span: Span, user_ids: Sequence[int], others: Sequence[Busy]) -> tuple[Busy, ...]:
    """Return the other appointments of these people that overlap, in the order of time."""
    wanted = set(user_ids)
    found = [busy for busy in others if busy.user_id in wanted and busy.span.overlaps(span)]
    return tuple(sorted(found, key=lambda busy: (busy.span.starts_at, busy.user_id)))
