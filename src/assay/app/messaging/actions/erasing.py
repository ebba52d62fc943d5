"""Taking the words out of conversations with somebody who asked to be erased."""

from django.db import transaction

from assay.app.messaging.models import Attachment, Message, Thread
from assay.core.messaging.states import MessageState
from assay.platform.mail.actions.erasing import erase_arrivals, erase_letters

ERASED = "(erased)"
_STILL_TO_GO = (MessageState.WAITING, MessageState.UNCERTAIN)


@transaction.atomic
def erase_conversations(*, application_id: int) -> tuple[str, ...]:
    """Empty every letter with a candidate, theirs and ours; one that has still to go out keeps what it needs for that.

    Returns the hashes of files that were let go of. Whoever calls this has checked access, deletes the bytes and
    writes the audit event; called again later, it also empties what went out meanwhile.
    """
    rows = Message.objects.filter(thread__application_id=application_id).exclude(state__in=_STILL_TO_GO)
    letters = [letter for letter in rows.values_list("letter", flat=True) if letter is not None]
    arrivals = [arrival for arrival in rows.values_list("arrival", flat=True) if arrival is not None]
    files = Attachment.objects.filter(message__in=rows)
    gone = tuple(files.values_list("digest", flat=True))
    files.delete()
    rows.update(subject=ERASED, body=ERASED, html="", sender="", recipient="", message_id="", problem="")
    Thread.objects.filter(application_id=application_id).update(subject=ERASED)
    erase_letters(letter_ids=letters)
    return gone + erase_arrivals(arrival_ids=arrivals)


def is_attached(*, digest: str) -> bool:
    """Tell whether a file with this hash came with a letter that is still kept."""
    return Attachment.objects.filter(digest=digest).exists()
