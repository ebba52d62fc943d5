"""How this installation is set up, and how each setting is changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assay.app.people import columns
from assay.app.people.installation import describe_installation
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_SETTINGS)
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Show what is set, what is not, and where to change it."""
    context = {"installation": describe_installation(), "zone": asker(request).time_zone, "columns": columns}
    return render(request, "people/settings.html", context, using="jinja2")
