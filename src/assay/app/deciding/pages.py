"""The review queue and the two acts it sends: decide and undo."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assay.app.deciding.actions.deciding import ConflictingDecisionError, InterviewsNotOpenError, decide, undo
from assay.app.deciding.actions.withdrawing import withdraw
from assay.app.deciding.desk import get_candidate
from assay.app.deciding.filters import QueueJob, filter_options, get_queue_job
from assay.app.deciding.forms import (
    DecisionForm,
    filter_of,
    hold_choices,
    read_back,
    read_decision,
    read_filter,
)
from assay.app.deciding.news import Toast, news_of, toast_for
from assay.app.deciding.queries import DecisionView, get_decision
from assay.app.deciding.queue import Queue, QueueFilter, get_queue
from assay.app.deciding.standing import stand_for
from assay.app.deciding.way import from_query, read_way
from assay.app.interviewing.queries.astray import list_astray
from assay.core.deciding.decision import REASON_LABELS, WITHDRAW_LABELS, DecisionKind, IllegalDecisionError
from assay.core.pipeline.came_from import CameFrom, ListKind, write_came_from
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id


@requires(Action.SEE_APPLICANTS)
@require_safe
def queue(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the review queue of a job at the application that the address names, else at its first."""
    job = get_queue_job(actor=asker(request), job_id=job_id)
    chosen = read_filter(request.GET)
    around = get_queue(job_id=job_id, chosen=chosen, at=read_id(request.GET.get("at", "")), today=timezone.localdate())
    return _show(request, job, chosen, around, toast=news_of(request, back=_back(chosen)))


@requires(Action.DECIDE)
@require_POST
def decide_on(request: HttpRequest, application_id: int) -> HttpResponse:
    """Make a decision, then show the next candidate of the queue it was made in, or the profile again."""
    stand_for(actor=asker(request), action=Action.DECIDE, application_id=application_id)
    back = read_back(request.POST)
    try:
        decision_id = _decide(asker(request), application_id, read_decision(request.POST))
    except (IllegalDecisionError, ConflictingDecisionError) as error:
        return _refuse(request, application_id, back, error)
    return _go_on(request, get_decision(decision_id=decision_id), back)


