"""Errors that would reach a person as the browser's own bare page: each gets a page of the house with a way out."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import bad_request

from assay.platform.htmx import is_htmx

_FIRST_ERROR = 400
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class BareErrors:
    """Writes the page of an error into an answer that is one and says nothing. A script's answer stays as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what already has words keeps them."""
        response = self.get_response(request)
        if response.status_code < _FIRST_ERROR or response.streaming or response.content:
            return response
        # What htmx asked for is said by toast.js, which knows the number alone and needs no page.
        if is_htmx(request) or not request.accepts("text/html"):
            return response
        page = _page(request, response.status_code)
        if page:
            response.content = page
            response["Content-Type"] = "text/html; charset=utf-8"
        return response


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 where more was sent than a form may hold, else 400."""
    if isinstance(exception, _TOO_LARGE):
        return HttpResponse(_page(request, 413), status=413)
    return bad_request(request, exception)


def _page(request: HttpRequest, status: int) -> str:
    try:
        template = loader.get_template(f"{status}.html", using="jinja2")
    except TemplateDoesNotExist:
        return ""
    # Without a request no context processor runs: who is signed in was perhaps never asked here.
    return str(template.render({"came_from": _came_from(request)}))


def _came_from(request: HttpRequest) -> str:
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""
