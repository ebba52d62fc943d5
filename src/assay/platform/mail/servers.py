"""How mail leaves and comes in here, by the settings: through which server, or into which folder."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.conf import settings

_LONGEST_NAME = 200


class Security(StrEnum):
    """How a connection is protected: from the start, by an upgrade that must succeed, or not."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Server:
    """One mail server and the account there. Its password is not shown when it is printed."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security

    @property
    def name(self) -> str:
        """Return host and port, to call it by."""
        return f"{self.host}:{self.port}"


def smtp_server() -> Server | None:
    """Return the server that takes our letters (``ASSAY_SMTP_*``), or None."""
    if not settings.EMAIL_HOST:
        return None
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        security=Security(settings.EMAIL_SECURITY),
    )


def imap_server() -> Server | None:
    """Return the server whose mailbox is read (``ASSAY_IMAP_*``), or None."""
    if not settings.IMAP_HOST:
        return None
    return Server(
        host=settings.IMAP_HOST,
        port=settings.IMAP_PORT,
        user=settings.IMAP_USER,
        password=settings.IMAP_PASSWORD,
        security=Security(settings.IMAP_SECURITY),
    )


def drop_folder() -> Path | None:
    """Return the folder that letters are written into instead of being sent (``ASSAY_MAIL_DROP``), or None."""
    return Path(settings.MAIL_DROP) if settings.MAIL_DROP else None


def way_name() -> str:
    """Return the name that an outage of whatever takes our letters is remembered by; "" when nothing does."""
    server = smtp_server()
    if settings.MAIL_DROP:
        return f"folder {settings.MAIL_DROP}"[-_LONGEST_NAME:]
    return server.name if server else ""


def can_send() -> bool:
    """Return whether letters can leave. When not, they wait, and can be seen waiting."""
    return bool(settings.MAIL_DROP or settings.EMAIL_HOST)


def can_read() -> bool:
    """Return whether a mailbox is read for answers."""
    return bool(settings.IMAP_HOST)


def describe_sending() -> str:
    """Return in a few words where letters go, for a page of settings."""
    if settings.MAIL_DROP:
        return f"written into the folder {settings.MAIL_DROP}, sent to nobody"
    server = smtp_server()
    return f"sent through {server.host}" if server else "off: letters wait"
