"""Putting a letter into the outbox, in the transaction of whatever it tells of, and calling it back in time."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from assay.platform.mail.actions.telling import tell
from assay.platform.mail.addresses import MailAddress, bounce_address, read_address, sender_address
from assay.platform.mail.composing import Draft, cleaned_subject, compose
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState
from assay.platform.queue.tasks import enqueue
from assay.platform.text import clean_line

SEND = "mail.send"
_LONGEST_KEY = 120
_LONGEST_NAME = 200
_SURELY_HERE = (LetterState.WAITING, LetterState.REFUSED)


class BadKey(ValueError):
    """Raised for a key that cannot be kept: empty or too long."""


def post(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] = {},  # noqa: B006 - read, never written
    reply_to: str = "",
    send_after: datetime | None = None,
    sender_name: str = "",
    is_private: bool = False,
) -> int:
    """Store a letter and queue its sending in the caller's transaction; return its id. A rollback leaves neither.

    The same ``key`` is the same letter: the first one counts, whatever became of it. It goes at once, or from
    ``send_after`` on. ``recipient`` and ``reply_to`` are ``a@b.c`` or ``Name <a@b.c>``. ``headers`` are those beyond
    the usual ones (``List-Unsubscribe``, ``In-Reply-To``, ``Auto-Submitted``). ``sender_name`` is the name before our
    address, instead of the usual one. The text of an ``is_private`` letter, one with a link that signs in, is dropped
    once it has gone.

    Raises ``BadAddress``, ``BadHeader`` or ``BadKey``.
    """
    if not 0 < len(key) <= _LONGEST_KEY or not key.isprintable():
        raise BadKey(f"{key[:40]!r} cannot be the key of a letter")
    found = Letter.objects.filter(key=key).values_list("id", flat=True).first()
    if found is not None:
        return found
    sender, message_id = _sender(sender_name), _new_message_id()
    draft = Draft(
        sender=sender,
        recipient=read_address(recipient),
        subject=subject,
        text=text,
        html=html,
        message_id=message_id,
        headers=headers,
        reply_to=read_address(reply_to) if reply_to else None,
    )
    letter = Letter(
        key=key,
        message_id=message_id,
        sender=bounce_address(),
        recipient=draft.recipient.address,
        subject=cleaned_subject(subject),
        source=compose(draft),
        is_private=is_private,
        state=LetterState.WAITING,
    )
    return _store(letter, send_after=send_after)


def _store(letter: Letter, *, send_after: datetime | None) -> int:
    due = send_after if send_after is not None else Now()
    letter.send_after = letter.wanted_at = letter.next_try_at = due
    with transaction.atomic():
        try:
            with transaction.atomic():
                letter.save(force_insert=True)
        except IntegrityError:
            # Somebody else stored the same wish a moment ago.
            return Letter.objects.values_list("id", flat=True).get(key=letter.key)
        enqueue(SEND, at=send_after)
    return int(letter.pk)


def _sender(name: str) -> MailAddress:
    usual = sender_address()
    return replace(usual, name=clean_line(name[:_LONGEST_NAME], longest=_LONGEST_NAME)) if name else usual


def _new_message_id() -> str:
    return f"<{uuid.uuid4().hex}@{sender_address().domain}>"


@transaction.atomic
def call_back(*, key: str) -> bool:
    """Stop a letter that has not gone; return whether that was in time. One that was never posted is not in time.

    The wish stays with a letter that is being handed over or that nobody knows about: if the server does not take it
    this time, it is not tried again, and nobody can send it once more.
    """
    letter = Letter.objects.select_for_update().filter(key=key).defer("source").first()
    if letter is None or letter.state == LetterState.SENT:
        return False
    Letter.objects.filter(pk=letter.pk).update(recall_wanted=True)
    if letter.state in _SURELY_HERE:
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.CANCELLED, ended_at=Now(), last_error="")
        tell(letter_id=letter.pk, key=key, state=LetterState.CANCELLED)
    return letter.state in (LetterState.CANCELLED, *_SURELY_HERE)
