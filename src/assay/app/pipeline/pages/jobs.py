"""Jobs: the list, opening one from a role, its words, its team, closing and reopening it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.pipeline.actions.jobs import (
    MOST_OPENINGS,
    JobDraft,
    JobError,
    Seat,
    edit_job,
    open_job,
    set_job_status,
    set_team,
)
from assay.app.pipeline.forms import SEAT_LABELS, draft_of_job, read_job_draft, read_seats, seat_rows
from assay.app.pipeline.plans import list_plans, planned_stages
from assay.app.pipeline.queries.jobs import get_job, list_choosable_people, list_jobs
from assay.app.roles.actions import adopt_role
from assay.app.roles.choosing import RoleChoice, find_choice, list_choices
from assay.app.ui.tables import Column
from assay.core.pipeline.status import JobStatus, TeamRole
from assay.knowledge.pipeline.sheets import PlanNote
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

COLUMNS = (
    Column("title", "Job"),
    Column("applicants", "Applicants", is_number=True),
    Column("review", "To review", is_number=True),
    Column("person", "Needs a person", is_number=True),
    Column("filled", "Filled", is_number=True),
    Column("opened", "Opened"),
    Column("state", "State", is_label_hidden=True),
)
STATUSES = {"open": JobStatus.OPEN, "closed": JobStatus.CLOSED, "all": None}


@requires(Action.SEE_JOB)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs that the person may see: open ones unless asked otherwise, all or their own."""
    actor = asker(request)
    show = request.GET.get("show", "open")
    show = show if show in STATUSES else "open"
    mine = request.GET.get("mine") == "1"
    before = request.GET.get("before", "")
    page = list_jobs(
        actor=actor,
        status=STATUSES[show],
        mine=mine,
        before=read_id(before),
    )
    may_open = ask(actor=actor, action=Action.OPEN_JOB, resource=ORGANISATION).allowed
    context = {
        "page": page,
        "columns_of": COLUMNS,
        "show": show,
        "mine": mine,
        "is_first": not before,
        "may_open": may_open,
    }
    return render(request, "pipeline/jobs.html", context, using="jinja2")


@requires(Action.OPEN_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def new_job(request: HttpRequest) -> HttpResponse:
    """Choose a role, then open a job that is held to it."""
    actor = asker(request)
    chosen = request.POST.get("role", request.GET.get("role", ""))
    choice = find_choice(actor=actor, chosen=chosen)
    if choice is None:
        return render(request, "pipeline/choose_role.html", {"choices": list_choices(actor=actor)}, using="jinja2")
    seats = read_seats(fields=request.POST) or (Seat(actor.pk, TeamRole.RECRUITER),)
    if request.method != "POST":
        draft = JobDraft(
            title=choice.role.title,
            problem=choice.role.problem,
            location="",
            is_confidential=False,
            openings=1,
            posting="",
        )
        return _job_form(request, draft=draft, seats=seats, choice=choice)
    draft = read_job_draft(fields=request.POST.dict())
    try:
        job_id = open_job(
            actor=actor,
            draft=draft,
            role_version_id=choice.version_id or adopt_role(actor=actor, role_key=choice.role.id),
            plan=planned_stages(plan_id=request.POST.get("plan", "")),
            team=seats,
        )
    except JobError as error:
        return _job_form(request, draft=draft, seats=seats, choice=choice, error=error)
    messages.success(request, f"{draft.title.strip()} is open. Now bring in the applicants.")
    return redirect("pipeline:job", job_id)


@requires(Action.EDIT_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, job_id: int) -> HttpResponse:
    """Change a job's words, secrecy and openings."""
    job = get_job(actor=asker(request), job_id=job_id, action=Action.EDIT_JOB)
    if request.method != "POST":
        return _job_form(request, draft=draft_of_job(job=job), job=job)
    draft = read_job_draft(fields=request.POST.dict())
    try:
        edit_job(actor=asker(request), job_id=job_id, draft=draft)
    except JobError as error:
        return _job_form(request, draft=draft, job=job, error=error)
    messages.success(request, "The job is saved.")
    return redirect("pipeline:job", job_id)


@requires(Action.EDIT_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show and change who sits on a job's hiring team."""
    job = get_job(actor=asker(request), job_id=job_id, action=Action.EDIT_JOB)
    error = None
    seats = tuple(Seat(member.user_id, TeamRole(member.team_role)) for member in job.team)
    if request.method == "POST":
        seats = read_seats(fields=request.POST)
        try:
            set_team(actor=asker(request), job_id=job_id, team=seats)
        except JobError as refused:
            error = refused
        else:
            messages.success(request, "The hiring team is saved.")
            return redirect("pipeline:job", job_id)
    context = {"job": job, "error": error} | _team_fields(seats)
    return render(request, "pipeline/team.html", context, using="jinja2", status=422 if error else 200)


@requires(Action.EDIT_JOB)
@require_POST
def status(request: HttpRequest, job_id: int) -> HttpResponse:
    """Close a job or open it again, with a reason. The form says which, so that sending it twice does it once."""
    job = get_job(actor=asker(request), job_id=job_id, action=Action.EDIT_JOB)
    wanted = JobStatus.OPEN if request.POST.get("to") == JobStatus.OPEN else JobStatus.CLOSED
    try:
        set_job_status(actor=asker(request), job_id=job_id, status=wanted, why=request.POST.get("why", ""))
    except JobError as error:
        return _job_form(request, draft=draft_of_job(job=job), job=job, error=error)
    messages.success(request, "The job is closed." if wanted is JobStatus.CLOSED else "The job is open again.")
    return redirect("pipeline:job", job_id)


def _job_form(
    request: HttpRequest,
    *,
    draft: JobDraft,
    seats: tuple[Seat, ...] = (),
    choice: RoleChoice | None = None,
    job: object = None,
    error: JobError | None = None,
) -> HttpResponse:
    context = {
        "draft": draft,
        "choice": choice,
        "job": job,
        "error": error,
        "plan_options": [(plan.id, f"{plan.title}: {_in_words(plan)}. {plan.about}") for plan in list_plans()],
        "chosen_plan": request.POST.get("plan", list_plans()[0].id),
        "most_openings": MOST_OPENINGS,
    }
    if choice is not None:
        context |= _team_fields(seats)
    return render(request, "pipeline/job_form.html", context, using="jinja2", status=422 if error else 200)


def _in_words(plan: PlanNote) -> str:
    return ", ".join(stage.name for stage in plan.stages)


def _team_fields(seats: tuple[Seat, ...]) -> dict[str, object]:
    people = [("", "Choose a person")] + [(person.user_id, person.name) for person in list_choosable_people()]
    return {"seat_rows": seat_rows(seats=seats), "people": people, "seat_labels": SEAT_LABELS}
