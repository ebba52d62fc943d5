"""One requisition, with everything that an approver needs in sight, and what is done to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assay.app.pipeline.plans import list_plans as list_stage_plans
from assay.app.pipeline.plans import planned_stages
from assay.app.requisitions.actions.approvals import (
    SubmitRefused,
    comment_on,
    give_verdict,
    submit_requisition,
    withdraw_requisition,
)
from assay.app.requisitions.actions.drafts import choose_role
from assay.app.requisitions.actions.jobs import open_approved_job
from assay.app.requisitions.path import bar_of
from assay.app.requisitions.queries import get_requisition
from assay.app.requisitions.rules import guarded_fields
from assay.app.requisitions.showing import cards_of, headline_of
from assay.app.requisitions.visibility import require_requisition
from assay.app.requisitions.wording import REASONS, STATE_ICONS, STATES
from assay.app.roles.queries import list_own_roles
from assay.core.requisitions.approval import VerdictKind, VerdictRefused
from assay.core.requisitions.draft import DraftError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.SEE_REQUISITION)
@require_safe
def requisition(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Show a requisition."""
    return _show(request, requisition_id)


@requires(Action.EDIT_REQUISITION)
@require_POST
def submit(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Put it forward."""
    try:
        number = submit_requisition(actor=asker(request), requisition_id=requisition_id)
    except SubmitRefused as refused:
        return _show(request, requisition_id, problem=str(refused))
    messages.success(request, "Submitted for approval." if number == 1 else "Submitted for approval again.")
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.EDIT_REQUISITION)
@require_POST
def withdraw(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Take it back."""
    try:
        withdraw_requisition(actor=asker(request), requisition_id=requisition_id, why=request.POST.get("why", ""))
    except SubmitRefused as refused:
        return _show(request, requisition_id, problem=str(refused))
    messages.success(request, "The request is withdrawn. Submit it again whenever you want.")
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.APPROVE_REQUISITION)
@require_POST
def verdict(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Approve it, or send it back with a reason."""
    require_requisition(actor=asker(request), requisition_id=requisition_id, action=Action.APPROVE_REQUISITION)
    try:
        kind = _kind(request.POST.get("kind", ""))
        give_verdict(
            actor=asker(request),
            requisition_id=requisition_id,
            kind=kind,
            seen_hash=request.POST.get("facts", "")[:64],
            reason=request.POST.get("reason", ""),
        )
    except VerdictRefused as refused:
        return _show(request, requisition_id, problem=str(refused))
    messages.success(request, "Approved." if kind is VerdictKind.APPROVE else "Sent back, with your reason.")
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.SEE_REQUISITION)
@require_POST
def comment(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Say something about it."""
    comment_on(actor=asker(request), requisition_id=requisition_id, text=request.POST.get("text", ""))
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.EDIT_REQUISITION)
@require_POST
def role(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Hold it to a role that exists already."""
    version_id = read_id(request.POST.get("role_version", "")) or 0
    try:
        choose_role(actor=asker(request), requisition_id=requisition_id, role_version_id=version_id)
    except DraftError as error:
        return _show(request, requisition_id, problem=str(error))
    messages.success(request, "The role is chosen.")
    return redirect("requisitions:requisition", requisition_id)


@requires(Action.EDIT_REQUISITION)
@require_POST
def open_job(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Open the job that was approved."""
    plan = planned_stages(plan_id=request.POST.get("plan", ""))
    try:
        job_id = open_approved_job(actor=asker(request), requisition_id=requisition_id, plan=plan)
    except SubmitRefused as refused:
        return _show(request, requisition_id, problem=str(refused))
    messages.success(request, "The job is open. Its interviews may start.")
    return redirect("pipeline:job", job_id)


def _kind(text: str) -> VerdictKind:
    """Read what was said; a word that is neither approves nothing."""
    try:
        return VerdictKind(text)
    except ValueError as error:
        raise VerdictRefused("Say whether you approve it or send it back; nothing was stored.") from error


def _show(request: HttpRequest, requisition_id: int, *, problem: str = "") -> HttpResponse:
    actor = asker(request)
    view = get_requisition(actor=actor, requisition_id=requisition_id)
    context = {
        "view": view,
        "path_bar": bar_of(view=view, at="approve"),
        "cards": cards_of(view=view),
        "headline": headline_of(view=view),
        "problem": problem,
        "can": {action.value for action in view.can},
        "guarded": guarded_fields(),
        "reasons": REASONS,
        "states": STATES,
        "state_icons": STATE_ICONS,
        "roles": [(row.version_id, f"{row.title}, version {row.version}") for row in list_own_roles(actor=actor)],
        "stage_plans": [(plan.id, plan.title) for plan in list_stage_plans()],
    }
    status = 422 if problem else 200
    return render(request, "requisitions/requisition.html", context, using="jinja2", status=status)
