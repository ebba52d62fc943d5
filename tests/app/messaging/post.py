"""Letters as they come in from outside, and the outbox as the mail server sees it."""

from email.message import EmailMessage

from django.utils import timezone

from assay.app.messaging.actions.receiving import take_in
from assay.app.messaging.models import Message
from assay.platform.mail.actions.telling import tell
from assay.platform.mail.arrivals import store_arrival
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState


def incoming(
    text: str = "Yes, Tuesday suits me.",
    *,
    sender: str = "Ada Byron <ada@applicant.example>",
    to: str = "jobs@assay.example",
    subject: str = "Re: Your application",
    message_id: str = "<answer-1@applicant.example>",
    **headers: str,
) -> bytes:
    """Return a plain letter; ``headers`` name theirs with underscores."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    if message_id:
        letter["Message-ID"] = message_id
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()


def arrive(source: bytes) -> str:
    """Let a letter arrive and be taken in; return what became of it."""
    return take_in(None, arrival_id=store_arrival(source=source))


def mark_sent(message: Message) -> None:
    """Let the mail server take the letter of a message."""
    Letter.objects.filter(pk=message.letter).update(state=LetterState.SENT, sent_at=timezone.now())
    letter = Letter.objects.get(pk=message.letter)
    tell(letter_id=letter.pk, key=letter.key, state=LetterState.SENT)


def bounce_of(message_id: str, *, action: str = "failed") -> bytes:
    """Return a server's report on the letter with this id (RFC 3464)."""
    return (
        "From: Mail Delivery System <mailer-daemon@applicant.example>\n"
        "To: jobs@assay.example\nSubject: Undelivered Mail\nMessage-ID: <bounce@applicant.example>\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nI am sorry to inform you.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; applicant.example\n\n"
        f"Final-Recipient: rfc822; ada@applicant.example\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: x\n\n--b--\n"
    ).encode()
