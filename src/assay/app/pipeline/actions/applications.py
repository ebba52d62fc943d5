"""Applications: recorded once per live pursuit, placed by decisions, scored by screening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from assay.app.pipeline.models import Application, Stage
from assay.app.pipeline.news import tell_changed
from assay.app.pipeline.standing import ENDED
from assay.app.requisitions.standing import gate_of_job
from assay.core.pipeline.facts import waits_since
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ScreeningState
from assay.core.pipeline.work_state import WorkState
from assay.core.screening.result import Contact
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from ..funnel import find_job, job_resource
from .persons import find_or_make_person


class BandNotApprovedError(Exception):
    """Raised when an application would be moved into interviews before its job has an approved band."""

    def __init__(self, *, job_id: int, why: str, todo: str) -> None:
        super().__init__(f"{why} {todo}")
        self.job_id = job_id


@dataclass(frozen=True, slots=True)
class RecordedApplication:
    """What ``record_application`` found or made."""

    application_id: int
    person_id: int
    made_person: bool
    made_application: bool


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The part of a screening result that lists show: score and interval 0-100, must-have counts, flag kinds,
    and the strongest counted claim word for word with its page."""

    score: Decimal
    low: Decimal
    high: Decimal
    must_haves_met: int
    must_haves_missing: int
    must_haves_total: int
    flags: tuple[str, ...]
    best_quote: str = ""
    best_quote_page: int | None = None


@transaction.atomic
def record_application(
    *,
    actor: User | None,
    job_id: int,
    contact: Contact,
    source: str,
    applied_at: datetime,
    recorded_at: datetime,
    submitted: Mapping[str, object],
    is_internal: bool = False,
) -> RecordedApplication:
    """Find or make the person (by e-mail) and their live application to the job; keep a snapshot of what came in.

    ``actor`` is None for the applicant themself, who has no account: ``applying`` then answers for the job taking
    applicants. ``recorded_at`` is when we learnt of it: an import may bring somebody who applied long ago.
    A person without an e-mail is always a new person: names alone never join two people.
    They begin in the first stage that needs no approved band. Raises ``Http404`` or ``Forbidden`` when the actor may
    not add applicants to the job, ``BandNotApprovedError`` when all its stages need a band that is not approved.
    """
    job = find_job(job_id=job_id)
    if actor is not None:
        require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=job, user=actor))
    person, made_person = find_or_make_person(job_id=job_id, contact=contact)
    existing = Application.objects.filter(person=person, job=job).exclude(status__in=ENDED).first()
    if existing is not None:
        return RecordedApplication(existing.pk, person.pk, made_person, made_application=False)
    application = Application.objects.create(
        person=person,
        job=job,
        stage=first_stage(job_id=job_id),
        source=source,
        applied_at=applied_at,
        recorded_at=recorded_at,
        submitted=dict(submitted),
        entered_stage_at=waits_since(applied_at=applied_at, recorded_at=recorded_at),
        is_internal=is_internal,
    )
    tell_changed(application_ids=[application.pk])
    record(
        actor=actor,
        verb="application.recorded",
        object_type="application",
        object_id=application.pk,
        data={"job": job.pk, "person": person.pk, "source": source},
    )
    return RecordedApplication(application.pk, person.pk, made_person, made_application=True)


@dataclass(frozen=True, slots=True)
class Work:
    """What an application waits for, since when, from when that is a warning and by when it is due (aware UTC)."""

    state: WorkState
    since: datetime | None
    yellow_at: datetime | None
    due_at: datetime | None
    is_paused: bool


def first_stage(*, job_id: int) -> Stage:
    """Return the stage in which applicants begin: the first that needs no approved band.

    Raises ``BandNotApprovedError`` when every stage of the job needs one which is not there.
    """
    while True:
        stages = list(Stage.objects.filter(job_id=job_id, retired_at=None).order_by("position"))
        begin = next((stage for stage in stages if not StageGroup(stage.group).needs_approved_band), None)
        if begin is None:
            ask_gate(job_id=job_id)
            begin = stages[0]
        if _hold_stage(begin.pk):
            return begin


def _hold_stage(stage_id: int) -> bool:
    """Let nobody take a stage out of its plan until the transaction ends; tell whether it is still in it.

    Taken before an application is written or locked: whoever changes a plan takes locks in the same order.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT retired_at IS NULL FROM pipeline_stage WHERE id = %s FOR SHARE", [stage_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def ask_gate(*, job_id: int) -> None:
    """Raise ``BandNotApprovedError`` when a job's applicants may not be moved into interviews."""
    answer = gate_of_job(job_id=job_id)
    if not answer.is_open:
        raise BandNotApprovedError(job_id=job_id, why=answer.why, todo=answer.todo)


@transaction.atomic
def note_screening(*, application_id: int, state: ScreeningState, summary: ScoreSummary | None) -> None:
    """Repeat the current screening on the application so that lists and filters need one table."""
    Application.objects.filter(pk=application_id).update(
        screening_state=state,
        score=summary.score if summary else None,
        score_low=summary.low if summary else None,
        score_high=summary.high if summary else None,
        must_haves_met=summary.must_haves_met if summary else 0,
        must_haves_missing=summary.must_haves_missing if summary else 0,
        must_haves_total=summary.must_haves_total if summary else 0,
        flags=list(summary.flags) if summary else [],
        best_quote=summary.best_quote[:400] if summary else "",
        best_quote_page=summary.best_quote_page if summary else None,
    )


@transaction.atomic
def index_application(*, application_id: int, text: str, skills: Sequence[str]) -> None:
    """Make an application findable by its person's name, its skills and the words of its documents."""
    person = Application.objects.select_related("person").get(pk=application_id).person
    vector = (
        SearchVector(Value(f"{person.name} {person.email}"), weight="A", config="simple")
        + SearchVector(Value(" ".join(skills)), weight="B", config="simple")
        + SearchVector(Value(text[:200_000]), weight="C", config="english")
    )
    Application.objects.filter(pk=application_id).update(search=vector)
