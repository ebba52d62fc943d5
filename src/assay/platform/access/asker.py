"""The account behind a request to a page that needs one."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from assay.platform.accounts.models import User


def asker(request: HttpRequest) -> User:
    """Return who asks. The middleware has sent strangers away; should it be missing, so does this."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user
