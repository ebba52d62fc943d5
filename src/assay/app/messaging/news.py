"""What somebody is told after a letter was written: that it goes, or what keeps it here."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.mail.queries import can_send

_KEPT = "It is kept in {} until a mail server is set up."


def letter_news(*, reader: User, said: str, goes: str) -> SafeString:
    """Return ``said`` and what becomes of the letter: ``goes`` while mail can leave, else that it waits and where.

    Who may see the outbox gets the way there.
    """
    if can_send():
        return format_html("{} {}", said, goes)
    outbox: str | SafeString = "the outbox"
    if ask(actor=reader, action=Action.SEE_MAIL, resource=ORGANISATION).allowed:
        outbox = format_html('<a href="{}?show=outbox">{}</a>', reverse("messaging:messages"), outbox)
    return format_html("{} " + _KEPT, said, outbox)
