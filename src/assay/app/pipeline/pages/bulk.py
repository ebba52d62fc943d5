"""What is done with the applicants that are ticked in a list and decides nothing about them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from assay.app.pipeline.queries.jobs import get_job
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

MOST_COMPARED = 4


@requires(Action.SEE_APPLICANTS)
@require_POST
def compare_chosen(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the ticked applicants side by side; the page says so when they are too few."""
    get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    ids = [text for text in request.POST.getlist("a") if read_id(text) is not None][: MOST_COMPARED + 1]
    return redirect(f"{reverse('pipeline:compare', args=[job_id])}?{urlencode([('a', one) for one in ids])}")
