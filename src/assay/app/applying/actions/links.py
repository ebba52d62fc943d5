"""Private addresses of status pages: made for letters, kept as a hash, taken back when somebody asks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assay.app.applying.models import StatusLink
from assay.app.applying.rules import limits
from assay.app.applying.secrets_kept import hash_of, make_secret
from assay.platform.site import site_address


@transaction.atomic
def issue_link(*, application_id: int) -> str:
    """Return a fresh private address of an application's status page, whole, for a letter to the candidate."""
    return site_address(issue_path(application_id=application_id))


@transaction.atomic
def issue_path(*, application_id: int) -> str:
    """Return the same without the part before the first slash."""
    secret = make_secret()
    StatusLink.objects.create(
        application_id=application_id,
        token_hash=hash_of(secret=secret),
        expires_at=timezone.now() + timedelta(days=limits().link_days),
    )
    return reverse("applying:status", args=[secret])


@transaction.atomic
def note_seen(*, link_id: int, now: datetime) -> None:
    """Remember that a status page was opened, so that links nobody uses can be told from those in use."""
    StatusLink.objects.filter(pk=link_id).update(last_seen_at=now)


@transaction.atomic
def revoke_links(*, application_id: int, now: datetime, except_id: int | None = None) -> int:
    """Take back all private addresses of an application but one; returns how many."""
    rows = StatusLink.objects.filter(application_id=application_id, revoked_at__isnull=True)
    return rows.exclude(pk=except_id or 0).update(revoked_at=now)


@transaction.atomic
def shorten_links(*, application_id: int, until: datetime) -> None:
    """Let no private address of an application hold longer than ``until``."""
    StatusLink.objects.filter(application_id=application_id, expires_at__gt=until).update(expires_at=until)
