"""One's own sheet: each answer is saved as it is given; handing it in shows what the others said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.readiness.actions.refusal import ReadinessError
from assay.app.readiness.actions.sheets import (
    GivenAnswer,
    Saved,
    decline_sheet,
    hand_in,
    reopen_sheet,
    save_answers,
    set_kind,
)
from assay.app.readiness.answer_queries import OwnSheet, get_own_sheet, require_own, unfolded, with_typed
from assay.app.readiness.forms import read_answers
from assay.app.readiness.pages import bar_for
from assay.app.readiness.questions import load_questionnaire
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx


@requires(Action.ANSWER_READINESS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show one's own sheet, keep answers, or hand it in."""
    actor = asker(request)
    sheet = get_own_sheet(actor=actor, assessment_id=assessment_id)
    if sheet is None:
        return redirect("readiness:assessment", assessment_id)
    if request.method != "POST":
        return _page(request, sheet)
    given: tuple[GivenAnswer, ...] = ()
    try:
        if "kind" in request.POST:
            set_kind(actor=actor, assessment_id=assessment_id, kind=request.POST["kind"])
        given = read_answers(fields=request.POST, questionnaire=load_questionnaire())
        if "hand_in" in request.POST:
            saved = hand_in(actor=actor, assessment_id=assessment_id, given=given)
        else:
            saved = save_answers(actor=actor, assessment_id=assessment_id, given=given)
    except ReadinessError as error:
        return _refused(request, assessment_id, error, given)
    return _answered(request, assessment_id, saved)


@requires(Action.ANSWER_READINESS)
@require_POST
def reopen(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Take one's own sheet back to change it."""
    try:
        reopen_sheet(actor=asker(request), assessment_id=assessment_id)
    except ReadinessError as error:
        messages.error(request, str(error))
        return redirect("readiness:assessment", assessment_id)
    messages.success(request, "Change what you like. Until you hand it in again, your sheet does not count.")
    return redirect("readiness:answer", assessment_id)


@requires(Action.ANSWER_READINESS)
@require_POST
def decline(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Say that one will not answer; the result is shown from then on."""
    try:
        decline_sheet(actor=asker(request), assessment_id=assessment_id)
    except ReadinessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Kept: you will not answer this round.")
    return redirect("readiness:assessment", assessment_id)


def _answered(request: HttpRequest, assessment_id: int, saved: Saved) -> HttpResponse:
    sheet = require_own(actor=asker(request), assessment_id=assessment_id)
    if is_htmx(request):
        return _partial(request, sheet, saved)
    if saved.conflicts:
        return _page(request, sheet, conflicts=saved.conflicts)
    if "hand_in" in request.POST:
        messages.success(request, "Handed in. Thank you.")
        return redirect("readiness:assessment", assessment_id)
    messages.success(request, "Saved.")
    return redirect("readiness:answer", assessment_id)


def _partial(request: HttpRequest, sheet: OwnSheet, saved: Saved) -> HttpResponse:
    """Answer htmx: the state of the one question and the counts; the whole question when it changed elsewhere."""
    asked = sheet.find(request.POST.get("question", ""))
    if asked is None:
        return render(request, "readiness/_counts.html", {"sheet": sheet, "is_swapped": True}, using="jinja2")
    refused = next((one for one in saved.conflicts if one.question == asked.question.id), None)
    context = {"sheet": sheet, "asked": asked, "refused": refused, "is_saved": refused is None}
    name = "readiness/_question.html" if refused else "readiness/_saved.html"
    response = render(request, name, context, using="jinja2")
    if refused:
        response["HX-Retarget"] = f"#question-{asked.question.id}"
        response["HX-Reswap"] = "outerHTML"
    return response


def _refused(
    request: HttpRequest, assessment_id: int, error: ReadinessError, given: tuple[GivenAnswer, ...]
) -> HttpResponse:
    sheet = require_own(actor=asker(request), assessment_id=assessment_id)
    if not is_htmx(request):
        return _page(request, with_typed(sheet=sheet, given=given), error=error)
    asked = sheet.find(request.POST.get("question", ""))
    context = {"sheet": sheet, "asked": asked, "error": error}
    return render(request, "readiness/_refused.html", context, using="jinja2", status=422)


def _page(
    request: HttpRequest,
    sheet: OwnSheet,
    *,
    conflicts: tuple[GivenAnswer, ...] = (),
    error: ReadinessError | None = None,
) -> HttpResponse:
    actor = asker(request)
    named = [one.question for one in conflicts] + ([error.field] if error else [])
    context = {
        "sheet": sheet,
        "unfolded": unfolded(sheet=sheet, named=named),
        "kinds": [(person.id, person.label) for person in sheet.people],
        "conflicts": conflicts,
        "error": error,
        "path_bar": bar_for(actor=actor, requisition_id=sheet.requisition_id),
    }
    status = 422 if error else 409 if conflicts else 200
    return render(request, "readiness/answer.html", context, using="jinja2", status=status)
