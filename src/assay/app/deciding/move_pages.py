"""Moving one application from a board: by hand, key or menu with a script (JSON), or on a small page without one."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.deciding.actions.deciding import ConflictingDecisionError, InterviewsNotOpenError, decide, undo
from assay.app.deciding.queries import get_decision
from assay.app.deciding.standing import ApplicationStanding, stand_for
from assay.core.deciding.decision import KIND_LABELS, DecisionKind, IllegalDecisionError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id

_LONGEST_BACK = 1200


@requires(Action.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, application_id: int) -> HttpResponse:
    """Move an application to another stage of its plan, at the revision that the mover saw."""
    if request.method != "POST":
        return _show(request, stand_for(actor=asker(request), action=Action.DECIDE, application_id=application_id))
    revision, to_stage_id = read_id(request.POST.get("revision", "")), read_id(request.POST.get("to_stage", ""))
    try:
        if revision is None:
            raise IllegalDecisionError("The form was incomplete. Load the page again, then move.")
        decision_id = decide(
            actor=asker(request),
            application_id=application_id,
            kind=DecisionKind.MOVE,
            expected_revision=revision,
            to_stage_id=to_stage_id,
        )
    except (IllegalDecisionError, ConflictingDecisionError) as error:
        return _refuse(request, application_id, error)
    standing = stand_for(actor=asker(request), action=Action.DECIDE, application_id=application_id)
    if not _wants_json(request):
        back = _back(request, standing.job_id)
        return redirect(f"{back}{'&' if '?' in back else '?'}done={decision_id}")
    asked = next((step.name for step in standing.steps if step.stage_id == to_stage_id), standing.here.name)
    message = f"{standing.name}: {KIND_LABELS[DecisionKind.MOVE]} to {asked}."
    undo_url = reverse("review:take_back", args=[decision_id])
    return JsonResponse({**_place(standing), "message": message, "undo_url": undo_url})


@requires(Action.DECIDE)
@require_POST
def take_back(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Undo a move and say where the application stands again."""
    decision = get_decision(decision_id=decision_id)
    try:
        undo(actor=asker(request), decision_id=decision_id)
    except (IllegalDecisionError, ConflictingDecisionError) as error:
        return _refuse(request, decision.application_id, error)
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": _back(request, decision.job_id)})
    if not _wants_json(request):
        return redirect(_back(request, decision.job_id))
    standing = stand_for(actor=asker(request), action=Action.DECIDE, application_id=decision.application_id)
    message = f"{decision.name} is back in {standing.here.name}."
    return JsonResponse({**_place(standing), "message": message, "undo_url": ""})


def _refuse(request: HttpRequest, application_id: int, error: Exception) -> HttpResponse:
    """Say what went wrong and where the application stands now; nothing was stored."""
    standing = stand_for(actor=asker(request), action=Action.DECIDE, application_id=application_id)
    status = 409 if isinstance(error, ConflictingDecisionError) else 422
    is_gate = isinstance(error, InterviewsNotOpenError)
    gate_url = reverse("requisitions:job_band", args=[standing.job_id]) if is_gate else ""
    if is_htmx(request):
        news = {"assay:toast": {"message": str(error), "isWrong": True}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
    if not _wants_json(request):
        return _show(request, standing, problem=str(error), gate_url=gate_url, status=status)
    link = {"href": gate_url, "label": "Approval of the band"} if gate_url else None
    return JsonResponse({**_place(standing), "message": str(error), "link": link}, status=status)


def _place(standing: ApplicationStanding) -> dict[str, object]:
    return {
        "application_id": standing.application_id,
        "stage_id": standing.stage_id,
        "stage": standing.here.name,
        "revision": standing.revision,
    }


def _show(
    request: HttpRequest, standing: ApplicationStanding, *, problem: str = "", gate_url: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "standing": standing,
        "choices": [(str(step.stage_id), step.name) for step in standing.steps if step.stage_id != standing.stage_id],
        "chosen": request.POST.get("to_stage", ""),
        "back": _back(request, standing.job_id),
        "problem": problem,
        "gate_url": gate_url,
    }
    return render(request, "deciding/move.html", context, using="jinja2", status=status)


def _back(request: HttpRequest, job_id: int) -> str:
    """Return the page to go on at: the board that the form came from, when it is one of ours."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    board = reverse("pipeline:job", args=[job_id])
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(board)
    return asked[:_LONGEST_BACK] if is_ours else f"{board}?view=board"


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
