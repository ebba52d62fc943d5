"""Who asked for a page: the browser for a whole one, or a script of ours for a part of it."""

from django.http import HttpRequest


def is_htmx(request: HttpRequest) -> bool:
    """Return whether a part of a page asked, and not the browser for a whole one."""
    return request.headers.get("HX-Request") == "true"
