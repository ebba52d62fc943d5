"""Private addresses of status pages: made for letters, kept as a hash, taken back when somebody asks."""

from collections.abc import Collection
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
    return site_address(_issue(application_id, is_mailed=True))


@transaction.atomic
def issue_path(*, application_id: int) -> str:
    """Return one without the part before the first slash, for the page that somebody sees after sending a form.

    It proves nothing about whose e-mail address they typed, so it opens what that form itself sent and no more.
    """
    return _issue(application_id, is_mailed=False)


def _issue(application_id: int, *, is_mailed: bool) -> str:
    secret = make_secret()
    StatusLink.objects.create(
        application_id=application_id,
        token_hash=hash_of(secret=secret),
        expires_at=timezone.now() + timedelta(days=limits().link_days),
        is_mailed=is_mailed,
    )
    return reverse("applying:status", args=[secret])


@transaction.atomic
def note_seen(*, link_id: int, now: datetime) -> None:
    """Remember that a status page was opened, so that links nobody uses can be told from those in use."""
    StatusLink.objects.filter(pk=link_id).update(last_seen_at=now)


@transaction.atomic
def revoke_links(
    *, application_ids: Collection[int], now: datetime, except_id: int | None = None, spares_mailed: bool = False
) -> int:
    """Take back all private addresses of these applications but one; returns how many.

    ``spares_mailed`` leaves those that went by mail: who saw a page cannot lock out whose address it is.
    """
    rows = StatusLink.objects.filter(application_id__in=list(application_ids), revoked_at__isnull=True)
    if spares_mailed:
        rows = rows.filter(is_mailed=False)
    return rows.exclude(pk=except_id or 0).update(revoked_at=now)


@transaction.atomic
def shorten_links(*, application_id: int, until: datetime) -> None:
    """Let no private address of an application hold longer than ``until``."""
    StatusLink.objects.filter(application_id=application_id, expires_at__gt=until).update(expires_at=until)
