"""Between messages and the outbox: a message is handed to the outbox once, and called back while it has not gone."""

from datetime import datetime, timedelta

from assay.app.messaging.addressing import unsubscribe_link
from assay.app.messaging.filling import sender_for
from assay.app.messaging.models import Message, Thread
from assay.core.messaging.rendering import Words, to_html
from assay.core.messaging.states import MessageKind, MessageState
from assay.platform.mail.actions.posting import call_back, post
from assay.platform.mail.addresses import reply_address
from assay.platform.mail.queries import get_letter

# What goes later than this waits with us and is looked at again before it goes to the outbox.
WAITS_IN_OUTBOX = timedelta(minutes=2)
_ANSWERED_BEFORE = 10
_IN_TROUBLE = (MessageState.UNCERTAIN, MessageState.FAILED, MessageState.BOUNCED)


def letter_key(message: Message) -> str:
    """Return the name under which the outbox knows a message."""
    return f"message:{message.pk}"


def hand_over(*, message: Message, private: Words | None = None) -> None:
    """Put a message into the outbox, in the caller's transaction; a second time changes nothing.

    ``private`` are the words with the secrets in them, which the outbox forgets once they have gone.
    """
    words = private or Words(message.subject, message.body)
    words = Words(words.subject, words.body + last_line(kind=MessageKind(message.kind), address=message.recipient))
    letter = post(
        key=letter_key(message),
        recipient=message.recipient,
        subject=words.subject,
        text=words.body,
        html=html_of(body=words.body),
        headers=_headers(message),
        reply_to=reply_address(message.thread.token),
        send_after=message.send_after,
        sender_name=sender_for(author=message.author).name,
        is_private=private is not None,
    )
    message.letter = letter
    message.message_id = get_letter(letter_id=letter).message_id
    Message.objects.filter(pk=message.pk).update(letter=letter, message_id=message.message_id)


def last_line(*, kind: MessageKind, address: str) -> str:
    """Return what stands under a letter that is not owed: how to get no more of them. Nothing under the others."""
    if kind.is_owed:
        return ""
    return f"\nIf you want no more letters like this from us: {unsubscribe_link(address=address)}\n"


def take_back(*, message: Message, why: str = "") -> bool:
    """Keep a message from going, or from going again; tell whether it had not gone.

    One that is in trouble outside is called back too, so that nobody sends it once more. The caller holds the message's
    lock.
    """
    is_outside = message.letter is not None and message.state in _IN_TROUBLE
    if message.state != MessageState.WAITING and not is_outside:
        return False
    if message.letter is not None and not call_back(key=letter_key(message)):
        return False
    Message.objects.filter(pk=message.pk).update(state=MessageState.CANCELLED, problem=why[:500])
    return True


def waits_with_us(*, send_after: datetime | None, now: datetime) -> bool:
    """Tell whether a message is kept here until its time, instead of in the outbox."""
    return send_after is not None and send_after - now > WAITS_IN_OUTBOX


def html_of(*, body: str) -> str:
    """Return the HTML part of a letter: its paragraphs and links, nothing from elsewhere."""
    return f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n{to_html(text=body)}\n</body></html>\n'


def _headers(message: Message) -> dict[str, str]:
    headers = _answering(message.thread) if message.kind == MessageKind.REPLY else {}
    if message.is_automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if not MessageKind(message.kind).is_owed:
        headers["List-Unsubscribe"] = f"<{unsubscribe_link(address=message.recipient)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _answering(thread: Thread) -> dict[str, str]:
    """Name the letters that this one answers, so that the candidate's mail program shows them together."""
    chain = (
        Message.objects.filter(thread=thread)
        .exclude(message_id="")
        .order_by("-created_at", "-id")
        .values_list("message_id", flat=True)[:_ANSWERED_BEFORE]
    )
    ids = [one for one in reversed(list(chain)) if one.isascii() and " " not in one]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids)} if ids else {}
