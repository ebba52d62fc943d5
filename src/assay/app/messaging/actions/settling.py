"""Saying that something needs nothing more: a letter that needs no answer, a problem that was dealt with."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.messaging.actions.threads import recount
from assay.app.messaging.models import Message, Thread
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.news import tell_changed
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@transaction.atomic
def say_no_answer_needed(*, actor: User, thread_id: int) -> None:
    """Say that what the candidate wrote needs no answer. What comes later is waited for again.

    Raises ``Http404`` or ``Forbidden`` without access. Twice changes nothing.
    """
    thread = Thread.objects.select_for_update().filter(pk=thread_id).first()
    if thread is None:
        raise Http404("There is no such conversation.")
    _require(actor, thread.application_id)
    thread.settled_at = timezone.now()
    Thread.objects.filter(pk=thread_id).update(settled_at=thread.settled_at)
    if not recount(thread=thread):
        return
    tell_changed(application_ids=[thread.application_id])
    record(
        actor=actor,
        verb="conversation.settled",
        object_type="application",
        object_id=thread.application_id,
        data={"thread": thread_id},
    )


@transaction.atomic
def settle_problem(*, actor: User, message_id: int) -> None:
    """Take a letter that did not arrive off the list of problems, because somebody dealt with it.

    Raises ``Http404`` or ``Forbidden`` without access.
    """
    message = Message.objects.select_related("thread").filter(pk=message_id).first()
    if message is None:
        raise Http404("There is no such message.")
    _require(actor, message.thread.application_id)
    if Message.objects.filter(pk=message_id, settled_at__isnull=True).update(settled_at=timezone.now()):
        record(
            actor=actor,
            verb="message.problem_settled",
            object_type="application",
            object_id=message.thread.application_id,
            data={"message": message_id},
        )


def _require(actor: User, application_id: int) -> None:
    job = find_application(application_id=application_id).job
    require(actor=actor, action=Action.SEND_MESSAGES, resource=job_resource(job=job, user=actor))
