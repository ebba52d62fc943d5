"""An application to a further job, made from one that is there: the same person, snapshot and way in."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from assay.app.pipeline.models import Application, Job, Person
from assay.app.pipeline.news import tell_changed
from assay.app.pipeline.standing import ENDED, known_people, wall_of
from assay.core.pipeline.status import JobStatus, ScreeningState
from assay.core.screening.result import Contact
from assay.platform.access.gate import Forbidden, require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from ..funnel import find_application, find_job, job_resource
from .applications import BandNotApprovedError, first_stage, index_application
from .persons import hold_people, new_person


class NotThereError(ValueError):
    """Raised when somebody cannot be considered for another job; the message says why."""


@dataclass(frozen=True, slots=True)
class OpenedElsewhere:
    """The application that was made: its id, its job and its person (another record behind a wall)."""

    application_id: int
    job_id: int
    person_id: int


def hold_rows(*, application_ids: tuple[int, ...]) -> None:
    """Let nobody else change these applications, or merge their people, until the transaction ends."""
    people = Application.objects.filter(pk__in=application_ids).values_list("person_id", flat=True)
    hold_people(person_ids=set(people))
    list(Application.objects.select_for_update(of=("self",)).filter(pk__in=application_ids).order_by("pk"))


@transaction.atomic
def open_elsewhere(
    *, actor: User, application_id: int, to_job_id: int, is_transfer: bool, has_documents: bool
) -> OpenedElsewhere:
    """Make an application of the same person to another job, in its first stage, and return it.

    Called by deciding, which moves the documents along and writes the audit event. Somebody behind the wall of a
    confidential job comes in there as somebody new, or as whom that job knows by their address. Raises
    ``NotThereError`` for the same job, one that is closed or that ``actor`` may not add applicants to, and when they
    apply there already.
    """
    old = find_application(application_id=application_id)
    job = _target(actor, old, to_job_id)
    now = timezone.now()
    person = _person_for(Person.objects.get(pk=hold_people(person_ids=[old.person_id])[old.person_id]), job)
    if Application.objects.filter(person=person, job=job).exclude(status__in=ENDED).exists():
        raise NotThereError(f"{old.person} already applies to {job.title}.")
    try:
        with transaction.atomic():
            made = Application.objects.create(
                person=person,
                job=job,
                stage=first_stage(job_id=job.pk),
                source=old.source,
                applied_at=now,
                recorded_at=now,
                entered_stage_at=now,
                submitted=old.submitted,
                is_internal=old.is_internal,
                transferred_from=old if is_transfer else None,
                screening_state=ScreeningState.WAITING if has_documents else ScreeningState.NO_DOCUMENT,
            )
    except IntegrityError as error:
        raise NotThereError(f"{old.person} already applies to {job.title}.") from error
    except BandNotApprovedError as error:
        raise NotThereError(str(error)) from error
    index_application(application_id=made.pk, text="", skills=())
    tell_changed(application_ids=[made.pk])
    return OpenedElsewhere(made.pk, job.pk, person.pk)


@transaction.atomic
def unlink_transfer(*, application_id: int) -> None:
    """Forget which application this one came from, so that the older one can be transferred again."""
    Application.objects.filter(pk=application_id).update(transferred_from=None)


def _target(actor: User, old: Application, to_job_id: int) -> Job:
    try:
        job = find_job(job_id=to_job_id)
        require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=job, user=actor))
    except (Http404, Forbidden) as error:
        raise NotThereError("Choose a job from the list: you may not add applicants to another.") from error
    if job.pk == old.job_id:
        raise NotThereError("They apply to this job already. Choose another.")
    if job.status != JobStatus.OPEN:
        raise NotThereError(f"{job.title} is closed and takes no applicants.")
    return job


def _person_for(person: Person, job: Job) -> Person:
    """Return the record under which the job may know this human: what is behind a wall stays behind it."""
    if person.walled_by_id in (None, job.pk):
        return person
    known = known_people(job_id=job.pk, emails={person.email.lower()} - {""})
    if known:
        return Person.objects.get(pk=known[person.email.lower()])
    contact = Contact(person.name, person.email, person.phone, person.location, tuple(map(str, person.links)))
    made = new_person(contact=contact, wall=wall_of(job_id=job.pk))
    made.save(force_insert=True)
    return made