@requires(Action.DECIDE)
@require_POST
def undo_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back and show its candidate again."""
    back = read_back(request.POST) or request.GET.get("back", "")
    decision = get_decision(decision_id=decision_id)
    try:
        undo(actor=asker(request), decision_id=decision_id)
    except (IllegalDecisionError, ConflictingDecisionError) as error:
        return _refuse(request, decision.application_id, back, error)
    if not back:
        return _to_profile(request, _profile_address(request, decision.application_id))
    return _at(request, decision.job_id, filter_of(back), decision.application_id)


def _decide(actor: User, application_id: int, form: DecisionForm) -> int:
    if form.kind is DecisionKind.WITHDRAW:
        return withdraw(
            actor=actor,
            application_id=application_id,
            expected_revision=form.revision,
            reason=form.withdraw_reason,
            note=form.note,
        )
    return decide(
        actor=actor,
        application_id=application_id,
        kind=form.kind,
        expected_revision=form.revision,
        reason=form.reason,
        note=form.note,
        to_stage_id=form.to_stage_id,
        held_until=form.held_until,
        evidence_shown=form.evidence,
        letter=form.letter,
    )


def _refuse(request: HttpRequest, application_id: int, back: str, error: Exception) -> HttpResponse:
    """Show the candidate as it stands now, with what went wrong above it; nothing was stored."""
    is_conflict = isinstance(error, ConflictingDecisionError)
    candidate = get_candidate(actor=asker(request), application_id=application_id, with_sheet=False)
    job = get_queue_job(actor=asker(request), job_id=candidate.job_id)
    chosen = filter_of(back)
    around = get_queue(job_id=candidate.job_id, chosen=chosen, at=application_id, today=timezone.localdate())
    response = _show(request, job, chosen, around, problem=str(error), gate_url=_gate_url(error))
    response.status_code = 422 if is_htmx(request) else 409 if is_conflict else 422
    return _into_review(response)


def _gate_url(error: Exception) -> str:
    """Return where the band that interviews wait for is approved, when that is what was wrong."""
    return reverse("requisitions:job_band", args=[error.job_id]) if isinstance(error, InterviewsNotOpenError) else ""


def _go_on(request: HttpRequest, decision: DecisionView, back: str) -> HttpResponse:
    if not back:
        return HttpResponseRedirect(_profile_address(request, decision.application_id, f"done={decision.id}"))
    chosen = filter_of(back)
    around = get_queue(job_id=decision.job_id, chosen=chosen, at=decision.application_id, today=timezone.localdate())
    following = around.next_id or around.previous_id
    return _at(request, decision.job_id, chosen, following, done=decision)


def _profile_address(request: HttpRequest, application_id: int, *fields: str) -> str:
    """Return the address of a profile that still knows the list which it was opened from."""
    came_from = from_query(came_from=read_way(request=request, application_id=application_id))
    query = "&".join(part for part in (*fields, came_from) if part)
    return reverse("review:application", args=[application_id]) + (f"?{query}" if query else "")


def _to_profile(request: HttpRequest, address: str) -> HttpResponse:
    if not is_htmx(request):
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _at(
    request: HttpRequest, job_id: int, chosen: QueueFilter, at: int | None, done: DecisionView | None = None
) -> HttpResponse:
    """Answer with the queue at an application: the panes alone for htmx, else a redirect there."""
    address = f"{reverse('review:queue', args=[job_id])}?{chosen.query(at=at)}"
    if not is_htmx(request):
        return HttpResponseRedirect(f"{address}&done={done.id}" if done else address)
    job = get_queue_job(actor=asker(request), job_id=job_id)
    around = get_queue(job_id=job_id, chosen=chosen, at=at, today=timezone.localdate())
    response = _show(request, job, chosen, around, toast=toast_for(decision=done, back=_back(chosen)) if done else None)
    response["HX-Push-Url"] = address
    return _into_review(response)


def _show(
    request: HttpRequest,
    job: QueueJob,
    chosen: QueueFilter,
    around: Queue,
    *,
    toast: Toast | None = None,
    problem: str = "",
    gate_url: str = "",
) -> HttpResponse:
    candidate = None
    if around.at is not None:
        candidate = get_candidate(actor=asker(request), application_id=around.at, as_text=chosen.as_text)
    context = {
        "job": job,
        "queue": around,
        "chosen": chosen,
        "filters": filter_options(job=job, chosen=chosen),
        "text_query": replace(chosen, as_text=True).query(at=around.at),
        "pages_query": replace(chosen, as_text=False).query(at=around.at),
        "candidate": candidate,
        "astray": () if around.at is None else list_astray(application_id=around.at, now=timezone.now()),
        "back": _back(chosen),
        "reasons": [(reason.value, label) for reason, label in REASON_LABELS.items()],
        "withdraw_reasons": [(reason.value, label) for reason, label in WITHDRAW_LABELS.items()],
        "hold_days": hold_choices(today=timezone.localdate()),
        "contact_errors": {},
        "contact_values": {},
        "is_queue": True,
        **_ways(chosen),
        "is_partial": is_htmx(request),
        "toast": toast,
        "problem": problem,
        "gate_url": gate_url,
    }
    template = "deciding/_review.html" if is_htmx(request) else "deciding/review.html"
    response = render(request, template, context, using="jinja2")
    response["Vary"] = "HX-Request"
    return response


def _ways(chosen: QueueFilter) -> dict[str, object]:
    """Return that the queue leads on by itself, and what tells a profile that it was opened from here."""
    came_from = CameFrom(ListKind.QUEUE, chosen.query())
    return {"way": None, "profile_query": urlencode({"from": write_came_from(came_from=came_from)})}


def _back(chosen: QueueFilter) -> str:
    return chosen.query() or "show=review"


def _into_review(response: HttpResponse) -> HttpResponse:
    response["HX-Retarget"] = "#review"
    response["HX-Reswap"] = "outerHTML"
    return response
