"""A résumé that was chosen and not sent yet, found again by its mark."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.app.applying.models import PendingResume
from assay.app.applying.resumes import FromFile
from assay.app.applying.rules import limits
from assay.app.applying.secrets_kept import hash_of


@dataclass(frozen=True, slots=True)
class PendingView:
    """A chosen file: its mark, name, the hash of its bytes, size in bytes, and what it says of its owner."""

    token: str
    name: str
    digest: str
    size: int
    found: FromFile


def find_resume(*, token: str, now: datetime) -> PendingView | None:
    """Return the file that a mark stands for, or ``None`` when there is none or its day is over."""
    if not token:
        return None
    since = now - timedelta(hours=limits().pending_hours)
    row = PendingResume.objects.filter(token_hash=hash_of(secret=token), created_at__gte=since).first()
    if row is None:
        return None
    return PendingView(token, row.name, row.digest, row.size, FromFile(**row.parsed))
