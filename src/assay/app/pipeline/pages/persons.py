"""One human on one page, records that may be the same human, and merges with their undo."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assay.app.pipeline.queries.persons import find_survivor, get_person
from assay.app.pipeline.wording import STATUS_LABELS
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires


@requires(Action.SEE_APPLICANTS)
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person with all their applications; who was taken into another leads to that one."""
    survivor = find_survivor(actor=asker(request), person_id=person_id)
    if survivor is not None:
        return redirect("pipeline:person", survivor)
    view = get_person(actor=asker(request), person_id=person_id)
    context = {
        "person": view,
        "statuses": STATUS_LABELS,
        "may_merge": ask(actor=asker(request), action=Action.MERGE_PEOPLE, resource=ORGANISATION).allowed,
        "now": timezone.now(),
    }
    return render(request, "pipeline/person.html", context, using="jinja2")
