"""Where the guided path begins: the problem, what is under way, what waits for whoever looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.listing import list_requisitions, list_waiting
from assay.app.requisitions.pages.listing import COLUMNS, RUNNING
from assay.app.requisitions.path import DESK_LABELS, TEACHING, desk_address
from assay.app.requisitions.wording import STATUSES
from assay.core.requisitions.draft import DraftError, RequisitionDraft, title_from
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires

MOST_RUNNING = 10


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
    actor = asker(request)
    running = list_requisitions(actor=actor, statuses=RUNNING, limit=MOST_RUNNING)
    context = {
        "problem": problem,
        "error": error,
        "may_start": ask(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION).allowed,
        "waiting": list_waiting(actor=actor),
        "page": running,
        "columns_of": COLUMNS,
        "statuses": STATUSES,
        "desks": [
            {"label": label, "url": desk_address(key=key, requisition_id=None), "teaching": TEACHING[key]}
            for key, label in DESK_LABELS.items()
        ],
    }
    return render(request, "requisitions/define.html", context, using="jinja2", status=422 if error else 200)
