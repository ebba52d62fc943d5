"""The readiness desk: the list, beginning an assessment, its result, and what is agreed to be done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.readiness.actions.assessments import (
    LONGEST_SUBJECT,
    AssessmentDraft,
    ask_people,
    attach_assessment,
    retake_assessment,
    set_closed,
    start_assessment,
)
from assay.app.readiness.actions.plans import plan_action
from assay.app.readiness.actions.refusal import ReadinessError
from assay.app.readiness.charts import bar_sentence, dimension_bar
from assay.app.readiness.forms import read_action_draft, read_assessment_draft, read_people
from assay.app.readiness.people import list_choosable
from assay.app.readiness.queries import get_assessment, list_assessments, list_unattached
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.showing import agreed_rows, shown
from assay.app.requisitions.path import PathBar, path_bar
from assay.app.requisitions.prefill import Prefill, prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.app.ui.tables import Column
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id

COLUMNS = (
    Column("subject", "What for"),
    Column("answers", "Handed in", is_number=True),
    Column("verdict", "Verdict"),
    Column("begun", "Begun"),
    Column("own", "Your sheet"),
)


@requires(Action.ANSWER_READINESS)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """List the assessments somebody was asked to answer or may see, newest first."""
    actor = asker(request)
    requisition_id = chosen_requisition(actor=actor, value=request.GET.get("for", ""))
    before = request.GET.get("before", "")
    page = list_assessments(
        actor=actor,
        before=read_id(before),
        requisition_id=requisition_id,
    )
    context = {
        "page": page,
        "columns_of": COLUMNS,
        "is_first": not before,
        "may_edit": _allows(actor, Action.EDIT_PLANS),
        "requisition_id": requisition_id,
        "unattached": list_unattached(actor=actor) if requisition_id else (),
        "for_query": _for_query(requisition_id),
        "path_bar": bar_for(actor=actor, requisition_id=requisition_id),
    }
    return render(request, "readiness/assessments.html", context, using="jinja2")


@requires(Action.EDIT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an assessment: what for, which team, whom to ask."""
    actor = asker(request)
    if request.method != "POST":
        requisition_id = chosen_requisition(
            actor=actor, value=request.GET.get("for", ""), action=Action.EDIT_REQUISITION
        )
        known = prefill(requisition_id=requisition_id) if requisition_id else Prefill()
        draft = AssessmentDraft(subject=_first_line(known.problem or known.title or ""), team="", people=(actor.pk,))
        return _form(request, draft=draft, requisition_id=requisition_id)
    requisition_id = chosen_requisition(actor=actor, value=request.POST.get("for", ""), action=Action.EDIT_REQUISITION)
    draft = read_assessment_draft(fields=request.POST)
    try:
        assessment_id = start_assessment(actor=actor, draft=draft, requisition_id=requisition_id)
    except ReadinessError as error:
        return _form(request, draft=draft, requisition_id=requisition_id, error=error)
    if actor.pk in draft.people:
        return redirect("readiness:answer", assessment_id)
    messages.success(request, "Begun. Those you asked find it under Readiness.")
    return redirect("readiness:assessment", assessment_id)


@requires(Action.ANSWER_READINESS)
@require_safe
def assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show the verdict with its reasons, or, while one's own sheet is due, who has answered."""
    return show_assessment(request, assessment_id)


