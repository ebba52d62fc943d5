"""What happened to our letters outside, noted on their messages in the transaction that stores it there.

A letter that never arrived was no answer; who waits is worked out again in a task of its own, because the outbox
must not wait for anybody here.
"""

from django.utils import timezone

from assay.app.messaging.models import Message
from assay.core.messaging.states import MessageState
from assay.platform.mail.states import LetterState
from assay.platform.queue.tasks import enqueue

RECOUNT = "messaging.recount"
_STATES = {
    LetterState.WAITING: MessageState.WAITING,
    LetterState.UNCERTAIN: MessageState.UNCERTAIN,
    LetterState.SENT: MessageState.SENT,
    LetterState.REFUSED: MessageState.FAILED,
    LetterState.CANCELLED: MessageState.CANCELLED,
    LetterState.BOUNCED: MessageState.BOUNCED,
}
_CHANGE_WHO_WAITS = (MessageState.FAILED, MessageState.BOUNCED, MessageState.CANCELLED)


def follow_letter(sender: object, *, letter_id: int, state: LetterState, error: str, **more: object) -> None:
    """Note how far a letter came. Told twice, it counts once."""
    del sender, more
    message = Message.objects.filter(letter=letter_id).first()
    if message is None or state not in _STATES:
        return
    reached = _STATES[state]
    changes: dict[str, object] = {"state": reached, "problem": (error or message.problem)[:500]}
    if reached is MessageState.SENT:
        changes |= {"sent_at": message.sent_at or timezone.now(), "problem": ""}
    if reached is not message.state:
        changes["settled_at"] = None
    Message.objects.filter(pk=message.pk).update(**changes)
    if reached in _CHANGE_WHO_WAITS and not message.is_automatic:
        enqueue(RECOUNT, thread_id=message.thread_id)
