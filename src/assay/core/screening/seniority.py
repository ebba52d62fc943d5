"""How long somebody has worked, as far as months are written. For people and flags; it moves no score."""

from collections.abc import Sequence

from assay.core.screening.dates import months_between
from assay.core.screening.result import Employment


def known_months(*, employment: Sequence[Employment]) -> int:
    """Return the months that are covered by positions with both ends written; overlaps count once."""
    covered: set[int] = set()
    for position in employment:
        months = months_between(started=position.started, ended=position.ended)
        if months is None or position.started is None:
            continue
        first = int(position.started[:4]) * 12 + int(position.started[5:7])
        covered.update(range(first, first + months))
    return len(covered)


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
