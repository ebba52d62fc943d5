"""Where a letter that came in may belong: conversations it names, and applications of who wrote it."""

from collections.abc import Sequence

from django.db.models.functions import Lower

from assay.app.messaging.models import Message, Thread
from assay.app.pipeline.models import Application
from assay.app.pipeline.standing import ENDED
from assay.core.messaging.incoming import IncomingLetter
from assay.core.messaging.matching import Known, Match, match
from assay.platform.mail.addresses import token_of


def find_place(*, letter: IncomingLetter) -> Match | None:
    """Return the conversation or application that a letter belongs to, or None when a person has to look."""
    return match(
        by_token=_named_by_address(letter.recipients),
        by_reference=_named_by_letters(letter.references),
        live_applications=live_applications(address=letter.sender),
    )


def live_applications(*, address: str) -> tuple[int, ...]:
    """Return the live applications of whoever has this address, behind whatever wall."""
    if not address:
        return ()
    people = Application.objects.exclude(status__in=ENDED).exclude(person__email="")
    found = people.alias(address=Lower("person__email")).filter(address=address.lower(), person__merged_into=None)
    return tuple(found.order_by("-applied_at").values_list("pk", flat=True)[:20])


def possible_applications(*, letter: IncomingLetter) -> frozenset[int]:
    """Return every application that a letter may be about, ended ones among them: who sees none must not read it."""
    named = (*_named_by_address(letter.recipients), *_named_by_letters(letter.references))
    found = {one.application_id for one in named}
    if letter.sender:
        theirs = Application.objects.alias(address=Lower("person__email")).filter(address=letter.sender.lower())
        found.update(theirs.values_list("pk", flat=True))
    return frozenset(found)


def is_own_letter(*, message_id: str) -> bool:
    """Tell whether a letter that came in is one of ours that came back."""
    return bool(message_id) and Message.objects.filter(message_id=message_id, direction="out").exists()


def _named_by_address(recipients: Sequence[str]) -> tuple[Known, ...]:
    tokens = [token.lower() for token in map(token_of, recipients) if token]
    if not tokens:
        return ()
    rows = Thread.objects.filter(token__in=tokens).values_list("pk", "application_id")
    return tuple(Known(thread_id, application_id) for thread_id, application_id in rows)


def _named_by_letters(references: Sequence[str]) -> tuple[Known, ...]:
    """Return the conversation of the nearest earlier letter that we know."""
    if not references:
        return ()
    rows = Message.objects.filter(message_id__in=references)
    by_id = {
        message_id: Known(thread_id, application_id)
        for message_id, thread_id, application_id in rows.values_list(
            "message_id", "thread_id", "thread__application_id"
        )
    }
    nearest = next((by_id[one] for one in references if one in by_id), None)
    return () if nearest is None else (nearest,)
