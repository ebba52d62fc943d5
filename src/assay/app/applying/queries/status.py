"""What a candidate reads on their private page: true, in plain words, and nothing that is not theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.app.applying.models import CandidateRequest, Submission
from assay.app.applying.promised import in_words
from assay.app.applying.queries.promised import Promised, promise_of
from assay.app.applying.queries.usual import zone_of
from assay.app.applying.rules import words
from assay.app.documents.queries import list_documents
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.interviewing.queries.remaining import list_remaining
from assay.app.pipeline.funnel import find_application
from assay.app.pipeline.models import Application
from assay.app.screening.queries import get_current_screening
from assay.core.applying.standing import Step, steps_of, words_for
from assay.core.applying.states import RequestKind, RequestState
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.knowledge.applying.sheets import StandingNote


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview as its candidate sees it; times are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """Something the candidate asked for."""

    id: int
    kind: RequestKind
    label: str
    state: RequestState
    text: str
    asked_at: datetime
    answer: str
    handled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatusView:
    """The page: where they stand, what comes next and by when, what was automated, what is stored.

    ``hours_so_far`` counts interviews held, ``hours_planned`` those still to come that are arranged,
    ``hours_in_all`` these and what the job's plan still holds (None where it holds no plan or all is over).
    """

    application_id: int
    job_id: int
    title: str
    applied_at: datetime
    status: ApplicationStatus
    is_live: bool
    is_erased: bool
    now_words: str
    next_words: str
    steps: tuple[Step, ...]
    promised: Promised | None
    promised_words: str
    zone: str
    meetings: tuple[Meeting, ...]
    hours_so_far: float
    hours_planned: float
    hours_in_all: float | None
    automated: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    contact_fields: dict[str, str]
    documents: tuple[tuple[str, int, datetime], ...]
    answers: tuple[tuple[str, str], ...]
    consent: dict[str, object]
    requests: tuple[AskedView, ...]


def get_status(*, application_id: int, now: datetime) -> StatusView:
    """Return the private page of an application. Whoever calls this holds its private address."""
    application = find_application(application_id=application_id)
    status = ApplicationStatus(application.status)
    group = StageGroup(application.stage.group)
    sheet = words()
    standing = words_for(status=status, group=group, stages=_pairs(sheet.stages), endings=_pairs(sheet.endings))
    meetings = _meetings(application_id)
    promised = promise_of(application_id=application_id, now=now) if status.is_live else None
    zone = zone_of(job_id=application.job_id, now=now)
    submission = Submission.objects.filter(application_id=application_id).first()
    return StatusView(
        application_id=application_id,
        job_id=application.job_id,
        title=_title(submission, application),
        applied_at=application.applied_at,
        status=status,
        is_live=status.is_live,
        is_erased=bool(application.submitted.get("erased")),
        now_words=standing[0],
        next_words=standing[1],
        steps=steps_of(group=group, has_ended=not status.is_live and status is not ApplicationStatus.HIRED),
        promised=promised,
        promised_words=in_words(moment=promised.at, zone=zone) if promised else "",
        zone=zone,
        meetings=meetings,
        hours_so_far=_hours(meetings, "held"),
        hours_planned=_hours(meetings, "scheduled"),
        hours_in_all=_hours_in_all(application, meetings) if status.is_live else None,
        automated=_automated(application_id),
        contact=_contact(application),
        contact_fields={name: getattr(application.person, name) for name in ("name", "email", "phone", "location")},
        documents=tuple((one.name, one.size, one.received_at) for one in list_documents(application_id=application_id)),
        answers=tuple((one["question"], one["answer"]) for one in submission.answers) if submission else (),
        consent=dict(submission.consent) if submission else {},
        requests=list_asked(application_id=application_id),
    )


def list_asked(*, application_id: int) -> tuple[AskedView, ...]:
    """Return what the candidate asked for, the newest first; what the house asked itself is left out."""
    labels = words().requests
    rows = CandidateRequest.objects.filter(application_id=application_id).order_by("-asked_at", "-id")
    return tuple(
        AskedView(
            id=row.pk,
            kind=RequestKind(row.kind),
            label=labels.get(row.kind, row.kind),
            state=RequestState(row.state),
            text=row.text,
            asked_at=row.asked_at,
            answer=row.answer,
            handled_at=row.handled_at,
        )
        for row in rows
        if "submission" not in row.details
    )


def _title(submission: Submission | None, application: Application) -> str:
    """Return the name under which the job was advertised; its own name is for the inside."""
    return str((submission.fields.get("title") if submission else "") or application.job.title)


def _pairs(notes: dict[str, StandingNote]) -> dict[str, tuple[str, str]]:
    return {key: (note.now, note.next) for key, note in notes.items()}


def _meetings(application_id: int) -> tuple[Meeting, ...]:
    facts = list_interview_facts(application_ids=[application_id]).get(application_id, ())
    return tuple(Meeting(fact.starts_at, fact.ends_at, fact.state) for fact in facts)


def _hours(meetings: tuple[Meeting, ...], state: str) -> float:
    length = sum((one.ends_at - one.starts_at for one in meetings if one.state == state), timedelta())
    return length.total_seconds() / 3600


def _hours_in_all(application: Application, meetings: tuple[Meeting, ...]) -> float | None:
    rest = list_remaining(application_id=application.pk, job_id=application.job_id)
    asked = _hours(meetings, "held") + _hours(meetings, "scheduled") + sum(talk.minutes for talk in rest) / 60
    return asked or None


def _automated(application_id: int) -> tuple[str, ...]:
    texts = words().automated
    screening = get_current_screening(application_id=application_id)
    if screening is None:
        return (texts.none, texts.people)
    return (texts.done.replace("{version}", screening.result.rules_version), texts.people)


def _contact(application: Application) -> tuple[tuple[str, str], ...]:
    person = application.person
    return (
        ("Name", person.name),
        ("E-mail", person.email),
        ("Phone", person.phone),
        ("Where you live", person.location),
        ("Links", "\n".join(person.links)),
    )
