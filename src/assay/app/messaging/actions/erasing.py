"""Taking the words out of conversations with somebody who asked to be erased."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Lower, Now

from assay.app.messaging.models import Attachment, Draft, Message, Thread, UnmatchedMail
from assay.app.pipeline.models import Application
from assay.core.messaging.states import MessageState
from assay.platform.mail.actions.erasing import erase_arrivals, erase_letters

ERASED = "(erased)"
_STILL_TO_GO = (MessageState.WAITING, MessageState.UNCERTAIN)


@transaction.atomic
def erase_conversations(*, application_id: int) -> tuple[str, ...]:
    """Empty every letter with a candidate, theirs and ours, drafts and letters that were never placed among them.

    One that has still to go out keeps what it needs for that.

    Returns the hashes of files that were let go of. Whoever calls this has checked access, deletes the bytes and
    writes the audit event; called again later, it also empties what went out meanwhile.
    """
    rows = Message.objects.filter(thread__application_id=application_id).exclude(state__in=_STILL_TO_GO)
    letters = [letter for letter in rows.values_list("letter", flat=True) if letter is not None]
    arrivals = [arrival for arrival in rows.values_list("arrival", flat=True) if arrival is not None]
    addresses = _addresses_of(application_id)
    files = Attachment.objects.filter(message__in=rows)
    gone = tuple(files.values_list("digest", flat=True))
    files.delete()
    rows.update(
        subject=ERASED,
        body=ERASED,
        quoted="",
        html="",
        sender="",
        recipient="",
        message_id="",
        references="",
        problem="",
    )
    Draft.objects.filter(application_id=application_id).delete()
    arrivals += _erase_unplaced(application_id, addresses=addresses)
    Thread.objects.filter(application_id=application_id).update(subject=ERASED)
    erase_letters(letter_ids=letters)
    return gone + erase_arrivals(arrival_ids=arrivals)


def _addresses_of(application_id: int) -> set[str]:
    """Return the address of this candidate, unless another application is theirs or names the same address."""
    person = Application.objects.select_related("person").get(pk=application_id).person
    if not person.email:
        return set()
    theirs = Q(person=person) | Q(person__merged_into=person) | Q(person__email__iexact=person.email)
    is_used = Application.objects.filter(theirs).exclude(pk=application_id).exists()
    return set() if is_used else {person.email.lower()}


def _erase_unplaced(application_id: int, *, addresses: set[str]) -> list[int]:
    """Empty letters that were placed in this conversation, or that may be about it alone; return their arrivals."""
    about_others = UnmatchedMail.candidates.through.objects.filter(unmatchedmail=OuterRef("pk")).exclude(
        application=application_id
    )
    alone = Q(candidates=application_id) & Q(~Exists(about_others))
    theirs = Q(placed_in__thread__application=application_id) | alone
    if addresses:
        theirs |= Q(address__in=addresses)
    found = UnmatchedMail.objects.alias(address=Lower("sender")).filter(theirs).values_list("pk", "arrival")
    rows = dict(found)
    UnmatchedMail.objects.filter(pk__in=rows).update(
        sender="", subject=ERASED, body=ERASED, put_away_at=Coalesce("put_away_at", Now())
    )
    return list(rows.values())
