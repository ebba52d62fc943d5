"""The profile of an application as JSON, for whoever reads it with a program."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from assay.app.evidence.json_form import as_json
from assay.app.evidence.queries import get_profile
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User


@requires(Action.SEE_APPLICANTS)
@require_safe
def profile_json(request: HttpRequest, application_id: int) -> JsonResponse:
    """Return what the reader may know of one application."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware let only signed-in people through
    return JsonResponse(as_json(profile=get_profile(actor=request.user, application_id=application_id)))
