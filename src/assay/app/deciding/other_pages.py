"""What is done with an applicant beyond this job: transferred, considered elsewhere as well, marked as a colleague."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from assay.app.deciding.actions.placing import ConflictingDecisionError
from assay.app.deciding.actions.transferring import consider_for, transfer
from assay.app.deciding.standing import stand_for
from assay.app.pipeline.actions.people import mark_internal
from assay.core.deciding.decision import IllegalDecisionError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.DECIDE)
@require_POST
def transfer_to(request: HttpRequest, application_id: int) -> HttpResponse:
    """Let an application go on in another job and show it there, with the way to take it back."""
    stand_for(actor=asker(request), action=Action.DECIDE, application_id=application_id)

    def act() -> str:
        done = transfer(
            actor=asker(request),
            application_id=application_id,
            expected_revision=read_id(request.POST.get("revision", "")) or 0,
            to_job_id=read_id(request.POST.get("job", "")) or 0,
            note=request.POST.get("note", ""),
        )
        return f"{reverse('review:application', args=[done.application_id])}?done={done.decision_id}"

    return _try(request, application_id, act)


@requires(Action.SEE_APPLICANTS)
@require_POST
def consider(request: HttpRequest, application_id: int) -> HttpResponse:
    """Consider an applicant for another job as well and show them there."""
    stand_for(actor=asker(request), action=Action.SEE_APPLICANTS, application_id=application_id)

    def act() -> str:
        job_id = read_id(request.POST.get("job", "")) or 0
        made = consider_for(actor=asker(request), application_id=application_id, to_job_id=job_id)
        messages.success(request, "They are considered here as well; the other application goes on as it was.")
        return reverse("review:application", args=[made])

    return _try(request, application_id, act)


@requires(Action.EDIT_APPLICANT)
@require_POST
def internal(request: HttpRequest, application_id: int) -> HttpResponse:
    """Note that an applicant already works here, or does not."""
    is_internal = request.POST.get("internal") == "yes"
    mark_internal(actor=asker(request), application_id=application_id, is_internal=is_internal)
    return redirect("review:application", application_id)


def _try(request: HttpRequest, application_id: int, act: Callable[[], str]) -> HttpResponse:
    try:
        return redirect(act())
    except (IllegalDecisionError, ConflictingDecisionError) as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('review:application', args=[application_id])}?tab=other")
