"""Times of an inbox in words: how long is left, how long it is over."""

from datetime import datetime, timedelta

from assay.core.inbox.items import Item, Urgency, urgency_of

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def time_words(*, item: Item, now: datetime) -> str:
    """Say how an item stands: "3 h over", "5 h left", "waits 2 d", "paused"; nothing where no time is known."""
    if item.is_paused:
        return "paused"
    if item.due_at is not None:
        is_over = urgency_of(item=item, now=now) is Urgency.OVER
        return f"{_length(abs(now - item.due_at))} {'over' if is_over else 'left'}"
    if item.since is not None and item.since <= now:
        return f"waits {_length(now - item.since)}"
    return ""


def _length(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    if seconds >= 2 * _DAY:
        return f"{seconds // _DAY} d"
    if seconds >= _HOUR:
        return f"{seconds // _HOUR} h"
    return f"{max(1, seconds // _MINUTE)} min"
