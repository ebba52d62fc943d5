"""The page for what should never happen, and for the moment in which the database is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from psycopg_pool import PoolTimeout

_COMES_BACK_IN_SECONDS = "5"
_AWAY = (OperationalError, InterfaceError, PoolTimeout)


def failure(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away, else 500. Uses no session, no account and no database."""
    del request
    is_database_away = isinstance(sys.exc_info()[1], _AWAY)
    status = 503 if is_database_away else 500
    # Without a request no context processor runs, and none of them could ask the database now.
    response = HttpResponse(loader.get_template(f"{status}.html", using="jinja2").render({}), status=status)
    if is_database_away:
        response["Retry-After"] = _COMES_BACK_IN_SECONDS
    return response
