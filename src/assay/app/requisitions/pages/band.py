"""The band of a job: whether interviews may start, and how to get there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assay.app.pipeline.queries.jobs import get_job
from assay.app.requisitions.actions.jobs import request_for_job
from assay.app.requisitions.queries import find_job_band
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx


@requires(Action.SEE_JOB)
@require_safe
def job_band(request: HttpRequest, job_id: int) -> HttpResponse:
    """Say whether the job's band is approved: as a line for the job's page, or as a page of its own."""
    job = get_job(actor=asker(request), job_id=job_id)
    context = {
        "job": job,
        "band": find_job_band(actor=asker(request), job_id=job_id),
        "can": {action.value for action in job.can},
    }
    template = "requisitions/_job_band.html" if is_htmx(request) else "requisitions/job_band.html"
    response = render(request, template, context, using="jinja2")
    response["Vary"] = "HX-Request"
    return response


@requires(Action.EDIT_JOB)
@require_POST
def ask_for_band(request: HttpRequest, job_id: int) -> HttpResponse:
    """Begin the request that a job without one needs."""
    made = request_for_job(actor=asker(request), job_id=job_id)
    messages.success(request, "Set the band and name who approves; then submit the request.")
    return redirect("requisitions:requisition", made)
