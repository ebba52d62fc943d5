"""Nothing without a sign-in, and nothing about the organisation without the policy's yes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, ORGANISATION_TABLE
from assay.platform.access.routes import declared_action, is_public
from assay.platform.htmx import is_htmx

_OPEN_MODULES = ("allauth.", "django.views.generic.base")
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class AccessMiddleware:
    """Sends strangers to the sign-in page and keeps signed-in pages out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers that every answer carries."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        # Asking who it is makes an answer differ by cookie. A page that says itself who may keep it is not asked.
        if "Cache-Control" not in response.headers and request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse what needs a sign-in or another role before the page runs."""
        del args, kwargs
        if is_public(view) or view.__module__.startswith(_OPEN_MODULES):
            return None
        if not request.user.is_authenticated:
            return _send_to_sign_in(request)
        action = declared_action(view)
        if action is not None and action in ORGANISATION_TABLE:
            require(actor=request.user, action=action, resource=ORGANISATION)
        return None


def _send_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if is_htmx(request):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = reverse(settings.LOGIN_URL)
        return response
    comes_back_to = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(comes_back_to, reverse(settings.LOGIN_URL))
