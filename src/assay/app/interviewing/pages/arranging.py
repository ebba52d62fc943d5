"""Arranging an interview with a candidate, moving it, and saying how it ended."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.deciding.desk import get_candidate
from assay.app.deciding.frame import CandidateTab, frame_context
from assay.app.interviewing.actions.arranging import Told, arrange, change
from assay.app.interviewing.actions.checking import NeedsConfirming
from assay.app.interviewing.actions.ending import cancel, excuse, mark
from assay.app.interviewing.actions.letters import usual_words
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.along import find_along
from assay.app.interviewing.forms import number_of, read_arrangement, read_free, read_planned_id
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.panel import PanelChoice, list_panel_choices
from assay.app.interviewing.queries.interviews import InterviewView, get_interview, list_of_application
from assay.app.interviewing.queries.plans import PlannedView, list_planned_for
from assay.app.interviewing.zones import office_zone, zone_choices
from assay.app.messaging.news import letter_news
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.core.interviewing.states import InterviewState
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User

_SATURDAY = 5


@requires(Action.SCHEDULE_INTERVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, application_id: int) -> HttpResponse:
    """Arrange an interview: a planned one, or one of its own."""
    actor = asker(request)
    candidate = get_candidate(actor=actor, application_id=application_id, with_sheet=False)
    get_job(actor=actor, job_id=candidate.job_id, action=Action.SCHEDULE_INTERVIEWS)
    if request.method != "POST":
        return _new_form(request, application_id, _first_values(request, application_id, candidate.stage.stage_id))
    fields = request.POST
    try:
        told = arrange(
            actor=actor,
            application_id=application_id,
            planned_id=read_planned_id(fields=fields),
            free=read_free(fields=fields),
            when=read_arrangement(fields=fields),
            with_letter=fields.get("letter") == "on",
            about=fields.get("about", ""),
            is_confirmed=fields.get("confirmed") == "1",
            move_seen=number_of(fields.get("seen", "")) if fields.get("move") == "on" else None,
        )
    except InterviewRefused as error:
        return _new_form(request, application_id, fields, error)
    messages.success(request, _said("Arranged.", told, fields, actor))
    address = reverse("interviewing:of_application", args=[application_id])
    return redirect(address if told.decision_id is None else f"{address}?done={told.decision_id}")


@requires(Action.SCHEDULE_INTERVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Give an interview another time, place or panel."""
    actor = asker(request)
    interview = get_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    if request.method != "POST":
        return _move_form(request, interview, _values_of(interview))
    fields = request.POST
    try:
        told = change(
            actor=actor,
            interview_id=interview_id,
            seen_revision=number_of(fields.get("revision", "")),
            when=read_arrangement(fields=fields),
            with_letter=fields.get("letter") == "on",
            is_confirmed=fields.get("confirmed") == "1",
        )
    except ChangedMeanwhile as error:
        fresh = get_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
        return _move_form(request, fresh, _values_of(fresh), error)
    except InterviewRefused as error:
        return _move_form(request, interview, fields, error)
    messages.success(request, _said("Changed.", told, fields, actor))
    return redirect("interviewing:of_application", interview.application_id)


