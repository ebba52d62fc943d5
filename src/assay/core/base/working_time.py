"""Working time: which moments count on a calendar of weekly hours and closed days, wherever its clock is put forward.

A moment counts when the clock on the office's wall shows a working hour of an open day. Nothing else is assumed about
the zone, so hours that a change of clocks skips are not counted and hours that it repeats are counted twice.
All moments are aware; answers are UTC.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MINUTES_OF_A_DAY = 24 * 60
WEEKDAYS = 7
LONGEST_SEARCH_DAYS = 20 * 366

_DAY = timedelta(days=1)
_ZERO = timedelta(0)
# No zone lies further from UTC than this, so a local day lies within its UTC namesake widened by it.
_FURTHEST = timedelta(hours=26)
_KEPT_DAYS = 4_000
_LAST_YEAR = 9_900

Span = tuple[datetime, datetime]


class NoWorkingTimeError(ValueError):
    """Raised for a calendar on which nobody ever works, or not in the twenty years after a moment."""


class UnclearHoursError(ValueError):
    """Raised for weekly hours that are not seven lists of rising minutes of a day."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekly hours in a time zone, and closed days.

    ``hours`` holds for Monday to Sunday the working spans as (from, until) in minutes of the local day, 0 to 1440,
    rising and apart. ``closed_days`` are local dates without work: holidays and days off, for as many years as known;
    beyond them only the week counts. Raises ``UnclearHoursError``, or ``NoWorkingTimeError`` for an empty week.
    """

    zone: tzinfo
    hours: tuple[tuple[tuple[int, int], ...], ...]
    closed_days: frozenset[date] = frozenset()
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        if len(self.hours) != WEEKDAYS:
            raise UnclearHoursError("Weekly hours need seven days, Monday first.")
        for spans in self.hours:
            _check_spans(spans)
        if not any(self.hours):
            raise NoWorkingTimeError("This calendar has no working hours on any day of the week. Give it some.")

    def add_working(self, *, start: datetime, amount: timedelta) -> datetime:
        """Return the first moment at which ``amount`` of working time has passed since ``start``.

        For no amount it is ``start`` itself. Raises ``NoWorkingTimeError`` when twenty years do not hold the amount.
        """
        left, moment = amount, start.astimezone(UTC)
        if left <= _ZERO:
            return moment
        if moment.year >= _LAST_YEAR:
            raise NoWorkingTimeError(f"Calendars end before the year {_LAST_YEAR}. Correct the date.")
        first = _local_day(moment, self.zone)
        for begin, end in self._spans(first, LONGEST_SEARCH_DAYS):
            begin = max(begin, moment)
            if end - begin >= left:
                return begin + left
            left -= max(end - begin, _ZERO)
        raise NoWorkingTimeError("So much working time does not come in the next twenty years. Check the closed days.")

    def working_between(self, *, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments; none when ``end`` is not after ``start``."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end <= start:
            return _ZERO
        first, last = _local_day(start, self.zone), _local_day(end, self.zone)
        total = _ZERO
        for begin, finish in self._spans(first, (last - first).days + 3):
            total += max(min(finish, end) - max(begin, start), _ZERO)
        return total

    def is_open_on(self, *, day: date) -> bool:
        """Tell whether anybody works on a local date."""
        return bool(self.hours[day.weekday()]) and day not in self.closed_days

    def whole_days(self) -> "WorkCalendar":
        """Return the calendar that counts day and night on the days on which this one is open at all."""
        around = ((0, MINUTES_OF_A_DAY),)
        return WorkCalendar(self.zone, tuple(around if spans else () for spans in self.hours), self.closed_days)

    def _spans(self, first: date, days: int) -> Iterator[Span]:
        """Yield the working spans of local days in time order, from the day before ``first`` on."""
        day = first - _DAY
        for _ in range(days + 1):
            yield from self._of_day(day)
            day += _DAY

    def _of_day(self, day: date) -> tuple[Span, ...]:
        known = self._days.get(day)
        if known is None:
            known = self._work_out(day) if self.is_open_on(day=day) else ()
            if len(self._days) >= _KEPT_DAYS:
                self._days.clear()
            self._days[day] = known
        return known

    def _work_out(self, day: date) -> tuple[Span, ...]:
        midnight = datetime.combine(day, time())
        low = (midnight - _FURTHEST).replace(tzinfo=UTC)
        high = (midnight + _DAY + _FURTHEST).replace(tzinfo=UTC)
        before, after = _offset(low, self.zone), _offset(high, self.zone)
        change = high if before == after else _change_between(low, high, self.zone)
        found: list[Span] = []
        for begin, end in self.hours[day.weekday()]:
            local = (midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end))
            for offset, since, until in ((before, low, change), (after, change, high)):
                begins = max((local[0] - offset).replace(tzinfo=UTC), since)
                ends = min((local[1] - offset).replace(tzinfo=UTC), until)
                if begins < ends:
                    found.append((begins, ends))
        return tuple(sorted(found))


def weekly(*, spans: Sequence[tuple[int, int]], days: Collection[int]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return weekly hours with the same spans (minutes of a day) on each of ``days`` (0 is Monday)."""
    return tuple(tuple(spans) if day in days else () for day in range(WEEKDAYS))


def _check_spans(spans: Iterable[tuple[int, int]]) -> None:
    reached = 0
    for begin, end in spans:
        if not reached <= begin < end <= MINUTES_OF_A_DAY:
            raise UnclearHoursError("Working hours of a day must rise, lie apart and end by midnight.")
        reached = end


def _local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or _ZERO


def _change_between(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Return the first moment, to the second, at which the zone's offset is no longer that at ``low``."""
    before = _offset(low, zone)
    first, last = int(low.timestamp()), int(high.timestamp())
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(datetime.fromtimestamp(middle, UTC), zone) == before:
            first = middle
        else:
            last = middle
    return datetime.fromtimestamp(last, UTC)
