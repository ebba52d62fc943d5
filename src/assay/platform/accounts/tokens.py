"""Secret links: what is in the link is shown once, what is kept is only its hash."""

import hashlib
import secrets

INVITATION_ROUTE = "invitations/<str:token>/"
_PREFIX = "/invitations/"


def make_token() -> str:
    """Return a fresh token of 256 random bits that fits into an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is kept of a token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def invitation_path(token: str) -> str:
    """Return the path that accepts the invitation with this token."""
    return f"{_PREFIX}{token}/"
