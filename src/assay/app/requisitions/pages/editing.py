"""The request's own words, and its people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assay.app.pipeline.queries.jobs import list_choosable_people
from assay.app.requisitions.actions.drafts import RequisitionConflict, edit_requisition
from assay.app.requisitions.actions.people import MOST_SEATS, Place, set_people
from assay.app.requisitions.forms import (
    FIELDS,
    StepRow,
    read_draft,
    read_places,
    read_steps,
    read_values,
    rows_of_plan,
    rows_of_steps,
    values_of,
)
from assay.app.requisitions.own_approval import may_approve_own
from assay.app.requisitions.queries import RequisitionView, get_requisition
from assay.app.requisitions.rules import list_plans, plan_followed, plan_named
from assay.app.requisitions.wording import GATES, REASONS
from assay.core.requisitions.draft import DraftError
from assay.core.requisitions.plan import Step
from assay.knowledge.requisitions.sheets import PlanNote
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.roles import RequisitionSeat
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.numbers import read_whole

SPARE_SEATS = 2
LABELS = {"needed_by": "Needed by", "readiness_gate": "Readiness"}


@requires(Action.EDIT_REQUISITION)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Change what is asked for."""
    view = get_requisition(actor=asker(request), requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    stored = values_of(draft=view.draft)
    if request.method != "POST":
        return _edit_form(request, view, stored)
    values = read_values(fields=request.POST.dict())
    try:
        draft, seen = read_draft(values=values), read_whole(request.POST.get("revision", ""), most_digits=9) or 0
        edit_requisition(actor=asker(request), requisition_id=requisition_id, draft=draft, seen_revision=seen)
    except DraftError as error:
        return _edit_form(request, view, values, error=error)
    except RequisitionConflict as conflict:
        return _edit_form(request, view, values, conflict=str(conflict), stored=stored)
    messages.success(request, "The request is saved.")
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.EDIT_REQUISITION)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Change who sits at it, and who approves it in which order."""
    view = get_requisition(actor=asker(request), requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    plan = _plan_shown(request, view)
    if request.method != "POST":
        return _people_form(request, view, _places(view), _step_rows(view, plan), plan)
    places, steps = read_places(fields=request.POST), read_steps(fields=request.POST, plan=plan)
    try:
        if plan_named(plan_id=request.POST.get("plan", "")) is None:
            raise DraftError(field="steps", message="Choose one of the plans of approval.")
        set_people(
            actor=asker(request),
            requisition_id=requisition_id,
            places=places,
            steps=steps,
            seen_revision=read_whole(request.POST.get("revision", ""), most_digits=9) or 0,
        )
    except (DraftError, RequisitionConflict) as error:
        return _people_form(request, view, places, rows_of_steps(steps=steps, about=_about()), plan, error=error)
    messages.success(request, "The people of this request are saved.")
    return redirect("requisitions:requisition", requisition_id)


def _edit_form(
    request: HttpRequest,
    view: RequisitionView,
    values: dict[str, str],
    *,
    error: DraftError | None = None,
    conflict: str = "",
    stored: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "view": view,
        "values": values,
        "error": error,
        "conflict": conflict,
        "theirs": [
            (LABELS.get(name, name.capitalize()), stored[name])
            for name in FIELDS
            if stored and stored[name] != values[name]
        ],
        "reasons": list(REASONS.items()),
        "gates": list(GATES.items()),
    }
    status = 409 if conflict else 422 if error else 200
    return render(request, "requisitions/edit.html", context, using="jinja2", status=status)


def _people_form(
    request: HttpRequest,
    view: RequisitionView,
    places: tuple[Place, ...],
    rows: tuple[StepRow, ...],
    plan: PlanNote,
    *,
    error: Exception | None = None,
) -> HttpResponse:
    spare = max(0, min(SPARE_SEATS, MOST_SEATS - len(places)))
    context = {
        "view": view,
        "places": [(str(place.user_id), place.seat.value) for place in places] + [("", "collaborator")] * spare,
        "rows": rows,
        "plan": plan,
        "plans": _plans_for(asker(request)),
        "everybody": [("", "Choose a person"), *((one.user_id, one.name) for one in list_choosable_people())],
        "seats": [(seat.value, seat.label) for seat in (RequisitionSeat.OWNER, RequisitionSeat.COLLABORATOR)],
        "error": error,
    }
    status = 200 if error is None else 409 if isinstance(error, RequisitionConflict) else 422
    return render(request, "requisitions/people.html", context, using="jinja2", status=status)


def _places(view: RequisitionView) -> tuple[Place, ...]:
    kept = (one for one in view.members if one.seat is not RequisitionSeat.APPROVER)
    return tuple(Place(one.user_id, one.seat) for one in kept)


def _plan_shown(request: HttpRequest, view: RequisitionView) -> PlanNote:
    """Return the plan that was sent or picked, else the one that is followed, else the default one."""
    chosen = plan_named(plan_id=request.POST.get("plan", "") or request.GET.get("plan", ""))
    steps = view.standing.plan_now.steps if view.standing.plan_now else ()
    return chosen or plan_followed(steps=steps) or list_plans()[0]


def _plans_for(actor: User) -> list[PlanNote]:
    """Return the plans to choose from: those of self-approval only for who may approve what they ask for."""
    is_own = may_approve_own(actor=actor)
    return [plan for plan in list_plans() if is_own or not any(step.submitter_counts for step in plan.steps)]


def _step_rows(view: RequisitionView, plan: PlanNote) -> tuple[StepRow, ...]:
    """Return the steps of the plan, filled in where the request follows it."""
    steps: tuple[Step, ...] = view.standing.plan_now.steps if view.standing.plan_now else ()
    if plan_followed(steps=steps) != plan:
        return rows_of_plan(plan=plan)
    return rows_of_steps(steps=steps, about=_about())


def _about() -> dict[str, str]:
    return {step.key: step.about for plan in list_plans() for step in plan.steps}