@requires(Action.SCHEDULE_INTERVIEWS)
@require_POST
def call_off(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Cancel an interview with a reason."""
    actor = asker(request)
    interview = get_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    try:
        told = cancel(
            actor=actor,
            interview_id=interview_id,
            why=request.POST.get("why", ""),
            with_letter=request.POST.get("letter") == "on",
        )
    except InterviewRefused as error:
        return _move_form(request, interview, _values_of(interview), error)
    messages.success(request, _said("Called off.", told, request.POST, actor))
    return redirect("interviewing:of_application", interview.application_id)


@requires(Action.SCHEDULE_INTERVIEWS)
@require_POST
def mark_as(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Say that it was held, or that the candidate did not come."""
    actor = asker(request)
    interview = get_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    is_missed = request.POST.get("state") == InterviewState.NO_SHOW
    try:
        mark(
            actor=actor,
            interview_id=interview_id,
            state=InterviewState.NO_SHOW if is_missed else InterviewState.HELD,
        )
    except InterviewRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Noted that the candidate did not come." if is_missed else "Noted as held.")
    return redirect("interviewing:of_application", interview.application_id)


@requires(Action.SCHEDULE_INTERVIEWS)
@require_POST
def excuse_from(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Excuse somebody of the panel from a card, or ask them for one again."""
    actor = asker(request)
    interview = get_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    is_excused = request.POST.get("to") != "ask"
    user_id = number_of(request.POST.get("user", ""))
    try:
        excuse(actor=actor, interview_id=interview_id, user_id=user_id, is_excused=is_excused)
    except InterviewRefused as error:
        messages.error(request, str(error))
    return redirect("interviewing:of_application", interview.application_id)


def _new_form(
    request: HttpRequest, application_id: int, values: QueryDict, error: InterviewRefused | None = None
) -> HttpResponse:
    actor = asker(request)
    candidate = get_candidate(actor=actor, application_id=application_id, with_sheet=False)
    job = get_job(actor=actor, job_id=candidate.job_id, action=Action.SCHEDULE_INTERVIEWS)
    people = list_panel_choices(job=job)
    context = {
        **frame_context(request=request, actor=actor, candidate=candidate, at=CandidateTab.INTERVIEWS),
        **_around(values, error),
        "job": job,
        "people": people,
        "zones": _zones(job, people, values),
        "planned": list_planned_for(job=job),
        "labels": competency_labels(),
        "interview": None,
        "along": find_along(job=job, candidate=candidate, planned_id=number_of(values.get("planned", ""))),
    }
    status = 409 if isinstance(error, ChangedMeanwhile) else 422 if error else 200
    return render(request, "interviewing/arrange.html", context, using="jinja2", status=status)


def _move_form(
    request: HttpRequest, interview: InterviewView, values: QueryDict, error: InterviewRefused | None = None
) -> HttpResponse:
    actor = asker(request)
    candidate = get_candidate(actor=actor, application_id=interview.application_id, with_sheet=False)
    job = get_job(actor=actor, job_id=interview.job_id, action=Action.SCHEDULE_INTERVIEWS)
    people = list_panel_choices(job=job)
    context = {
        **frame_context(request=request, actor=actor, candidate=candidate, at=CandidateTab.INTERVIEWS),
        **_around(values, error),
        "job": job,
        "people": people,
        "zones": _zones(job, people, values),
        "labels": competency_labels(),
        "interview": interview,
    }
    status = 409 if isinstance(error, ChangedMeanwhile) else 422 if error else 200
    return render(request, "interviewing/arrange.html", context, using="jinja2", status=status)


def _around(values: QueryDict, error: InterviewRefused | None) -> dict[str, object]:
    return {
        "values": values,
        "panel_ids": set(values.getlist("panel")),
        "focus_ids": set(values.getlist("focus")),
        "error": error,
        "warnings": error.warnings if isinstance(error, NeedsConfirming) else (),
    }


def _zones(job: JobView, people: tuple[PanelChoice, ...], values: QueryDict) -> list[tuple[str, str]]:
    """Return the zones to choose from: those chosen, the office's, those of the hiring team, then the others."""
    chosen = (values.get("time_zone", ""), values.get("candidate_zone", ""))
    team = {member.user_id for member in job.team}
    near = [one.time_zone for one in people if one.user_id in team or str(one.user_id) in values.getlist("panel")]
    return zone_choices(near=(*chosen, office_zone(job_id=job.id), *near))


def _first_values(request: HttpRequest, application_id: int, stage_id: int) -> QueryDict:
    """Return the form as it begins: the planned interview asked for, the next weekday at ten, its usual panel."""
    actor = asker(request)
    candidate = get_candidate(actor=actor, application_id=application_id, with_sheet=False)
    job = get_job(actor=actor, job_id=candidate.job_id)
    asked = request.GET.get("planned", "")
    chosen = None if asked == "0" else _choose(list_planned_for(job=job), number_of(asked), stage_id)
    earlier = list_of_application(application_id=application_id)
    zone = next((one.candidate_zone for one in reversed(earlier) if one.candidate_zone), "")
    values = _blank(actor, timezone.now())
    values["candidate_zone"] = zone
    values["letter"] = "on"
    if chosen is not None:
        values["planned"], values["minutes"] = str(chosen.id), str(chosen.kit.minutes)
        values["about"] = usual_words(format_id=chosen.kit.format)
        values.setlist("panel", [str(seat.user_id) for seat in chosen.panel])
        along = find_along(job=job, candidate=candidate, planned_id=chosen.id)
        values["move"] = "on" if along is not None and along.is_ahead else ""
    return values


def _choose(planned: tuple[PlannedView, ...], asked: int, stage_id: int) -> PlannedView | None:
    named = next((one for one in planned if one.id == asked), None)
    return named or next((one for one in planned if one.stage_id == stage_id), None) or next(iter(planned), None)


def _blank(actor: User, now: datetime) -> QueryDict:
    values = QueryDict(mutable=True)
    local = now.astimezone(ZoneInfo(actor.time_zone)) + timedelta(days=1)
    while local.weekday() >= _SATURDAY:
        local += timedelta(days=1)
    values.update({"day": local.date().isoformat(), "at": "10:00", "minutes": "60", "time_zone": actor.time_zone})
    return values


def _values_of(interview: InterviewView) -> QueryDict:
    values = QueryDict(mutable=True)
    local = interview.starts_at.astimezone(ZoneInfo(interview.time_zone))
    values.update(
        {
            "day": local.date().isoformat(),
            "at": f"{local:%H:%M}",
            "minutes": str(interview.minutes),
            "time_zone": interview.time_zone,
            "candidate_zone": interview.candidate_zone,
            "place": interview.place,
            "letter": "on",
        }
    )
    values.setlist("panel", [str(seat.user_id) for seat in interview.panel if not seat.is_excused])
    return values


def _said(done: str, told: Told, fields: QueryDict, reader: User) -> str:
    if told.has_letter:
        return letter_news(
            reader=reader, said=f"{done} The candidate is told by mail.", goes="The letter goes by itself."
        )
    return f"{done} No letter goes out; tell the candidate yourself." if fields.get("letter") == "on" else done
