"""A résumé that was chosen and not sent yet: kept for a day, then thrown away with its bytes."""

from datetime import datetime, timedelta

from django.db import transaction

from assay.app.applying.models import PendingResume
from assay.app.applying.queries.pending import PendingView
from assay.app.applying.resumes import most_bytes, read_resume
from assay.app.applying.rules import limits
from assay.app.applying.secrets_kept import hash_of, make_secret
from assay.app.documents.actions import plain_name
from assay.platform.files.actions import discard_file, store_bytes


class ResumeRefusedError(ValueError):
    """Raised for a file that cannot be taken at all; the message says why."""


def keep_resume(*, content: bytes, name: str) -> PendingView:
    """Keep a chosen file, read it, and return what it says together with the mark by which it is found again.

    Raises ``ResumeRefusedError`` for an empty file or one that is too large.
    """
    if not content:
        raise ResumeRefusedError("This file is empty. Choose it again, or another one.")
    if len(content) > most_bytes():
        raise ResumeRefusedError(
            f"This file is {len(content) / 1e6:.1f} MB; at most {most_bytes() / 1e6:.0f} MB fit. Save a smaller copy."
        )
    found = read_resume(content=content, name=name)
    secret = make_secret()
    with transaction.atomic():
        stored = store_bytes(content=content)
        row = PendingResume.objects.create(
            token_hash=hash_of(secret=secret),
            name=plain_name(name=name),
            digest=stored.sha256,
            size=len(content),
            parsed=found.as_json(),
        )
    return PendingView(token=secret, name=row.name, digest=row.digest, size=row.size, found=found)


def sweep_resumes(*, now: datetime) -> int:
    """Throw away résumés that nobody sent within their time; returns how many."""
    old = PendingResume.objects.filter(created_at__lt=now - timedelta(hours=limits().pending_hours))
    swept = 0
    for row in old.order_by("id")[:1000]:
        with transaction.atomic():
            PendingResume.objects.filter(pk=row.pk).delete()
            discard_file(sha256=row.digest)
        swept += 1
    return swept
