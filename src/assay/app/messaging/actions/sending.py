"""Letters that a person writes and presses "send" on: once, with a few seconds to take it back, and never blindly."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assay.app.messaging.actions.locking import hold_application
from assay.app.messaging.actions.writing import call_back_message, write
from assay.app.messaging.models import Draft, Message, Thread
from assay.app.messaging.rules import limits
from assay.app.messaging.standing import why_not
from assay.app.messaging.wording import get_letter
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.models import Application
from assay.core.messaging.rendering import Words, check_finished
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.text import clean_line, clean_text

_FURTHEST = timedelta(days=365)


class NotSentError(ValueError):
    """Raised when a letter cannot go as it is. The message says why and what to do; ``field`` is where."""

    def __init__(self, message: str, *, field: str = "body") -> None:
        super().__init__(message)
        self.field = field


class OvertakenError(Exception):
    """Raised when something was written or came in since the writer looked; ``latest_id`` is the last of that."""

    def __init__(self, message: str, *, latest_id: int) -> None:
        super().__init__(message)
        self.latest_id = latest_id


@transaction.atomic
def send_by_hand(
    *,
    actor: User,
    application_id: int,
    token: str,
    template: str,
    subject: str,
    body: str,
    seen_id: int,
    send_at: datetime | None = None,
) -> int:
    """Send a letter that somebody wrote and return the message's id; the same ``token`` sends once.

    It leaves after a few seconds, or at ``send_at``, and can be called back until then. ``seen_id`` is the last message
    that the writer saw. Raises ``Http404`` or ``Forbidden`` without access, ``NotSentError`` for what cannot go,
    ``OvertakenError`` when somebody else wrote meanwhile, ``OpenPlaceholderError`` for a name left in braces.
    """
    application = _open(actor, application_id)
    wish = _wish(actor, application_id, clean_line(token, longest=40) or uuid.uuid4().hex)
    sent = Message.objects.filter(wish=wish).values_list("pk", flat=True).first()
    if sent is not None:
        return sent
    kept_subject, kept_body = _checked(subject, body)
    kind = kind_of_letter(application_id=application_id)
    if refusal := why_not(address=application.person.email, kind=kind):
        raise NotSentError(refusal, field="recipient")
    _refuse_blind(actor, application_id=application_id, seen_id=seen_id)
    now = timezone.now()
    Draft.objects.filter(application_id=application_id, author=actor).delete()
    message_id = write(
        actor=actor,
        application_id=application_id,
        kind=kind,
        template=get_letter(key=template or "blank").key,
        values={},
        wish=wish,
        send_after=_moment(send_at, now=now),
        subject=kept_subject,
        body=kept_body,
    )
    assert message_id is not None  # noqa: S101 - the address was asked above, in this transaction
    return message_id


@transaction.atomic
def save_draft(
    *, actor: User, application_id: int, token: str, template: str, subject: str, body: str
) -> datetime | None:
    """Keep what somebody is writing and return when; a draft of a letter that was sent meanwhile is not kept again.

    Raises ``Http404``, ``Forbidden`` or ``TextTooLongError``.
    """
    _open(actor, application_id)
    longest = limits().sending
    kept = clean_line(token, longest=40)
    if not kept or Message.objects.filter(wish=_wish(actor, application_id, kept)).exists():
        return None
    now = timezone.now()
    Draft.objects.update_or_create(
        application_id=application_id,
        author=actor,
        defaults={
            "token": kept,
            "template": clean_line(template, longest=80),
            "subject": clean_line(subject, longest=longest.longest_subject),
            "body": clean_text(body, longest=longest.longest_body),
            "saved_at": now,
        },
    )
    return now


@transaction.atomic
def call_back_by_hand(*, actor: User, application_id: int, message_id: int) -> bool:
    """Call back a waiting message and tell whether it had not gone. Whoever wrote it finds its words in their draft,
    unless they have begun another letter. Raises ``Http404`` or ``Forbidden`` without access."""
    _open(actor, application_id)
    if not call_back_message(actor=actor, application_id=application_id, message_id=message_id):
        return False
    message = Message.objects.get(pk=message_id)
    if message.author_id == actor.pk and not message.is_automatic:
        Draft.objects.get_or_create(
            application_id=application_id,
            author=actor,
            defaults={
                "token": uuid.uuid4().hex,
                "template": message.template,
                "subject": message.subject,
                "body": message.body.strip(),
                "saved_at": timezone.now(),
            },
        )
    return True


@transaction.atomic
def discard_draft(*, actor: User, application_id: int) -> None:
    """Forget what somebody was writing. Raises ``Http404`` or ``Forbidden``."""
    _open(actor, application_id)
    Draft.objects.filter(application_id=application_id, author=actor).delete()


def kind_of_letter(*, application_id: int) -> MessageKind:
    """Return what a letter by hand would be: an answer when the candidate wrote last, else an approach of ours."""
    last = (
        Message.objects.filter(thread__application_id=application_id, is_automatic=False)
        .exclude(state__in=(MessageState.DRAFT, MessageState.CANCELLED))
        .order_by("-created_at", "-id")
        .first()
    )
    answers = last is not None and last.direction == Direction.IN
    return MessageKind.REPLY if answers or _is_waited_for(application_id) else MessageKind.LETTER


def _wish(actor: User, application_id: int, token: str) -> str:
    """Name what a form asks for: a token counts for its writer and its application alone."""
    return f"hand:{application_id}:{actor.pk}:{token}"


def _is_waited_for(application_id: int) -> bool:
    return Thread.objects.filter(application_id=application_id, awaits_reply_since__isnull=False).exists()


def _open(actor: User, application_id: int) -> Application:
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.SEND_MESSAGES, resource=job_resource(job=application.job, user=actor))
    hold_application(application_id=application_id)
    return application


def _checked(subject: str, body: str) -> tuple[str, str]:
    longest = limits().sending
    kept_subject = clean_line(subject, longest=longest.longest_subject)
    kept_body = clean_text(body, longest=longest.longest_body)
    if not kept_subject:
        raise NotSentError("Give the letter a subject.", field="subject")
    if not kept_body:
        raise NotSentError("The letter is empty. Write it, or choose one to start from.")
    check_finished(words=Words(kept_subject, kept_body))
    return kept_subject, kept_body


def _moment(send_at: datetime | None, *, now: datetime) -> datetime:
    if send_at is None:
        return now + timedelta(seconds=limits().sending.undo_seconds)
    if send_at <= now:
        raise NotSentError("That time has passed. Choose a later one, or send it now.", field="send_at")
    if send_at > now + _FURTHEST:
        raise NotSentError("That is more than a year away. Choose an earlier time.", field="send_at")
    return send_at


def _refuse_blind(actor: User, *, application_id: int, seen_id: int) -> None:
    """Raise when something stands in the conversation that the writer has not seen and did not write."""
    unseen = (
        Message.objects.select_related("author")
        .filter(thread__application_id=application_id, pk__gt=seen_id)
        .exclude(state=MessageState.CANCELLED)
        .exclude(author=actor, is_automatic=False)
        .order_by("-id")
        .first()
    )
    if unseen is None:
        return
    if unseen.direction == Direction.IN:
        words = "A new letter from the candidate came in while you wrote."
    elif unseen.author is not None and not unseen.is_automatic:
        words = f"{unseen.author.display_name} wrote to the candidate while you did."
    else:
        words = "Another letter to the candidate was written meanwhile."
    raise OvertakenError(
        f"{words} Yours was not sent. Read it above, then send yours if it still fits.", latest_id=unseen.pk
    )
