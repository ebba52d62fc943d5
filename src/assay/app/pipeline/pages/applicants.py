"""A job's page: its applicants in order, with filters, search, bars of scores and saved lists."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.pipeline.actions.jobs import JobError, forget_filter, save_filter
from assay.app.pipeline.bands import TALLEST, score_bars
from assay.app.pipeline.queries.applicants import ApplicantPage, list_applicants
from assay.app.pipeline.queries.imports import list_moving_imports
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.app.pipeline.queries.numbers import count_applicants
from assay.app.pipeline.wording import FILTER_OPTIONS, FLAG_LABELS, ORDER_LABELS, SCREENING_LABELS, STATUS_LABELS
from assay.app.ui.formats import number
from assay.app.ui.tables import Column, sortable
from assay.core.pipeline.applicant_filter import (
    read_applicant_filter,
    write_applicant_filter,
)
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires

COLUMNS = (
    Column("choose", "Choose", is_label_hidden=True),
    Column("rank", "#", is_number=True),
    Column("name", "Applicant", is_sortable=True),
    Column("score", "Score and range", is_number=True, is_sortable=True),
    Column("musts", "Must-haves"),
    Column("flags", "Flags"),
    Column("stage", "Stage"),
    Column("applied", "Applied", is_number=True, is_sortable=True),
)


@requires(Action.SEE_APPLICANTS)
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a job with its applicants, the best evidence first."""
    view = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    chosen = read_applicant_filter(fields=request.GET.dict())
    page = list_applicants(job_id=job_id, filter_=chosen, at=request.GET.get("at", ""))
    numbers = count_applicants(job_ids=[job_id])[job_id]
    query = write_applicant_filter(filter_=chosen)
    context = {
        "job": view,
        "can": {action.value for action in view.can},
        "chosen": chosen,
        "page": page,
        "numbers": numbers,
        "bars": score_bars(numbers=numbers, chosen=chosen),
        "tallest": TALLEST,
        "columns_of": sortable(COLUMNS, sort=chosen.order.value, query=query),
        "query": query,
        "options": FILTER_OPTIONS,
        "orders": [
            (order.value, label) for order, label in ORDER_LABELS.items() if chosen.text or order != "relevance"
        ],
        "statuses": STATUS_LABELS,
        "flag_labels": FLAG_LABELS,
        "summary": _summary(page),
        "links": _links(query, page, at=request.GET.get("at", "")),
        "filter_fields": parse_qsl(query),
        "screening_labels": SCREENING_LABELS,
        "stage_names": view.stage_names,
        "url_of_application": _application_address(),
        "stage_options": [("", "Any stage"), *((stage.id, stage.name) for stage in view.stages)],
        "saved_name": _saved_name(view, query),
    }
    is_partial = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
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
    """Keep the list as it is filtered under a name, for the person alone."""
    chosen = read_applicant_filter(fields=request.POST.dict())
    query = write_applicant_filter(filter_=chosen)
    try:
        save_filter(actor=asker(request), job_id=job_id, name=request.POST.get("name", ""), query=query)
    except JobError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The list is kept. You find it above the applicants.")
    return redirect(f"{reverse('pipeline:job', args=[job_id])}?{query}")


@requires(Action.SEE_JOB)
@require_POST
def drop_filter(request: HttpRequest, job_id: int, filter_id: int) -> HttpResponse:
    """Forget one of the person's own kept lists."""
    get_job(actor=asker(request), job_id=job_id)
    forget_filter(actor=asker(request), job_id=job_id, filter_id=filter_id)
    return redirect("pipeline:job", job_id)


def _links(query: str, page: ApplicantPage, *, at: str) -> dict[str, str | bool]:
    def to(edge: str) -> str:
        return "?" + "&".join(part for part in (query, urlencode({"at": edge})) if part) if edge else ""

    return {"previous": to(page.previous), "next": to(page.next), "first": f"?{query}", "is_beyond": bool(at)}


def _application_address() -> Callable[[int], str]:
    """Return a cheap way to the addresses of many applications: the route is looked up once."""
    before, after = reverse("review:application", args=[0]).rsplit("0", 1)
    return lambda application_id: f"{before}{application_id}{after}"


def _summary(page: ApplicantPage) -> str:
    if not page.rows:
        return ""
    total = number(page.most) + "+" if page.total_is_capped else number(page.total)
    return f"{number(page.rows[0].number)} to {number(page.rows[-1].number)} of {total}"


def _saved_name(view: JobView, query: str) -> str:
    return next((saved.name for saved in view.filters if saved.query == query), "")
