"""Where the guided path begins: the problem, what is under way, what waits for whoever looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.pages.asking import asker
from assay.app.requisitions.path import path_bar
from assay.core.requisitions.draft import DraftError, RequisitionDraft, title_from
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_PLANS)
@require_safe
def define(request: HttpRequest) -> HttpResponse:
    """Explain the path and begin one."""
    return _show(request)


@requires(Action.EDIT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a requisition from one sentence: what should be better?"""
    if request.method != "POST":
        return redirect("requisitions:define")
    problem = request.POST.get("problem", "").replace("\0", "").replace("\r\n", "\n").strip()
    try:
        requisition_id = create_requisition(
            actor=asker(request), draft=RequisitionDraft(title=title_from(problem=problem), problem=problem)
        )
    except DraftError as error:
        message = "Say in a sentence what should be better." if error.field == "title" else str(error)
        return _show(request, problem=problem, error=message)
    return redirect("requisitions:requisition", requisition_id)


def _show(request: HttpRequest, *, problem: str = "", error: str = "") -> HttpResponse:
    context = {
        "path_bar": path_bar(actor=asker(request), requisition_id=None, at=""),
        "problem": problem,
        "error": error,
    }
    return render(request, "requisitions/define.html", context, using="jinja2", status=422 if error else 200)
