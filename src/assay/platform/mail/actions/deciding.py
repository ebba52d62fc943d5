"""What a person says about a letter that cannot be decided by itself, and what a report of a server says."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Now
from django.http import Http404

from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.mail.actions.posting import SEND
from assay.platform.mail.actions.telling import tell
from assay.platform.mail.models import LONGEST_ERROR, Letter
from assay.platform.mail.states import CAN_GO_AGAIN, LetterState
from assay.platform.queue.tasks import enqueue


class LetterMoved(ValueError):
    """Raised when a letter is not in a state for what is asked of it; the message can be shown."""

    def __init__(self, state: str) -> None:
        super().__init__(f"This letter is {state.replace('_', ' ')} by now. Look at it again.")


class WasCalledBack(LetterMoved):
    """Raised for a letter that somebody called back, so that it must not go again; the message can be shown."""

    def __init__(self) -> None:
        ValueError.__init__(self, "This letter was called back, so it does not go again. Write a new one instead.")


class TextGone(ValueError):
    """Raised for a letter whose text was dropped, so that it cannot go again."""

    def __init__(self) -> None:
        super().__init__("The text of this letter is no longer kept. Write it again.")


@transaction.atomic
def resend(*, actor: User, letter_id: int) -> None:
    """Send a letter again that is uncertain, refused, cancelled or bounced, unless it was called back.

    Raises ``LetterMoved``, ``WasCalledBack`` or ``TextGone``.
    """
    letter = _find(actor, letter_id, CAN_GO_AGAIN)
    if letter.recall_wanted:
        raise WasCalledBack
    if not letter.source:
        raise TextGone
    before = letter.state
    _wait_again(letter)
    _told(actor, letter, LetterState.WAITING, "letter.sent_again", before)


@transaction.atomic
def mark_arrived(*, actor: User, letter_id: int) -> None:
    """Say that an uncertain letter arrived, so that it counts as sent. Raises ``LetterMoved``."""
    letter = _find(actor, letter_id, (LetterState.UNCERTAIN,))
    Letter.objects.filter(pk=letter_id).update(
        state=LetterState.SENT,
        sent_at=Coalesce("claimed_at", "ended_at", Now()),
        ended_at=Now(),
        claimed_by="",
        claimed_at=None,
        last_error="",
        source=Value(b"") if letter.is_private else letter.source,
    )
    _told(actor, letter, LetterState.SENT, "letter.marked_arrived", letter.state)


@transaction.atomic
def note_bounce(*, message_id: str, words: str) -> int | None:
    """Keep that a letter which had gone came back; return its id, or None when we sent no such letter.

    ``message_id`` is what the report says (``<...>``), ``words`` why. A second report changes nothing.
    """
    letter = Letter.objects.select_for_update().defer("source").filter(message_id=message_id).first()
    if letter is None:
        return None
    if letter.state in (LetterState.SENT, LetterState.UNCERTAIN, LetterState.HANDING_OVER):
        text = words.replace("\x00", "")[:LONGEST_ERROR]
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.BOUNCED, ended_at=Now(), last_error=text)
        tell(letter_id=letter.pk, key=letter.key, state=LetterState.BOUNCED, error=text)
    return int(letter.pk)


@transaction.atomic
def retry_refused() -> int:
    """Send every refused letter again whose text is kept and that nobody called back; return how many.

    For whoever runs the installation.
    """
    refused = Letter.objects.select_for_update().filter(state=LetterState.REFUSED, recall_wanted=False)
    letters = list(refused.exclude(source=b""))
    for letter in letters:
        _wait_again(letter)
        tell(letter_id=letter.pk, key=letter.key, state=LetterState.WAITING)
    if letters:
        record(actor=None, verb="letter.sent_again", object_type="letter", object_id=0, data={"letters": len(letters)})
    return len(letters)


def _wait_again(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.WAITING,
        wanted_at=Now(),
        next_try_at=Now(),
        attempts=0,
        sent_at=None,
        ended_at=None,
        claimed_by="",
        claimed_at=None,
        last_error="",
    )
    enqueue(SEND)


def _find(actor: User, letter_id: int, states: Collection[LetterState]) -> Letter:
    require(actor=actor, action=Action.EDIT_MAIL, resource=ORGANISATION)
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        raise Http404("There is no such letter.")
    if letter.state not in states:
        raise LetterMoved(letter.state)
    return letter


def _told(actor: User, letter: Letter, state: LetterState, verb: str, before: str) -> None:
    tell(letter_id=letter.pk, key=letter.key, state=state)
    record(actor=actor, verb=verb, object_type="letter", object_id=letter.pk, data={"from": before})
