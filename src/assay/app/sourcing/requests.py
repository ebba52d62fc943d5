"""Who asks: pages of imports are only reached signed in."""

from django.http import HttpRequest

from assay.platform.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Return the signed-in account of a request."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware let only signed-in people through
    return request.user
