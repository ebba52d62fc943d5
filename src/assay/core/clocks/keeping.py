"""How well clocks are kept: shares with the range that so few cases leave open, over weeks and by group."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

FEW = 10
_Z = 1.2816  # leaves ten in a hundred on either side: an interval of 80 %


@dataclass(frozen=True, slots=True)
class Kept:
    """How many clocks were kept of those that ended, and the likely range (80 %) of the share behind it.

    ``share``, ``low`` and ``high`` lie between 0 and 1; without any clock the range is everything.
    """

    kept: int
    ended: int

    @property
    def share(self) -> float | None:
        """The share kept, None when nothing ended."""
        return self.kept / self.ended if self.ended else None

    @property
    def is_few(self) -> bool:
        """Tell whether there are too few to say much: fewer than ten."""
        return self.ended < FEW

    @property
    def interval(self) -> tuple[float, float]:
        """The likely range of the share (Wilson's interval, 80 %)."""
        if not self.ended:
            return (0.0, 1.0)
        n, share = self.ended, self.kept / self.ended
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        return (max(middle - half, 0.0), min(middle + half, 1.0))


def monday_of(*, day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def list_weeks(*, until: date, count: int) -> tuple[date, ...]:
    """Return the Mondays of the last ``count`` weeks, oldest first, that of ``until`` last."""
    last = monday_of(day=until)
    return tuple(last - timedelta(weeks=n) for n in reversed(range(count)))
