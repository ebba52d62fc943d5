"""My interviews, the kit of one, and all interviews of a candidate with their cards."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assay.app.deciding.desk import get_candidate
from assay.app.deciding.frame import CandidateTab, frame_context
from assay.app.deciding.news import news_of
from assay.app.interviewing.bank import format_labels
from assay.app.interviewing.queries.cards import get_cards
from assay.app.interviewing.queries.interviews import list_mine
from assay.app.interviewing.queries.kits import get_kit
from assay.app.interviewing.queries.plans import list_planned_for
from assay.app.interviewing.queries.remaining import list_remaining
from assay.app.pipeline.queries.jobs import get_job
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.USE_INBOX)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the interviews that somebody holds, and the cards they owe."""
    actor, now = asker(request), timezone.now()
    today = now.astimezone(ZoneInfo(actor.time_zone)).date()
    context = {"mine": list_mine(actor=actor, now=now), "today": today, "now": now, "zone": ZoneInfo(actor.time_zone)}
    return render(request, "interviewing/mine.html", context, using="jinja2")


@requires(Action.SEE_APPLICANTS)
@require_safe
def interview(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Show the kit of one interview."""
    kit = get_kit(actor=asker(request), interview_id=interview_id)
    context = {"kit": kit, "interview": kit.interview, "formats": format_labels(), "now": timezone.now()}
    return render(request, "interviewing/interview.html", context, using="jinja2")


@requires(Action.SEE_APPLICANTS)
@require_safe
def of_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show a candidate's interviews, and the cards side by side as far as they are open to the person looking."""
    actor = asker(request)
    candidate = get_candidate(actor=actor, application_id=application_id, with_sheet=False)
    job = get_job(actor=actor, job_id=candidate.job_id)
    cards = get_cards(actor=actor, application_id=application_id)
    open_ids = {one.planned_id for one in list_remaining(application_id=application_id, job_id=job.id)}
    context = {
        **frame_context(request=request, actor=actor, candidate=candidate, at=CandidateTab.INTERVIEWS),
        "toast": news_of(request, back=""),
        "cards": cards,
        "job": job,
        "can_schedule": Action.SCHEDULE_INTERVIEWS in job.can,
        "can_read": Action.SEE_DECISIONS in job.can,
        "to_arrange": [one for one in list_planned_for(job=job) if one.id in open_ids],
        "me": actor.pk,
        "now": timezone.now(),
    }
    return render(request, "interviewing/of_application.html", context, using="jinja2")
