"""The public page behind "no more of these": one press, no sign-in, no questions (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assay.app.messaging.actions.no_contact import unsubscribe as stop_letters
from assay.app.messaging.addressing import read_unsubscribe
from assay.platform.access.routes import public


@public
@csrf_exempt  # a mail program presses the button (RFC 8058); the signed link is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button, and do it when it is pressed. Fetching the page alone changes nothing."""
    address = read_unsubscribe(token=token)
    if address is None:
        raise Http404("This link is not one of ours, or was cut.")
    is_done = request.method == "POST"
    if is_done:
        stop_letters(address=address)
    return render(request, "messaging/unsubscribe.html", {"address": address, "is_done": is_done}, using="jinja2")
