"""Secrets of which only a hash is kept: private addresses of status pages, and marks of résumés not sent yet."""

import hashlib
import hmac
import secrets

from django.conf import settings

SHAPE_LENGTH = 43


def make_secret() -> str:
    """Return 256 random bits as text for an address."""
    return secrets.token_urlsafe(32)


def hash_of(*, secret: str) -> str:
    """Return what is kept of a secret. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def is_same(*, kept: str, secret: str) -> bool:
    """Compare in constant time, so that nobody learns from how long the answer takes."""
    return hmac.compare_digest(kept, hash_of(secret=secret))


def veil(*, text: str, day: str) -> str:
    """Return a keyed hash of where somebody connects from, another one each day."""
    return hmac.new(str(settings.SECRET_KEY).encode(), f"{day}|{text}".encode("utf-8", "replace"), "sha256").hexdigest()
