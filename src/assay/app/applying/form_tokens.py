"""The mark of a form that was handed out: signed, dated, for one job, and good for one application.

It stands in for a session: nobody who applies needs a cookie, and nobody can send a form that was never handed out.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

_SALT = "assay.applying.form"


class ForgedFormError(ValueError):
    """Raised for a mark that this installation never gave out, or gave out for another job."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """A form that was handed out: its own number, for which job's address, and when (aware UTC)."""

    number: str
    slug: str
    issued_at: datetime


def issue_form(*, slug: str, now: datetime) -> str:
    """Return the mark of a fresh form."""
    return signing.dumps([secrets.token_urlsafe(24), slug, int(now.timestamp())], salt=_SALT)


def read_form(*, token: str, slug: str) -> FormToken:
    """Return what a mark says. Raises ``ForgedFormError`` for one that we did not give out for this job."""
    try:
        number, issued_for, moment = signing.loads(token, salt=_SALT)
        found = FormToken(str(number), str(issued_for), datetime.fromtimestamp(int(moment), tz=UTC))
    except (signing.BadSignature, ValueError, TypeError, OverflowError, OSError) as error:
        raise ForgedFormError("This form was not handed out by this site.") from error
    if found.slug != slug:
        raise ForgedFormError("This form was handed out for another job.")
    return found
