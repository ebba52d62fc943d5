"""The interview plan of a job: what is measured where, suggested, changed and mended."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.interviewing.actions.plans import (
    PlannedDraft,
    adopt_suggestion,
    change_focus,
    change_planned,
    plan_interview,
    retire_planned,
)
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.forms import QUESTION_ROWS, number_of, read_planned
from assay.app.interviewing.needs import competency_labels, plan_rules
from assay.app.interviewing.panel import list_panel_choices
from assay.app.interviewing.queries.plans import PlannedView, get_plan, get_planned
from assay.app.pipeline.queries.jobs import JobView, StageView, get_job
from assay.core.interviewing.kit import AskedQuestion
from assay.core.pipeline.stage import StageGroup
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.knowledge.interviewing.sheets import QuestionNote, load_bank, load_formats
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires

_SPARE_ROWS = 2


@requires(Action.SEE_JOB)
@require_safe
def plan(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the plan of a job's interviews with its coverage of the role."""
    view = get_plan(actor=asker(request), job_id=job_id)
    context = {
        "plan": view,
        "job": view.job,
        "can": view.job.can,
        "section": "interviews",
        "labels": competency_labels(),
        "rules": plan_rules(),
        "formats": {one.id: one.label for one in load_formats().formats},
        "sources": load_planning().sources,
    }
    return render(request, "interviewing/plan.html", context, using="jinja2")


@requires(Action.PLAN_INTERVIEWS)
@require_POST
def suggest(request: HttpRequest, job_id: int) -> HttpResponse:
    """Fill the empty interview stages from the role."""
    try:
        added = adopt_suggestion(actor=asker(request), job_id=job_id)
    except InterviewRefused as error:
        messages.error(request, str(error))
    else:
        said = "Nothing was empty: the plan stays as it is."
        messages.success(request, f"{added} planned. Read them and change what does not fit." if added else said)
    return redirect("interviewing:plan", job_id)


@requires(Action.PLAN_INTERVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_planned(request: HttpRequest, job_id: int) -> HttpResponse:
    """Add an interview to the plan."""
    job = get_job(actor=asker(request), job_id=job_id, action=Action.PLAN_INTERVIEWS)
    if request.method != "POST":
        return _form(request, job, PlannedDraft(_first_stage(job, request.GET.get("stage", "")), "", minutes=60))
    draft = read_planned(fields=request.POST)
    try:
        plan_interview(actor=asker(request), job_id=job_id, draft=draft)
    except InterviewRefused as error:
        return _form(request, job, draft, error=error)
    messages.success(request, "Planned.")
    return redirect("interviewing:plan", job_id)


@requires(Action.PLAN_INTERVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def planned(request: HttpRequest, planned_id: int) -> HttpResponse:
    """Change a planned interview."""
    view, job = get_planned(actor=asker(request), planned_id=planned_id)
    if request.method != "POST":
        return _form(request, job, _draft_of(view), view=view)
    draft = read_planned(fields=request.POST)
    try:
        change_planned(
            actor=asker(request),
            planned_id=planned_id,
            draft=draft,
            seen_revision=number_of(request.POST.get("revision", "")),
        )
    except InterviewRefused as error:
        fresh, job = get_planned(actor=asker(request), planned_id=planned_id)
        return _form(request, job, draft, view=fresh, error=error)
    messages.success(request, "Saved. Interviews that are arranged already keep the kit they were arranged with.")
    return redirect("interviewing:plan", job.id)


@requires(Action.PLAN_INTERVIEWS)
@require_POST
def remove(request: HttpRequest, planned_id: int) -> HttpResponse:
    """Take a planned interview out of the plan."""
    job_id = retire_planned(actor=asker(request), planned_id=planned_id)
    messages.success(request, "Taken out of the plan. What is arranged already stays.")
    return redirect("interviewing:plan", job_id)


@requires(Action.PLAN_INTERVIEWS)
@require_POST
def focus(request: HttpRequest, planned_id: int) -> HttpResponse:
    """Mend the plan by one competency."""
    view, job = get_planned(actor=asker(request), planned_id=planned_id)
    competency, is_added = request.POST.get("competency", ""), request.POST.get("to") == "add"
    try:
        change_focus(actor=asker(request), planned_id=planned_id, competency=competency, is_added=is_added)
    except InterviewRefused as error:
        messages.error(request, str(error))
    else:
        label = competency_labels().get(competency, competency)
        does = "now looks at" if is_added else "no longer looks at"
        messages.success(request, f"{view.kit.title} {does} {label}.")
    return redirect("interviewing:plan", job.id)


def _form(
    request: HttpRequest,
    job: JobView,
    draft: PlannedDraft,
    *,
    view: PlannedView | None = None,
    error: InterviewRefused | None = None,
) -> HttpResponse:
    plan_now = get_plan(actor=asker(request), job_id=job.id)
    asked = {one.question_id for one in draft.questions}
    of_role = {need.competency for need in plan_now.needs} | set(draft.focus)
    context = {
        "job": job,
        "plan": plan_now,
        "draft": draft,
        "view": view,
        "error": error,
        "is_conflict": isinstance(error, ChangedMeanwhile),
        "labels": competency_labels(),
        "formats": load_formats().formats,
        "people": list_panel_choices(job=job),
        "rows": (*draft.questions, *([AskedQuestion("", "", "")] * _SPARE_ROWS))[:QUESTION_ROWS],
        "offered": _offered(of_role, asked, plan_now.seniority),
        "stages": [(stage.id, stage.name) for stage in (*job.stages, *_kept(job, draft.stage_id))],
    }
    status = 409 if context["is_conflict"] else 422 if error else 200
    return render(request, "interviewing/planned_form.html", context, using="jinja2", status=status)


def _offered(competencies: set[str], asked: set[str], seniority: str) -> Mapping[str, list[QuestionNote]]:
    """Return the bank's questions for these competencies that are not asked yet, those for the seat first."""
    found: dict[str, list[QuestionNote]] = {}
    ordered = sorted(load_bank().questions, key=lambda one: seniority not in one.seniorities)
    for key in competency_labels():
        fitting = [one for one in ordered if one.competency == key and one.id not in asked]
        if key in competencies and fitting:
            found[key] = fitting
    return found


def _kept(job: JobView, stage_id: int) -> tuple[StageView, ...]:
    return tuple(stage for stage in job.retired if stage.id == stage_id)


def _first_stage(job: JobView, asked: str) -> int:
    wanted = number_of(asked)
    interviews = [stage.id for stage in job.stages if stage.group == StageGroup.INTERVIEW]
    return wanted if wanted in {stage.id for stage in job.stages} else next(iter(interviews), 0)


def _draft_of(view: PlannedView) -> PlannedDraft:
    kit = view.kit
    return PlannedDraft(
        stage_id=view.stage_id,
        title=kit.title,
        purpose=kit.purpose,
        format=kit.format,
        minutes=kit.minutes,
        focus=kit.focus,
        questions=kit.questions,
        panel=tuple(seat.user_id for seat in view.panel),
    )
