"""Messages whose time has come go to the outbox, after a last look whether they should still go."""

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.queries import get_decision
from assay.app.messaging.actions.locking import hold_message
from assay.app.messaging.actions.outbox import hand_over
from assay.app.messaging.actions.threads import recount, tell_held_back
from assay.app.messaging.models import Message, Thread
from assay.app.messaging.standing import why_not
from assay.app.pipeline.news import tell_changed
from assay.core.messaging.states import MessageKind, MessageState
from assay.core.pipeline.status import ApplicationStatus

_AT_A_TIME = 500


def release_due() -> int:
    """Release every message whose time has come, each in a transaction of its own; return how many were looked at."""
    now = timezone.now()
    due = Message.objects.filter(state=MessageState.WAITING, letter__isnull=True, send_after__lte=now)
    ids = list(due.order_by("send_after", "id").values_list("pk", flat=True)[:_AT_A_TIME])
    for message_id in ids:
        release(message_id=message_id)
    return len(ids)


@transaction.atomic
def release(*, message_id: int) -> None:
    """Give one message to the outbox if it should still go, else keep it with the reason. Twice changes nothing.

    It goes to the address that the candidate has now: somebody may have corrected it meanwhile.
    """
    hold_message(message_id=message_id)
    rows = Message.objects.select_related("thread__application__person")
    message = rows.filter(pk=message_id, state=MessageState.WAITING, letter__isnull=True).first()
    if message is None:
        return
    if is_overtaken(message):
        _keep(message, MessageState.CANCELLED, why="The rejection no longer stands.")
        return
    address = message.thread.application.person.email
    if refusal := why_not(address=address, kind=MessageKind(message.kind)):
        _keep(message, MessageState.FAILED, why=refusal)
        return
    if address != message.recipient:
        message.recipient = address
        Message.objects.filter(pk=message.pk).update(recipient=address)
    hand_over(message=message)


@transaction.atomic
def recount_thread(*, thread_id: int) -> None:
    """Work out again who waits in a conversation, after something happened to a letter outside."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is not None and recount(thread=thread):
        tell_changed(application_ids=[thread.application_id])


def is_overtaken(message: Message) -> bool:
    """Tell whether a rejection's letter waits although the rejection does not stand any more."""
    if message.kind != MessageKind.REJECTION:
        return False
    if message.thread.application.status != ApplicationStatus.REJECTED:
        return True
    return message.decision is not None and get_decision(decision_id=message.decision).is_undone


def _keep(message: Message, state: MessageState, *, why: str) -> None:
    Message.objects.filter(pk=message.pk).update(state=state, problem=why[:500])
    tell_held_back(message=message, actor=None, verb="message.not_sent")
