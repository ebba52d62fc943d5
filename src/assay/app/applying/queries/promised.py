"""What a candidate was promised, as their page tells it."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.clocks.queries import get_promise


@dataclass(frozen=True, slots=True)
class Promised:
    """By when they hear (aware UTC), and whether that moment has passed in silence."""

    at: datetime
    is_broken: bool


def promise_of(*, application_id: int, now: datetime) -> Promised | None:
    """Return the promise that is still to be kept, or was broken and not made good; ``None`` while nothing is owed."""
    found = get_promise(application_id=application_id)
    if found is None or found.is_kept:
        return None
    return Promised(at=found.promised_at, is_broken=found.is_broken or found.promised_at < now)
