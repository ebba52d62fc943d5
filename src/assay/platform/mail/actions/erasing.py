"""Taking the words out of letters that went or came, for somebody who asked to be erased. That they went stays."""

from collections.abc import Collection

from django.db import transaction
from django.db.models.functions import Coalesce, Now

from assay.platform.mail.models import Arrival, Letter
from assay.platform.mail.states import LetterState

ERASED = "(erased)"


@transaction.atomic
def erase_letters(*, letter_ids: Collection[int]) -> int:
    """Empty letters that have gone or never will, so that nothing of their text or addressee is left."""
    rows = Letter.objects.filter(pk__in=list(letter_ids)).exclude(
        state__in=[LetterState.WAITING, LetterState.HANDING_OVER]
    )
    return rows.update(recipient="", subject=ERASED, source=b"", last_error="")


@transaction.atomic
def erase_arrivals(*, arrival_ids: Collection[int]) -> tuple[str, ...]:
    """Forget letters that came in; returns the hashes of their bytes, for the caller to delete."""
    rows = Arrival.objects.filter(pk__in=list(arrival_ids))
    gone = tuple(rows.values_list("digest", flat=True))
    # Nobody is asked to handle what is no longer there.
    rows.update(digest="", detail="", handled_at=Coalesce("handled_at", Now()))
    return gone
