"""A decision about many applications: who is chosen, what will happen, how far it is, what happened, and its undo."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.deciding.actions.bulk import BulkOrder, prepare_bulk, start_bulk, undo_bulk
from assay.app.deciding.bulk_forms import LETTER_LABELS, choice_of, read_everyone, read_ids, read_kind, read_order
from assay.app.deciding.bulk_queries import BulkView, get_bulk, list_left, preview_bulk
from assay.app.deciding.forms import HOLD_DAYS, hold_choices
from assay.core.deciding.bulk import BulkItemState, BulkState
from assay.core.deciding.decision import REASON_LABELS, DecisionKind, IllegalDecisionError, RejectReason
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id

_TITLES = {
    DecisionKind.MOVE: "Move",
    DecisionKind.REJECT: "Reject",
    DecisionKind.HOLD: "Put on hold",
    DecisionKind.RESUME: "Take off hold",
}


@requires(Action.DECIDE)
@require_POST
def choose(request: HttpRequest, job_id: int) -> HttpResponse:
    """Keep who is chosen on a list, then show what will happen to them."""
    back = _back(request, job_id)
    try:
        bulk_id = prepare_bulk(
            actor=asker(request),
            job_id=job_id,
            kind=read_kind(post=request.POST),
            application_ids=read_ids(post=request.POST),
            everyone=read_everyone(post=request.POST),
            back=back,
        )
    except IllegalDecisionError as error:
        messages.error(request, str(error))
        return redirect(back)
    address = reverse("review:bulk", args=[job_id, bulk_id])
    to_stage = read_id(request.POST.get("to_stage", ""))
    return redirect(f"{address}?to_stage={to_stage}" if to_stage else address)


@requires(Action.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, job_id: int, bulk_id: int) -> HttpResponse:
    """Show a draft with what it will do as it is filled in, or how far a decision about many is."""
    found = get_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id)
    if found.state is not BulkState.DRAFT:
        return _show_result(request, found)
    asked = request.POST if request.method == "POST" else request.GET
    order = read_order(post=asked)
    if request.method != "POST":
        order = _filled_in(found, order)
    return _show_draft(request, found, order)


@requires(Action.DECIDE)
@require_POST
def start(request: HttpRequest, job_id: int, bulk_id: int) -> HttpResponse:
    """Apply a draft, then show the list again with the news, or how far it is."""
    order = read_order(post=request.POST)
    try:
        start_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id, order=order)
    except IllegalDecisionError as error:
        found = get_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id)
        return _show_draft(request, found, order, problem=str(error), status=422)
    return _after(get_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id))


@requires(Action.DECIDE)
@require_POST
def undo(request: HttpRequest, job_id: int, bulk_id: int) -> HttpResponse:
    """Take a decision about many back where it is still the last word."""
    undo_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id)
    response = _after(get_bulk(actor=asker(request), job_id=job_id, bulk_id=bulk_id))
    if not is_htmx(request):
        return response
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = response["Location"]
    return answer


def _after(found: BulkView) -> HttpResponse:
    """Go back to the list with the news, unless there is something to read or to wait for."""
    left = found.counts.get(BulkItemState.SKIPPED, 0) + found.counts.get(BulkItemState.KEPT, 0)
    if found.state.is_moving or left or not found.back:
        return redirect("review:bulk", found.job_id, found.id)
    return redirect(f"{found.back}{'&' if '?' in found.back else '?'}bulk={found.id}")


def _filled_in(found: BulkView, order: BulkOrder) -> BulkOrder:
    """Return what a fresh draft is filled in with: the second stage of the plan, a hold of a week."""
    first_stages = [step.stage_id for step in found.steps][:2]
    return replace(
        order,
        to_stage_id=order.to_stage_id or next(reversed(first_stages), None),
        held_until=order.held_until or timezone.localdate() + timedelta(days=HOLD_DAYS[0][0]),
    )


def _show_draft(
    request: HttpRequest, found: BulkView, order: BulkOrder, *, problem: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    choice = choice_of(bulk=found, order=order)
    if found.kind is DecisionKind.REJECT and (choice.reason is None or choice.reason is RejectReason.OTHER):
        # Who can be rejected does not hang on the reason, which is asked for when it is sent.
        choice = replace(choice, reason=RejectReason.STRONGER_APPLICANTS)
    page = read_id(request.POST.get("page", "") or request.GET.get("page", "")) or 1
    context = {
        "bulk": found,
        "title": _TITLES[found.kind],
        "order": order,
        "preview": preview_bulk(bulk=found, choice=choice, today=today, page=page),
        "target": next((step.name for step in found.steps if step.stage_id == order.to_stage_id), ""),
        "stages": [(str(step.stage_id), step.name) for step in found.steps],
        "reasons": [(reason.value, label) for reason, label in REASON_LABELS.items()],
        "letters": LETTER_LABELS,
        "hold_days": hold_choices(today=today),
        "problem": problem,
    }
    is_partial = is_htmx(request)
    template = "deciding/_bulk_preview.html" if is_partial and not problem else "deciding/bulk_draft.html"
    return render(request, template, context, using="jinja2", status=status)


def _show_result(request: HttpRequest, found: BulkView) -> HttpResponse:
    context = {"bulk": found, "title": _TITLES[found.kind], "left": list_left(bulk=found)}
    is_partial = is_htmx(request)
    template = "deciding/_bulk_progress.html" if is_partial else "deciding/bulk_result.html"
    return render(request, template, context, using="jinja2")


def _back(request: HttpRequest, job_id: int) -> str:
    """Return the list that the choice was made on, when it is one of this job's."""
    asked, list_ = request.POST.get("back", ""), reverse("pipeline:job", args=[job_id])
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(list_)
    return asked if is_ours and len(asked) < 1200 else f"{list_}?view=table"
