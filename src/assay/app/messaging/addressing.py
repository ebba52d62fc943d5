"""Addresses in letters: where answers go, where this installation is, and the link that says "no more of these".

Answers find their conversation by a token in the address they go to, where the mail service gives us such addresses,
and always by the ids of the letters they answer. A token in the subject would be seen, edited and forwarded, so there
is none.
"""

import secrets

from django.core import signing
from django.urls import reverse

from assay.platform.site import site_address

_SALT = "assay.messaging.unsubscribe"
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def make_thread_token() -> str:
    """Return a fresh token of 80 random bits that survives a mail service that lowers its case."""
    return "".join(secrets.choice(_LETTERS) for _ in range(16))


def unsubscribe_link(*, address: str) -> str:
    """Return the link in letters by which the owner of ``address`` says that they want no more of them."""
    token = signing.dumps(address.lower(), salt=_SALT, compress=True)
    return site_address(reverse("messaging:unsubscribe", args=[token]))


def read_unsubscribe(*, token: str) -> str | None:
    """Return the address that a token is about, or None for a token that we did not make."""
    try:
        address = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return address if isinstance(address, str) and 3 <= len(address) <= 254 else None
