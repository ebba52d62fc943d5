"""Mail addresses: what is one, how it is written, and the ones that answers to a conversation go to."""

import re
from dataclasses import dataclass

from django.conf import settings

from assay.platform.text import clean_line

_LONGEST = 254
_LONGEST_LOCAL = 64
_LONGEST_NAME = 200
_LOCAL = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,\"]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,40}")


class BadAddress(ValueError):
    """Raised for what is no mail address. The message can be shown."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:80]}” is not a mail address.")


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address with the name written before it; the domain is in the letters that mail servers know (IDNA)."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """Return what follows the @."""
        return self.address.rpartition("@")[2]


def read_address(text: str) -> MailAddress:
    """Read ``a@b.c`` or ``Name <a@b.c>``. Raises ``BadAddress``, also for anything that could end a header line."""
    if len(text) > _LONGEST_NAME + _LONGEST or any(one in text for one in "\r\n\x00"):
        raise BadAddress(clean_line(text[:_LONGEST], longest=_LONGEST))
    name, opening, rest = text.strip().rpartition("<")
    address = rest.removesuffix(">").strip() if opening else rest
    local, _, domain = address.rpartition("@")
    if not _is_local_part(local):
        raise BadAddress(text)
    return MailAddress(address=f"{local}@{_server_domain(domain, text)}", name=_person(name))


def _person(name: str) -> str:
    return clean_line(name.strip().strip('"').replace('\\"', '"'), longest=_LONGEST_NAME)


def is_address(text: str) -> bool:
    """Tell whether mail can be written to it."""
    try:
        read_address(text)
    except BadAddress:
        return False
    return True


def _is_local_part(local: str) -> bool:
    fits = 0 < len(local.encode("utf-8", "replace")) <= _LONGEST_LOCAL
    dots_stand_between = not (local.startswith(".") or local.endswith(".") or ".." in local)
    return fits and dots_stand_between and local.isprintable() and _LOCAL.fullmatch(local) is not None


def _server_domain(domain: str, text: str) -> str:
    try:
        known = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadAddress(text) from None
    if not known or len(known) > _LONGEST - _LONGEST_LOCAL:
        raise BadAddress(text)
    if not all(_LABEL.fullmatch(label) for label in known.split(".")):
        raise BadAddress(text)
    return known


def sender_address() -> MailAddress:
    """Return who our letters are from (``ASSAY_MAIL_FROM``)."""
    return read_address(settings.DEFAULT_FROM_EMAIL)


def bounce_address() -> str:
    """Return where servers report letters that did not arrive: ``ASSAY_MAIL_BOUNCES``, else the sender."""
    return read_address(settings.MAIL_BOUNCES).address if settings.MAIL_BOUNCES else sender_address().address


def reply_address(token: str) -> str:
    """Return the address that answers to one conversation go to, or "" when ``ASSAY_MAIL_REPLY`` is not set.

    ``jobs@example.org`` becomes ``jobs+TOKEN@example.org``; a whole domain, ``@reply.example.org``, becomes
    ``TOKEN@reply.example.org``.
    """
    local, _, domain = settings.MAIL_REPLY.rpartition("@")
    if not domain:
        return ""
    return f"{local}+{token}@{domain}" if local else f"{token}@{domain}"


def token_of(address: str) -> str | None:
    """Return the token that ``reply_address`` put into an address, or None for any other address."""
    ours, _, domain = settings.MAIL_REPLY.rpartition("@")
    local, _, host = address.strip().rpartition("@")
    if not domain or host.lower() != domain.lower():
        return None
    if ours:
        head, plus, local = local.partition("+")
        if head.lower() != ours.lower() or not plus:
            return None
    return local if _TOKEN.fullmatch(local) else None
