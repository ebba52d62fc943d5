"""A status page found by its secret address."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.applying.models import StatusLink
from assay.app.applying.secrets_kept import SHAPE_LENGTH, hash_of, is_same
from assay.app.pipeline.queries.continuing import goes_on_as


@dataclass(frozen=True, slots=True)
class LinkView:
    """A private address that holds.

    ``application_id`` is what the pursuit goes on as, ``first_id`` the application that the address was made for.
    ``is_mailed`` tells that it went by letter, so that whoever holds it owns the e-mail address.
    """

    id: int
    application_id: int
    first_id: int
    expires_at: datetime
    is_mailed: bool


def find_link(*, token: str, now: datetime) -> LinkView | None:
    """Return what a private address opens; ``None`` for one that is forged, taken back or too old."""
    if len(token) != SHAPE_LENGTH:
        return None
    row = StatusLink.objects.filter(token_hash=hash_of(secret=token)).first()
    if row is None or not is_same(kept=row.token_hash, secret=token):
        return None
    if row.revoked_at is not None or row.expires_at <= now:
        return None
    # A join says that two records are one human. Whoever only saw a page has not shown to be that human.
    here = goes_on_as(application_id=row.application_id, follows_joins=row.is_mailed)
    return LinkView(row.pk, here, row.application_id, row.expires_at, row.is_mailed)
