"""The profile of an application as JSON, for whoever reads it with a program."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from assay.app.evidence.json_form import as_json
from assay.app.evidence.queries import get_profile
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_APPLICANTS)
@require_safe
def profile_json(request: HttpRequest, application_id: int) -> JsonResponse:
    """Return what the reader may know of one application."""
    return JsonResponse(as_json(profile=get_profile(actor=asker(request), application_id=application_id)))
