"""Times of an inbox in words: how long is left, how long it is late; in the words of clocks."""

from datetime import datetime

from assay.core.clocks.words import left_in_words, time_in_words
from assay.core.inbox.items import Item

_PAUSED = "paused"


def time_words(*, item: Item, now: datetime) -> str:
    """Say how an item stands: "3 h late", "5 h left", "waits 2 d", "paused"; nothing where no time is known."""
    if item.is_paused:
        return _PAUSED
    if item.due_at is not None:
        return left_in_words(now=now, due_at=item.due_at)
    if item.since is not None and item.since <= now:
        return f"waits {time_in_words(length=now - item.since)}"
    return ""