@requires(Action.EDIT_PLANS)
@require_POST
def people(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Ask more people."""
    try:
        added = ask_people(actor=asker(request), assessment_id=assessment_id, people=read_people(fields=request.POST))
    except ReadinessError as error:
        return show_assessment(request, assessment_id, error=error)
    messages.success(request, "They are asked." if added else "They were asked already.")
    return redirect("readiness:assessment", assessment_id)


@requires(Action.EDIT_PLANS)
@require_POST
def state(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Close an assessment or open it again."""
    is_closed = request.POST.get("state") == "closed"
    set_closed(actor=asker(request), assessment_id=assessment_id, is_closed=is_closed)
    messages.success(request, "Closed. The answers stay as they are." if is_closed else "Open for answers again.")
    return redirect("readiness:assessment", assessment_id)


@requires(Action.EDIT_PLANS)
@require_POST
def attach(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Let an assessment count for a requisition."""
    actor = asker(request)
    value = request.POST.get("for", "")
    requisition_id = chosen_requisition(actor=actor, value=value, action=Action.EDIT_REQUISITION)
    try:
        if requisition_id is None:
            raise ReadinessError(field="", message="Choose the requisition from its own page.")
        attach_assessment(actor=actor, assessment_id=assessment_id, requisition_id=requisition_id)
    except ReadinessError as error:
        return show_assessment(request, assessment_id, error=error)
    messages.success(request, "It counts for this requisition now.")
    return redirect("readiness:assessment", assessment_id)


@requires(Action.EDIT_PLANS)
@require_POST
def again(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Take an assessment again, starting from its answers."""
    made = retake_assessment(actor=asker(request), assessment_id=assessment_id)
    messages.success(request, "A new round has begun. Each sheet starts from the answers of the last.")
    return redirect("readiness:assessment", made)


@requires(Action.EDIT_PLANS)
@require_POST
def plan(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Keep who does something by when; htmx gets the row back, a form without scripts the page."""
    actor, error = asker(request), None
    try:
        plan_action(actor=actor, assessment_id=assessment_id, draft=read_action_draft(fields=request.POST))
    except ReadinessError as refused:
        error = refused
    if not is_htmx(request):
        if error is not None:
            return show_assessment(request, assessment_id, error=error)
        return redirect(f"{reverse('readiness:assessment', args=[assessment_id])}#actions")
    view = get_assessment(actor=actor, assessment_id=assessment_id)
    wanted = request.POST.get("question", "")
    row = next((one for one in agreed_rows(view) if one.question.id == wanted), None)
    context = {"view": view, "row": row, "error": error, "is_saved": error is None}
    return render(request, "readiness/_action.html", context, using="jinja2", status=422 if error else 200)


def show_assessment(request: HttpRequest, assessment_id: int, error: ReadinessError | None = None) -> HttpResponse:
    """Render one assessment, with what could not be done when there is an ``error``."""
    actor = asker(request)
    view = get_assessment(actor=actor, assessment_id=assessment_id)
    asked = {one.user_id for one in view.respondents}
    context = {
        "view": view,
        "shown": shown(view),
        "names": load_questionnaire().by_id,
        "error": error,
        "dimension_bar": dimension_bar,
        "bar_sentence": bar_sentence,
        "choosable": [one for one in list_choosable() if one.user_id not in asked] if view.may_edit else [],
        "path_bar": bar_for(actor=actor, requisition_id=view.requisition_id),
    }
    return render(request, "readiness/assessment.html", context, using="jinja2", status=422 if error else 200)


def bar_for(*, actor: User, requisition_id: int | None) -> PathBar | None:
    """Return the path bar for those who may see the desks; others came to answer and need no path."""
    if not _allows(actor, Action.SEE_PLANS):
        return None
    return path_bar(actor=actor, requisition_id=requisition_id, at="ready")


def _allows(actor: User, action: Action) -> bool:
    return ask(actor=actor, action=action, resource=ORGANISATION).allowed


def _first_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SUBJECT]


def _for_query(requisition_id: int | None) -> str:
    return f"?for={requisition_id}" if requisition_id else ""


def _form(
    request: HttpRequest, *, draft: AssessmentDraft, requisition_id: int | None, error: ReadinessError | None = None
) -> HttpResponse:
    context = {
        "draft": draft,
        "requisition_id": requisition_id,
        "error": error,
        "choosable": list_choosable(),
        "question_count": len(load_questionnaire().questions),
        "for_query": _for_query(requisition_id),
        "path_bar": bar_for(actor=asker(request), requisition_id=requisition_id),
    }
    return render(request, "readiness/assessment_form.html", context, using="jinja2", status=422 if error else 200)
