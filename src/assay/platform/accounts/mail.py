"""The letter that brings an invitation, where a mail server is set up."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

_log = logging.getLogger(__name__)


def can_send_mail() -> bool:
    """Return whether a mail server is configured."""
    return bool(settings.EMAIL_HOST)


def mail_invitation(*, to: str, link: str, invited_by: str) -> bool:
    """Send an invitation; return False when it could not be sent, so that the link is passed on by hand."""
    if not can_send_mail():
        return False
    text = (
        f"{invited_by} invites you to {settings.ORGANISATION} on Assay.\n\n"
        f"Choose your password here: {link}\n\n"
        "The link works once, for seven days. If you did not expect this letter, ignore it.\n"
    )
    try:
        send_mail(f"Your invitation to {settings.ORGANISATION}", text, settings.DEFAULT_FROM_EMAIL, [to])
    except (SMTPException, OSError):
        _log.exception("an invitation could not be mailed")
        return False
    return True
