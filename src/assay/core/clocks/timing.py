"""When a clock warns and when it is due, on a calendar and around pauses. Nothing is counted twice: every answer is
worked out from the start, the stop and the pauses, so a changed calendar or limit needs no memory of the old one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.core.base.working_time import NoWorkingTimeError, WorkCalendar
from assay.core.clocks.kinds import Counting
from assay.core.clocks.limits import Limit
from assay.core.pipeline.facts import PauseFact

_ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a clock warns and is due (aware UTC). None: not before a pause ends whose end nobody knows."""

    yellow_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures time as a limit counts it: on a calendar (of office hours, or of whole open days), or every hour."""

    counting: Counting
    calendar: WorkCalendar

    def add(self, *, start: datetime, amount: timedelta) -> datetime:
        """Return when ``amount`` of counted time has passed. Raises ``NoWorkingTimeError``."""
        if self.counting is Counting.ELAPSED:
            return start + amount
        return self.calendar.add_working(start=start, amount=amount)

    def between(self, *, start: datetime, end: datetime) -> timedelta:
        """Return the counted time between two moments."""
        if self.counting is Counting.ELAPSED:
            return max(end - start, _ZERO)
        return self.calendar.working_between(start=start, end=end)


def ruler_for(*, counting: Counting, office: WorkCalendar) -> Ruler:
    """Return the ruler of a way of counting on an office's calendar."""
    return Ruler(counting, office.whole_days() if counting is Counting.OPEN_DAYS else office)


def time_clock(*, started_at: datetime, pauses: Iterable[PauseFact], limit: Limit, ruler: Ruler) -> Timing:
    """Return when a clock that started then warns and is due. On a calendar that is closed for ever it is never due."""
    merged = merge_pauses(pauses=pauses, since=started_at)
    return Timing(
        yellow_at=_reached(started_at, limit.warned_after, merged, ruler),
        due_at=_reached(started_at, limit.amount, merged, ruler),
    )


def merge_pauses(*, pauses: Iterable[PauseFact], since: datetime) -> tuple[PauseFact, ...]:
    """Return the pauses after ``since``, apart and in time order. Those that end before they begin are left out."""
    merged: list[PauseFact] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        begin = max(pause.since, since)
        if pause.until is not None and pause.until <= begin:
            continue
        if merged and (merged[-1].until is None or begin <= merged[-1].until):
            last = merged[-1]
            until = None if last.until is None or pause.until is None else max(last.until, pause.until)
            merged[-1] = PauseFact(last.why, last.since, until)
        else:
            merged.append(PauseFact(pause.why, begin, pause.until))
    return tuple(merged)


def _reached(start: datetime, amount: timedelta, pauses: tuple[PauseFact, ...], ruler: Ruler) -> datetime | None:
    left, cursor = amount, start
    try:
        for pause in pauses:
            run = ruler.between(start=cursor, end=pause.since)
            if run >= left:
                break
            if pause.until is None:
                return None
            left, cursor = left - run, pause.until
        return ruler.add(start=cursor, amount=left)
    except (NoWorkingTimeError, OverflowError):
        return None
