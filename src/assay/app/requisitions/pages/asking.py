"""Who asks: the signed-in person behind a request."""

from django.http import HttpRequest

from assay.platform.accounts.models import User


def asker(request: HttpRequest) -> User:
    """Return the account that is signed in; the access middleware lets nobody else this far."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionError("a page was reached without a sign-in")
    return user
