"""Keeping a letter that came in: its bytes first, then the row that says so, then the job that looks at it."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from assay.platform.files.actions import store_bytes
from assay.platform.mail.identity import identity_of
from assay.platform.mail.models import Arrival
from assay.platform.queue.tasks import enqueue

HANDLE = "mail.handle"
# After so long the repeated sweep queues the handling again.
TIME_TO_BE_HANDLED = timedelta(minutes=5)


def store_arrival(*, source: bytes, full_size: int | None = None) -> int:
    """Keep a letter and queue the handling of it, in one transaction; return its id. The same letter is kept once.

    ``full_size`` is how long the letter was when ``source`` holds only its headers. Raises ``StorageFull``.
    """
    stored = store_bytes(content=source, media_type="message/rfc822")
    with transaction.atomic():
        arrival, is_new = Arrival.objects.get_or_create(
            identity=identity_of(source),
            defaults={
                "digest": stored.sha256,
                "size": len(source),
                "next_try_at": Now() + TIME_TO_BE_HANDLED,
                "full_size": len(source) if full_size is None else full_size,
            },
        )
        if is_new:
            enqueue(HANDLE, arrival_id=arrival.pk)
    return int(arrival.pk)
