"""Settings of clocks: offices with their holidays, limits of the house, and what a job has of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.clocks.actions.limits import LimitError, reset_limit, set_limit
from assay.app.clocks.actions.offices import (
    OfficeDraft,
    OfficeError,
    add_office,
    change_office,
    make_default,
    remove_office,
    set_job_office,
)
from assay.app.clocks.calendars import list_countries, list_regions, list_zones
from assay.app.clocks.forms import first_draft, office_draft, read_limit, read_office
from assay.app.clocks.queries.settings import (
    DAY_NAMES,
    OfficeView,
    default_office_name,
    get_job_clocks,
    get_office,
    get_running_recount,
    list_limits,
    list_offices,
)
from assay.app.clocks.rules import clock_sheet, ladder
from assay.core.clocks.kinds import Counting
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

COUNTINGS = [(counting.value, counting.label) for counting in Counting]


@requires(Action.SEE_CLOCKS)
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """List the offices."""
    context = {
        "offices": list_offices(today=timezone.localdate()),
        "default": default_office_name(),
        "can_edit": _can_edit(request),
        "shipped": clock_sheet().office,
    }
    return render(request, "clocks/calendars.html", context, using="jinja2")


@requires(Action.EDIT_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_office(request: HttpRequest) -> HttpResponse:
    """Add an office."""
    if request.method != "POST":
        return _office_form(request, first_draft(note=clock_sheet().office))
    draft = read_office(post=request.POST)
    try:
        office_id = add_office(actor=asker(request), draft=draft)
    except OfficeError as error:
        return _office_form(request, draft, error=error)
    messages.success(request, "The office is there. Give it to the jobs that run on its calendar.")
    return redirect("clocks:office", office_id)


@requires(Action.SEE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Show an office with its days off, and keep changes to it."""
    view = get_office(office_id=office_id, today=timezone.localdate())
    if request.method != "POST":
        return _office_form(request, office_draft(view=view), view=view)
    draft = read_office(post=request.POST)
    seen = read_id(request.POST.get("revision", "")) or 0
    try:
        state = change_office(actor=asker(request), office_id=office_id, draft=draft, seen_revision=seen)
    except OfficeError as error:
        return _office_form(request, draft, view=view, error=error)
    messages.success(request, f"The calendar is changed. {state.sentence}")
    return redirect("clocks:office", office_id)


@requires(Action.EDIT_CLOCKS)
@require_POST
def default_office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Make an office the one that jobs have unless they are given another."""
    state = make_default(actor=asker(request), office_id=office_id)
    messages.success(request, f"This is the default office now. {state.sentence}")
    return redirect("clocks:calendars")


@requires(Action.EDIT_CLOCKS)
@require_POST
def drop_office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Take an office away."""
    try:
        remove_office(actor=asker(request), office_id=office_id)
    except OfficeError as error:
        messages.error(request, str(error))
        return redirect("clocks:office", office_id)
    messages.success(request, "The office is gone.")
    return redirect("clocks:calendars")


@requires(Action.SEE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Show the limits of the whole house, and keep changes to them."""
    problem: LimitError | None = None
    if request.method == "POST":
        problem = _change_limit(request, job_id=None)
        if problem is None:
            return redirect("clocks:limits")
    context = {
        "limits": list_limits(),
        "ladder": clock_sheet().ladder,
        "steps": ladder(),
        "promises": clock_sheet().promises,
        "countings": COUNTINGS,
        "can_edit": _can_edit(request),
        "problem": problem,
        "asked": request.POST.get("kind", request.GET.get("kind", ""))[:20],
        "recount": get_running_recount(),
    }
    return render(request, "clocks/limits.html", context, using="jinja2", status=422 if problem else 200)


@requires(Action.SEE_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def job_clocks(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a job's office and limits, and keep changes to them."""
    view = get_job_clocks(user=asker(request), job_id=job_id)
    problem: LimitError | OfficeError | None = None
    if request.method == "POST":
        problem = _change_job(request, job_id)
        if problem is None:
            return redirect("clocks:job", job_id)
    context = {
        "view": view,
        "offices": [("", f"The default: {default_office_name()}")]
        + [(one.id, f"{one.name} ({one.time_zone})") for one in list_offices(today=timezone.localdate())],
        "countings": COUNTINGS,
        "can_edit": Action.EDIT_JOB in view.job.can,
        "problem": problem,
        "asked": request.POST.get("kind", request.GET.get("kind", ""))[:20],
        "asked_stage": read_id(request.POST.get("stage", request.GET.get("stage", ""))),
    }
    return render(request, "clocks/job.html", context, using="jinja2", status=422 if problem else 200)


def _change_job(request: HttpRequest, job_id: int) -> LimitError | OfficeError | None:
    if "office" not in request.POST:
        return _change_limit(request, job_id=job_id)
    try:
        state = set_job_office(actor=asker(request), job_id=job_id, office_id=read_id(request.POST["office"]))
    except OfficeError as error:
        return error
    messages.success(request, f"The job runs on this calendar now. {state.sentence}")
    return None


def _change_limit(request: HttpRequest, *, job_id: int | None) -> LimitError | None:
    user, kind = asker(request), request.POST.get("kind", "")[:20]
    try:
        if request.POST.get("do") == "reset":
            stage_id = read_id(request.POST.get("stage", ""))
            state = reset_limit(actor=user, kind=kind, job_id=job_id, stage_id=stage_id)
        else:
            state = set_limit(actor=user, draft=read_limit(post=request.POST, job_id=job_id))
    except LimitError as error:
        return error
    messages.success(request, f"The limit is changed. {state.sentence}")
    return None


def _office_form(
    request: HttpRequest, draft: OfficeDraft, *, view: OfficeView | None = None, error: OfficeError | None = None
) -> HttpResponse:
    context = {
        "draft": draft,
        "view": view,
        "error": error,
        "countries": [("", "No country: no public holidays"), *list_countries()],
        "regions": list_regions(country=draft.country),
        "zones": [(zone, zone.replace("_", " ")) for zone in list_zones()],
        "day_names": DAY_NAMES,
        "can_edit": _can_edit(request),
    }
    return render(request, "clocks/office.html", context, using="jinja2", status=422 if error else 200)


def _can_edit(request: HttpRequest) -> bool:
    return ask(actor=asker(request), action=Action.EDIT_CLOCKS, resource=ORGANISATION).allowed
