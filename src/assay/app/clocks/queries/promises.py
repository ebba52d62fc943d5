"""What a candidate was promised."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.clocks.models import Promise


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A moment by which a candidate was told they would hear (aware UTC), and how it stands.

    ``is_broken``: it passed, or passed before they heard. ``is_new``: it took the place of an earlier one.
    """

    promised_at: datetime
    made_at: datetime
    is_broken: bool
    is_kept: bool
    is_new: bool


def get_promise(*, application_id: int) -> PromiseView | None:
    """Return the promise that stands for an application: the open one, else the last that was made; None without any.

    No access check: candidates see their own, others come with an application in hand.
    """
    standing = Promise.objects.filter(application_id=application_id, taken_over_by=None)
    rows = list(standing.order_by("-made_at", "-id")[:2])
    if not rows:
        return None
    row = rows[0]
    return PromiseView(row.promised_at, row.made_at, row.broken_at is not None, row.kept_at is not None, len(rows) > 1)
