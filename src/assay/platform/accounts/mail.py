"""The letter that brings an invitation, where a mail server is set up."""

import hashlib

from django.conf import settings

from assay.platform.mail.actions import post
from assay.platform.mail.addresses import BadAddress
from assay.platform.mail.servers import can_send


def can_send_mail() -> bool:
    """Return whether letters can leave."""
    return can_send()


def mail_invitation(*, to: str, link: str, invited_by: str) -> bool:
    """Put an invitation into the outbox; return False when nothing is sent, so that the link is passed on by hand.

    Without a mail server it is not kept for later either: the link would be stored here until it is too old.
    """
    if not can_send_mail():
        return False
    text = (
        f"{invited_by} invites you to {settings.ORGANISATION} on Assay.\n\n"
        f"Choose your password here: {link}\n\n"
        "The link works once, for seven days. If you did not expect this letter, ignore it.\n"
    )
    try:
        post(
            key=f"invitation:{hashlib.sha256(link.encode()).hexdigest()[:40]}",
            recipient=to,
            subject=f"Your invitation to {settings.ORGANISATION}",
            text=text,
            headers={"Auto-Submitted": "auto-generated"},
            is_private=True,
        )
    except BadAddress:
        return False
    return True
