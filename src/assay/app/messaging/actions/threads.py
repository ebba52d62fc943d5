"""Conversations: opened once for an application, and who waits in them worked out from what was written."""

from datetime import datetime

from django.http import Http404

from assay.app.messaging.actions.locking import hold_application
from assay.app.messaging.addressing import make_thread_token
from assay.app.messaging.models import Message, Thread
from assay.app.pipeline.news import tell_changed
from assay.core.messaging.conversation import Entry, waiting_since
from assay.core.messaging.states import Direction, MessageState
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


def open_thread(*, application_id: int, subject: str, now: datetime, thread_id: int | None = None) -> Thread:
    """Return the conversation about an application, a named one or its latest; make one where there is none.

    Raises ``Http404`` for a conversation of another application.
    """
    if thread_id is not None:
        thread = Thread.objects.filter(pk=thread_id, application_id=application_id).first()
        if thread is None:
            raise Http404("There is no such conversation.")
        return thread
    hold_application(application_id=application_id)
    known = Thread.objects.filter(application_id=application_id).first()
    return known or Thread.objects.create(
        application_id=application_id, subject=subject[:300], token=make_thread_token(), last_at=now
    )


def tell_held_back(*, message: Message, actor: User | None, verb: str) -> None:
    """Count the conversation of a letter that was kept from going, and tell the clocks and the log of it."""
    if recount(thread=message.thread):
        tell_changed(application_ids=[message.thread.application_id])
    record(
        actor=actor,
        verb=verb,
        object_type="application",
        object_id=message.thread.application_id,
        data={"message": message.pk, "kind": message.kind},
    )


def recount(*, thread: Thread) -> bool:
    """Work out since when the candidate waits for an answer, store it, and tell whether it changed."""
    rows = Message.objects.filter(thread=thread).values_list(
        "direction", "state", "is_automatic", "created_at", named=True
    )
    since = waiting_since(
        entries=[
            Entry(Direction(row.direction), MessageState(row.state), row.is_automatic, row.created_at) for row in rows
        ],
        settled_at=thread.settled_at,
    )
    before, thread.awaits_reply_since = thread.awaits_reply_since, since
    Thread.objects.filter(pk=thread.pk).update(awaits_reply_since=since)
    return before != since
