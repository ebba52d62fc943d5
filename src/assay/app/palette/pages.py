"""The palette's page: a search box over everything; the dialog asks it for the list alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.palette.finding import find
from assay.app.ui.shell import shell_for
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.USE_OWN_ACCOUNT)
@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """Answer what was typed: the whole page, or the list for the dialog."""
    text = request.GET.get("q", "")[:200]
    context = {"groups": find(actor=asker(request), text=text, places=shell_for(request).items), "text": text}
    is_partial = bool(request.htmx)  # type: ignore[attr-defined]
    response = render(request, "palette/_hits.html" if is_partial else "palette/palette.html", context, using="jinja2")
    response["Vary"] = "HX-Request"
    return response
