"""Open requests of candidates, for those who may answer them: the longest waiting first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from assay.app.applying.models import CandidateRequest
from assay.app.applying.queries.facts import request_label
from assay.app.applying.queries.submissions import SentView, get_second_form
from assay.app.clocks.rulebook import Rulebook, load_rulebook
from assay.app.pipeline.funnel import job_resource, visible_jobs
from assay.core.applying.states import RequestKind, RequestState
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.timing import time_clock
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

MOST = 200


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as a list shows it. ``due_at`` (aware UTC) is None where requests have no clock."""

    id: int
    application_id: int
    person: str
    job_id: int
    job: str
    kind: RequestKind
    label: str
    text: str
    asked_at: datetime
    state: RequestState
    due_at: datetime | None
    is_near: bool
    is_broken: bool
    answer: str = ""
    handled_by: str = ""
    handled_at: datetime | None = None
    second_form: SentView | None = None


def list_requests(*, user: User, now: datetime, is_open: bool = True) -> tuple[RequestRow, ...]:
    """Return the requests that ``user`` may answer, the longest waiting first; handled ones the newest first.

    What makes a process work for somebody is told to those who arrange it and to nobody else who sees the job.
    """
    rows = CandidateRequest.objects.filter(application__job__in=visible_jobs(user=user))
    rows = rows.select_related("application__job", "application__person", "handled_by")
    rows = (
        rows.filter(state=RequestState.OPEN).order_by("asked_at", "id")
        if is_open
        else rows.exclude(state=RequestState.OPEN).order_by("-handled_at", "-id")
    )
    book = load_rulebook(now=now)
    answered: dict[int, bool] = {}
    found = []
    for row in rows[:MOST]:
        job = row.application.job
        if job.pk not in answered:
            resource = job_resource(job=job, user=user)
            answered[job.pk] = ask(actor=user, action=Action.ANSWER_CANDIDATES, resource=resource).allowed
        if answered[job.pk]:
            found.append(_row(row, now, book))
    return tuple(found)


def get_request(*, user: User, request_id: int, now: datetime) -> RequestRow:
    """Return one request. Raises ``Http404``, or ``Forbidden`` for whoever sees the job and answers nobody on it."""
    rows = CandidateRequest.objects.select_related("application__job", "application__person", "handled_by")
    row = rows.filter(pk=request_id).first()
    if row is None:
        raise Http404("There is no such request.")
    job = row.application.job
    require(actor=user, action=Action.ANSWER_CANDIDATES, resource=job_resource(job=job, user=user))
    return _row(row, now, load_rulebook(now=now))


def _row(row: CandidateRequest, now: datetime, book: Rulebook) -> RequestRow:
    application = row.application
    setting = book.setting(kind=ClockKind.REQUEST, job_id=application.job_id, stage_id=application.stage_id)
    timing = time_clock(started_at=row.asked_at, pauses=(), limit=setting.limit, ruler=setting.ruler)
    due = None if setting.limit.is_off else timing.due_at
    is_open = row.state == RequestState.OPEN
    second = str(row.details.get("submission", ""))
    return RequestRow(
        id=row.pk,
        application_id=application.pk,
        person=application.person.name or application.person.email or "Somebody without a name",
        job_id=application.job_id,
        job=application.job.title,
        kind=RequestKind(row.kind),
        label=request_label(row),
        text=row.text,
        asked_at=row.asked_at,
        state=RequestState(row.state),
        due_at=due,
        is_near=is_open and timing.yellow_at is not None and now >= timing.yellow_at,
        is_broken=is_open and due is not None and now > due,
        answer=row.answer,
        handled_by=row.handled_by.display_name if row.handled_by else "",
        handled_at=row.handled_at,
        second_form=get_second_form(submission_id=second) if second else None,
    )
