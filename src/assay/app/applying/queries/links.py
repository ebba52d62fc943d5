"""A status page found by its secret address."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.applying.models import StatusLink
from assay.app.applying.secrets_kept import SHAPE_LENGTH, hash_of, is_same


@dataclass(frozen=True, slots=True)
class LinkView:
    """A private address that holds."""

    id: int
    application_id: int
    expires_at: datetime


def find_link(*, token: str, now: datetime) -> LinkView | None:
    """Return what a private address opens; ``None`` for one that is forged, taken back or too old."""
    if len(token) != SHAPE_LENGTH:
        return None
    row = StatusLink.objects.filter(token_hash=hash_of(secret=token)).first()
    if row is None or not is_same(kept=row.token_hash, secret=token):
        return None
    if row.revoked_at is not None or row.expires_at <= now:
        return None
    return LinkView(row.pk, row.application_id, row.expires_at)
