"""The one way to write to a candidate: words, a place in the conversation, the outbox, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assay.app.messaging.actions.locking import hold_message, hold_wish
from assay.app.messaging.actions.outbox import hand_over, html_of, take_back, waits_with_us
from assay.app.messaging.actions.threads import open_thread, recount, tell_held_back
from assay.app.messaging.filling import common_values, sender_for
from assay.app.messaging.models import Message, Thread
from assay.app.messaging.rules import limits
from assay.app.messaging.standing import why_not
from assay.app.messaging.wording import Letter, get_letter
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.models import Application
from assay.app.pipeline.news import tell_changed
from assay.core.messaging.rendering import Words, check_finished, one_line, render
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.mail.addresses import sender_address
from assay.platform.text import clean_text

_LEFT_OUT = "(a private link, seen by the candidate alone)"
_TOO_MANY = "Not sent: this conversation had enough automatic letters for a day. If it is needed, send it by hand."


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be written: by whom, for what, in which words, when."""

    application: Application
    author: User | None
    kind: MessageKind
    template: str
    words: Words
    private: Words | None
    wish: str | None
    send_after: datetime | None
    decision_id: int | None
    is_automatic: bool


@transaction.atomic
def write(
    *,
    actor: User | None,
    application_id: int,
    kind: MessageKind,
    template: str,
    values: Mapping[str, str],
    wish: str | None,
    send_after: datetime | None = None,
    thread_id: int | None = None,
    subject: str = "",
    body: str = "",
    decision_id: int | None = None,
    is_automatic: bool | None = None,
) -> int | None:
    """Write a letter to the candidate and return the message's id; None: they have no address or want no such mail.

    ``values`` are the template's own variables (see ``templates.yaml``); the names that every letter knows are filled
    in. ``subject`` and ``body`` replace the template's words. The same ``wish`` writes once, whoever asks. Without an
    ``actor``, or with ``is_automatic``, the letter is marked as one that no person pressed. Raises ``Http404`` or
    ``Forbidden`` without access, ``OpenPlaceholderError`` when a value is missing, ``TextTooLongError``.
    """
    application = find_application(application_id=application_id)
    if actor is not None:
        require(actor=actor, action=Action.SEND_MESSAGES, resource=job_resource(job=application.job, user=actor))
    if wish is not None:
        hold_wish(wish=wish)
        known = Message.objects.filter(wish=wish).values_list("pk", flat=True).first()
        if known is not None:
            return known
    if why_not(address=application.person.email, kind=kind):
        return None
    shown, private = _both_words(application, actor, get_letter(key=template), values, subject, body)
    wanted = _Wanted(
        application=application,
        author=actor,
        kind=kind,
        template=template,
        words=shown,
        private=private,
        wish=wish,
        send_after=send_after,
        decision_id=decision_id,
        is_automatic=actor is None if is_automatic is None else is_automatic,
    )
    return _store(wanted, thread_id=thread_id)


@transaction.atomic
def call_back_wish(*, wish: str, actor: User | None, why: str = "") -> bool:
    """Call back what was written for ``wish`` and tell whether it had not gone. Whoever calls has checked access."""
    message_id = Message.objects.filter(wish=wish).values_list("pk", flat=True).first()
    return False if message_id is None else withhold(message_id=message_id, actor=actor, why=why)


@transaction.atomic
def call_back_message(*, actor: User, application_id: int, message_id: int) -> bool:
    """Call back a waiting message of this application and tell whether it had not gone.

    Raises ``Http404`` or ``Forbidden`` without access.
    """
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.SEND_MESSAGES, resource=job_resource(job=application.job, user=actor))
    if not Message.objects.filter(pk=message_id, thread__application_id=application_id).exists():
        return False
    return withhold(message_id=message_id, actor=actor, why=f"Called back by {actor.display_name}.")


def withhold(*, message_id: int, actor: User | None, why: str) -> bool:
    """Keep a message from going, in the caller's transaction, and tell whether it had not gone."""
    hold_message(message_id=message_id)
    message = Message.objects.select_related("thread").get(pk=message_id)
    if not take_back(message=message, why=why):
        return False
    tell_held_back(message=message, actor=actor, verb="message.called_back")
    return True


def _both_words(
    application: Application, author: User | None, letter: Letter, values: Mapping[str, str], subject: str, body: str
) -> tuple[Words, Words | None]:
    """Return the words that are kept, and those that go when they hold what only the candidate may see."""
    sender = sender_for(author=author)
    filled = {**common_values(application=application, sender=sender), **values}
    kept = {name: _LEFT_OUT if name in letter.secrets else value for name, value in filled.items()}
    shown, private = _words(letter, kept, subject, body), _words(letter, filled, subject, body)
    return shown, None if private == shown else private


def _words(letter: Letter, values: Mapping[str, str], subject: str, body: str) -> Words:
    longest = limits().sending
    if subject and body:
        words = Words(subject, body)
        check_finished(words=words)
    else:
        shipped = render(words=letter.words, values=values)
        words = Words(subject or shipped.subject, body or shipped.body)
    return Words(
        subject=one_line(text=words.subject)[: longest.longest_subject] or "(no subject)",
        body=clean_text(words.body, longest=longest.longest_body) + "\n",
    )


def _store(wanted: _Wanted, *, thread_id: int | None) -> int:
    now = timezone.now()
    application_id = wanted.application.pk
    thread = open_thread(application_id=application_id, subject=wanted.words.subject, now=now, thread_id=thread_id)
    message = Message.objects.create(
        thread=thread,
        direction=Direction.OUT,
        kind=wanted.kind,
        state=MessageState.WAITING,
        wish=wanted.wish,
        author=wanted.author,
        sender=sender_address().address,
        recipient=wanted.application.person.email,
        subject=wanted.words.subject,
        body=wanted.words.body,
        html=html_of(body=wanted.words.body),
        template=wanted.template,
        is_automatic=wanted.is_automatic,
        decision=wanted.decision_id,
        send_after=wanted.send_after,
    )
    if _is_too_many(message, now=now):
        Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED, problem=_TOO_MANY)
    elif wanted.private or not waits_with_us(send_after=wanted.send_after, now=now):
        hand_over(message=message, private=wanted.private)
    Thread.objects.filter(pk=thread.pk).update(last_at=now)
    recount(thread=thread)
    tell_changed(application_ids=[application_id])
    record(
        actor=wanted.author,
        verb="message.written",
        object_type="application",
        object_id=application_id,
        data={"message": message.pk, "kind": wanted.kind.value, "template": wanted.template},
    )
    return message.pk


def _is_too_many(message: Message, *, now: datetime) -> bool:
    """Tell whether nobody pressed this letter and the conversation had enough of those within a day: a loop ends."""
    if not message.is_automatic or message.decision is not None:
        return False
    written = Message.objects.filter(
        thread=message.thread_id, direction=Direction.OUT, is_automatic=True, created_at__gt=now - timedelta(days=1)
    )
    return written.count() > limits().sending.automatic_a_day
