"""Counting tries from one place, in the database, so that the count holds across processes and restarts."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from assay.app.applying.models import Attempt
from assay.app.applying.rules import limit_on
from assay.app.applying.secrets_kept import veil
from assay.core.applying.abuse import place_of, window_of

_COUNT = """
    INSERT INTO applying_attempt (purpose, key, began_at, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (purpose, key, began_at) DO UPDATE SET count = applying_attempt.count + 1
    RETURNING count
"""
_KEPT = timedelta(days=2)


class TooManyTriesError(Exception):
    """Raised when a place tried too often; ``again_at`` is when the next try counts afresh (aware UTC)."""

    def __init__(self, *, again_at: datetime, now: datetime) -> None:
        minutes = max(1, -(-int((again_at - now).total_seconds()) // 60))
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(
            f"A lot has come from your connection in a short time, so we pause for {minutes} {unit}. "
            "Everything you typed is still here: send it again then. You did nothing wrong."
        )
        self.again_at = again_at


def count_try(*, purpose: str, address: str, now: datetime) -> None:
    """Count one try of ``purpose`` from an IP address. Raises ``TooManyTriesError`` when it is one too many.

    The count is a transaction of its own: it stands whatever becomes of what was tried.
    """
    limit = limit_on(purpose=purpose)
    began_at = window_of(now=now, minutes=limit.minutes)
    with transaction.atomic():
        from_address, from_network = _counts(purpose=purpose, address=address, began_at=began_at)
    if from_address > limit.from_address or from_network > limit.from_network:
        raise TooManyTriesError(again_at=began_at + timedelta(minutes=limit.minutes), now=now)


def _counts(*, purpose: str, address: str, began_at: datetime) -> tuple[int, int]:
    place = place_of(address=address)
    day = began_at.astimezone(UTC).date().isoformat()
    keys = (veil(text=f"one|{place.address}", day=day), veil(text=f"net|{place.network}", day=day))
    found = []
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute(_COUNT, [purpose, key, began_at])
            found.append(int(cursor.fetchone()[0]))
    return found[0], found[1]


@transaction.atomic
def forget_tries(*, now: datetime) -> int:
    """Delete counts of windows that are over; returns how many."""
    return Attempt.objects.filter(began_at__lt=now - _KEPT).delete()[0]
