"""How far an import is and how long it may still take."""

from dataclasses import dataclass

_FEWEST_FOR_ESTIMATE = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` items; ``seconds_left`` is None until there is something to judge by."""

    done: int
    total: int
    seconds_left: float | None

    @property
    def share(self) -> float:
        """The share done, from 0 to 1; an empty import is done."""
        return self.done / self.total if self.total else 1.0


def measure_progress(*, done: int, total: int, recent: int, recent_seconds: float) -> Progress:
    """Judge the time left by the pace of late: ``recent`` items ended in the last ``recent_seconds``."""
    left = total - done
    if left <= 0:
        return Progress(done=done, total=total, seconds_left=0.0)
    if recent < _FEWEST_FOR_ESTIMATE or recent_seconds <= 0:
        return Progress(done=done, total=total, seconds_left=None)
    return Progress(done=done, total=total, seconds_left=left * recent_seconds / recent)
