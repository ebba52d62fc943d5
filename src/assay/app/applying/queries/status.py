"""What a candidate reads on their private page: true, in plain words, and nothing that is not theirs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.app.applying.models import CandidateRequest, Submission
from assay.app.applying.promised import in_words
from assay.app.applying.queries.promised import Promised, promise_of
from assay.app.applying.queries.sent import find_form, list_own_documents, sent_contact
from assay.app.applying.queries.usual import zone_of
from assay.app.applying.rules import words
from assay.app.interviewing.queries.candidate_zones import list_candidate_zones
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.interviewing.queries.remaining import list_remaining
from assay.app.pipeline.funnel import find_application
from assay.app.pipeline.models import Application
from assay.app.pipeline.queries.continuing import list_one_pursuit
from assay.app.postings.public_queries import find_public_title
from assay.app.screening.queries import get_current_screening
from assay.core.applying.standing import Step, steps_of, words_for
from assay.core.applying.states import RequestKind, RequestState
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.knowledge.applying.sheets import StandingNote

CONTACT_LABELS = {"name": "Name", "email": "E-mail", "phone": "Phone", "location": "Where you live", "links": "Links"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview as its candidate sees it; times are aware UTC, shown in ``zone``."""

    starts_at: datetime
    ends_at: datetime
    state: str
    zone: str


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

    ``earlier`` is the title of the advert they answered where it goes on for another job, ``pursuit`` all applications
    that are this one. Where not ``is_mailed``, contact and documents are those that came with the form.
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
    earlier: str
    is_mailed: bool
    pursuit: tuple[int, ...]


def get_status(*, application_id: int, is_mailed: bool, now: datetime) -> StatusView:
    """Return the private page of an application. Whoever calls this holds its private address.

    ``is_mailed`` tells that the address came by letter. Otherwise whoever holds it may have typed somebody else's
    e-mail address, and sees nothing that did not come with the form.
    """
    application = find_application(application_id=application_id)
    status, group = ApplicationStatus(application.status), StageGroup(application.stage.group)
    now_words, next_words = _standing_words(status, group)
    promised = promise_of(application_id=application_id, now=now) if status.is_live else None
    zone = zone_of(job_id=application.job_id, now=now)
    meetings = _meetings(application_id, zone)
    pursuit = list_one_pursuit(application_id=application_id, follows_joins=is_mailed)
    form = find_form(application_id=application_id, pursuit=pursuit)
    contact = _contact(application) if is_mailed else sent_contact(application=application)
    documents = list_own_documents(application_id=application_id, form=form, is_mailed=is_mailed)
    return StatusView(
        application_id=application_id,
        job_id=application.job_id,
        title=_title(form, application),
        applied_at=application.applied_at,
        status=status,
        is_live=status.is_live,
        is_erased=bool(application.submitted.get("erased")),
        now_words=now_words,
        next_words=next_words,
        steps=steps_of(group=group, has_ended=not status.is_live and status is not ApplicationStatus.HIRED),
        promised=promised,
        promised_words=in_words(moment=promised.at, zone=zone) if promised else "",
        zone=zone,
        meetings=meetings,
        hours_so_far=_hours(meetings, "held"),
        hours_planned=_hours(meetings, "scheduled"),
        hours_in_all=_hours_in_all(application, meetings) if status.is_live else None,
        automated=_automated(application_id),
        contact=tuple((label, contact.get(name, "")) for name, label in CONTACT_LABELS.items()),
        contact_fields={name: contact.get(name, "") for name in CONTACT_LABELS},
        documents=tuple((one.name, one.size, one.received_at) for one in documents),
        answers=tuple((one["question"], one["answer"]) for one in form.answers) if form else (),
        consent=dict(form.consent) if form else {},
        requests=list_asked(application_ids=pursuit),
        earlier=_earlier(form, application),
        is_mailed=is_mailed,
        pursuit=pursuit,
    )


def _standing_words(status: ApplicationStatus, group: StageGroup) -> tuple[str, str]:
    sheet = words()
    return words_for(status=status, group=group, stages=_pairs(sheet.stages), endings=_pairs(sheet.endings))


def list_asked(*, application_ids: Collection[int]) -> tuple[AskedView, ...]:
    """Return what the candidate asked for, the newest first; what the house asked itself is left out."""
    labels = words().requests
    rows = CandidateRequest.objects.filter(application_id__in=list(application_ids)).order_by("-asked_at", "-id")
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


def _title(form: Submission | None, application: Application) -> str:
    """Return the name under which the job was advertised; its own name is for the inside."""
    if form is not None and form.application_id == application.pk and form.fields.get("title"):
        return str(form.fields["title"])
    return find_public_title(job_id=application.job_id) or "Your application"


def _earlier(form: Submission | None, application: Application) -> str:
    if form is None or form.application_id == application.pk:
        return ""
    return str(form.fields.get("title", ""))


def _pairs(notes: dict[str, StandingNote]) -> dict[str, tuple[str, str]]:
    return {key: (note.now, note.next) for key, note in notes.items()}


def _meetings(application_id: int, office: str) -> tuple[Meeting, ...]:
    facts = list_interview_facts(application_ids=[application_id]).get(application_id, ())
    zones = list_candidate_zones(application_id=application_id, office=office)
    return tuple(Meeting(fact.starts_at, fact.ends_at, fact.state, zones[fact.interview_id]) for fact in facts)


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


def _contact(application: Application) -> Mapping[str, str]:
    person = application.person
    found = {name: str(getattr(person, name)) for name in ("name", "email", "phone", "location")}
    return {**found, "links": "\n".join(person.links)}
