"""What happens in the story, each at its moment and all in order, whoever thought of it first."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from assay.runtime.demo.moments import StoryClock

Act = Callable[[], object]
_SOON = timedelta(minutes=1)


class Diary:
    """Acts by their moments. An act may note further ones; none may lie after ``now`` or before those that are done."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._numbers = count()
        self._noted: list[tuple[datetime, int, Act]] = []

    def note(self, *, at: datetime, act: Act) -> None:
        """Let ``act`` happen at ``at``; of two at one moment the one that was noted first. Raises ``ValueError``."""
        if at > self._now:
            raise ValueError(f"{at} lies in the future, and the story ends at {self._now}")
        heapq.heappush(self._noted, (at, next(self._numbers), act))

    def live_through(self, *, clock: StoryClock, meanwhile: Act) -> None:
        """Do every act at its moment. ``meanwhile`` is what the product does by itself soon after each, and last."""
        while self._noted:
            at, _, act = heapq.heappop(self._noted)
            if at - clock.moment >= _SOON:
                clock.turn(to=clock.moment + _SOON)
                meanwhile()
            clock.turn(to=at)
            act()
        clock.turn(to=self._now)
        meanwhile()
