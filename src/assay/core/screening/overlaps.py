"""Positions that overlap, as far as months are written. For people and flags; it moves no score."""

from collections.abc import Sequence

from assay.core.screening.dates import months_between
from assay.core.screening.result import Employment


def overlapping_positions(*, employment: Sequence[Employment]) -> tuple[tuple[Employment, Employment], ...]:
    """Return the pairs of positions whose written months overlap by more than three months."""
    pairs = []
    for at, one in enumerate(employment):
        for other in employment[at + 1 :]:
            if _overlap(one, other) > 3:
                pairs.append((one, other))
    return tuple(pairs)


def _overlap(one: Employment, other: Employment) -> int:
    if one.started is None or other.started is None:
        return 0
    latest_start = max(one.started, other.started)
    ends = [position.ended for position in (one, other) if not position.is_current]
    if any(end is None for end in ends):
        return 0
    written = [end for end in ends if end is not None]
    if not written:
        return 0
    return months_between(started=latest_start, ended=min(written)) or 0
