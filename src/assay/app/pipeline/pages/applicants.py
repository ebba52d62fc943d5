"""A job's page: its applicants as a table, a board or stage by stage, with filters, search and kept views."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assay.app.deciding.bulk_news import find_news
from assay.app.pipeline.actions.jobs import JobError, forget_filter, save_filter
from assay.app.pipeline.actions.views import forget_team_view, keep_team_view, set_default_view
from assay.app.pipeline.pages.showing import applicant_context, column_choices, order_options
from assay.app.pipeline.queries.imports import list_moving_imports
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.app.pipeline.queries.numbers import count_applicants
from assay.app.pipeline.wording import FILTER_OPTIONS
from assay.core.pipeline.applicant_view import ApplicantView, read_applicant_view, write_applicant_view
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.SEE_APPLICANTS)
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a job with its applicants, seen as the address says; a bare address shows the team's default view."""
    found = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    default = next((view for view in found.team_filters if view.is_default), None)
    if default is not None and not request.GET:
        return redirect(f"{reverse('pipeline:job', args=[job_id])}?{default.query}")
    view = read_applicant_view(fields=request.GET.dict(), columns=request.GET.getlist("cols"))
    return show_applicants(request, found=found, view=view)


def show_applicants(request: HttpRequest, *, found: JobView, view: ApplicantView) -> HttpResponse:
    """Answer with a job's page, or with the list alone when the filters ask for it."""
    now = timezone.now()
    context = applicant_context(actor=asker(request), job=found, view=view, at=request.GET.get("at", ""), now=now)
    is_partial = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not is_partial:
        context |= {
            "options": FILTER_OPTIONS,
            "orders": order_options(view=view),
            "stage_options": [("", "Any stage"), *((stage.id, stage.name) for stage in found.stages)],
            "column_choices": column_choices(view=view),
            "news": find_news(actor=asker(request), job_id=found.id, asked=request.GET),
        }
    template = "pipeline/_applicants.html" if is_partial else "pipeline/job.html"
    response = render(request, template, context, using="jinja2")
    response["Vary"] = "HX-Request"
    return response


@requires(Action.SEE_APPLICANTS)
@require_safe
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show what goes on in the background of a job: imports under way, applications waiting to be read."""
    view = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    context = {
        "job": view,
        "numbers": count_applicants(job_ids=[job_id])[job_id],
        "imports": list_moving_imports(job_id=job_id) if Action.ADD_APPLICANTS in view.can else (),
    }
    return render(request, "pipeline/_job_progress.html", context, using="jinja2")


@requires(Action.SEE_JOB)
@require_POST
def keep_filter(request: HttpRequest, job_id: int) -> HttpResponse:
    """Keep the view under a name: for the person alone, or for the team and maybe as its default."""
    view = read_applicant_view(fields=request.POST.dict(), columns=request.POST.getlist("cols"))
    query = write_applicant_view(view=view)
    actor, name, wanted_for = asker(request), request.POST.get("name", ""), request.POST.get("for", "me")
    try:
        if wanted_for == "me":
            save_filter(actor=actor, job_id=job_id, name=name, query=query)
        else:
            is_default = wanted_for == "default"
            keep_team_view(actor=actor, job_id=job_id, name=name, query=query, is_default=is_default)
    except JobError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The view is kept. You find it above the applicants.")
    return redirect(f"{reverse('pipeline:job', args=[job_id])}?{query}")


@requires(Action.SEE_JOB)
@require_POST
def drop_filter(request: HttpRequest, job_id: int, filter_id: int) -> HttpResponse:
    """Forget one of the person's own kept views."""
    get_job(actor=asker(request), job_id=job_id)
    forget_filter(actor=asker(request), job_id=job_id, filter_id=filter_id)
    return redirect("pipeline:job", job_id)


@requires(Action.EDIT_JOB)
@require_POST
def team_view(request: HttpRequest, job_id: int) -> HttpResponse:
    """Make one of the team's views the default, let go of the default, or forget a view."""
    view_id = read_id(request.POST.get("view_id", ""))
    if request.POST.get("act") == "forget" and view_id is not None:
        forget_team_view(actor=asker(request), job_id=job_id, view_id=view_id)
    else:
        set_default_view(actor=asker(request), job_id=job_id, view_id=view_id)
    return redirect(f"{reverse('pipeline:job', args=[job_id])}?view=table")
