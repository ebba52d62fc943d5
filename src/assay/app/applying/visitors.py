"""Who asks, as far as a form without accounts needs to know, and the headers of private pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from assay.core.applying.abuse import sender_of


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from, believing only the proxies that ``ASSAY_TRUSTED_PROXIES`` counts."""
    return sender_of(
        peer=str(request.META.get("REMOTE_ADDR", "")),
        forwarded=str(request.META.get("HTTP_X_FORWARDED_FOR", "")),
        proxies=int(getattr(settings, "TRUSTED_PROXIES", 0)),
    )


def private_page(template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """Render a page that nobody may keep, index or learn the address of; without a session, so without a cookie."""
    body = render_to_string(template, {"organisation": settings.ORGANISATION, **context}, using="jinja2")
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
