"""What a person says about a letter in the outbox that is in trouble: send it again, or it arrived after all."""

from django.db import transaction

from assay.app.messaging.actions.releasing import is_overtaken
from assay.app.messaging.models import Message
from assay.app.messaging.queries.conversations import TROUBLE
from assay.app.pipeline.funnel import job_resource
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.mail.actions.deciding import mark_arrived, resend


class NotAgainError(ValueError):
    """Raised for a letter that must not go again; the message says why."""


@transaction.atomic
def send_again(*, actor: User, letter_id: int) -> None:
    """Send a letter once more. One to a candidate only while it is in trouble, and a rejection only while it stands.

    Raises ``Http404`` or ``Forbidden`` without access, ``NotAgainError``, ``LetterMoved`` or ``TextGone``.
    """
    message = _message_of(actor, letter_id)
    if message is not None and message.state not in TROUBLE:
        raise NotAgainError("This letter was called back or has gone. Write a new one instead.")
    if message is not None and is_overtaken(message):
        raise NotAgainError("The rejection no longer stands, so its letter does not go.")
    resend(actor=actor, letter_id=letter_id)


@transaction.atomic
def say_arrived(*, actor: User, letter_id: int) -> None:
    """Say that a letter arrived although its end was not seen. Raises like ``send_again``."""
    _message_of(actor, letter_id)
    mark_arrived(actor=actor, letter_id=letter_id)


def _message_of(actor: User, letter_id: int) -> Message | None:
    """Return the message behind a letter, None for letters to people here; refuse whom its job does not let in."""
    rows = Message.objects.select_related("thread__application__job")
    message = rows.filter(letter=letter_id).first()
    if message is None:
        return None
    resource = job_resource(job=message.thread.application.job, user=actor)
    require(actor=actor, action=Action.SEND_MESSAGES, resource=resource)
    return message
