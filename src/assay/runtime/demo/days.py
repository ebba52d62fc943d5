"""The days of the story, counted back from the moment at which the demo is made."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_WHEN = re.compile(r"(?P<sign>\+?)(?P<days>\d+)d (?P<at>\d\d:\d\d)|(?P<hours>\d+)h|(?P<open>\d+)o")


class Days:
    """Working days around ``now`` as the office keeps them, and moments named by them.

    A moment is written ``3d 10:15`` (three working days before today, local time), ``+1d 14:00`` (the next working
    day), ``5h`` (so many hours ago) or ``58o`` (so many hours of working days ago, as clocks count them).
    """

    def __init__(self, *, now: datetime, is_open: Callable[[date], bool]) -> None:
        self.now, self.today, self._is_open = now, now.astimezone(ZONE).date(), is_open

    def moment(self, text: str) -> datetime:
        """Return the moment that ``text`` names, the same for the same ``now``. Raises ``ValueError``."""
        found = _WHEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no moment: write 3d 10:15, +1d 14:00, 5h or 58o")
        if found["hours"]:
            return self.now - timedelta(hours=int(found["hours"]))
        if found["open"]:
            return self._open_hours_ago(timedelta(hours=int(found["open"])))
        day = self._working_day(int(found["days"]), step=_DAY if found["sign"] else -_DAY)
        return datetime.combine(day, time.fromisoformat(found["at"]), tzinfo=ZONE).astimezone(self.now.tzinfo)

    def _working_day(self, count: int, *, step: timedelta) -> date:
        day = self.today
        while count:
            day += step
            count -= self._is_open(day)
        return day

    def _open_hours_ago(self, left: timedelta) -> datetime:
        day, end = self.today, self.now
        while True:
            begin = datetime.combine(day, time(), tzinfo=ZONE).astimezone(self.now.tzinfo)
            if self._is_open(day):
                if end - begin >= left:
                    return end - left
                left -= end - begin
            day, end = day - _DAY, begin
