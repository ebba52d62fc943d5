"""Corrections to what is known of a person."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from assay.app.pipeline.models import Application, Job, Person
from assay.app.pipeline.standing import with_address
from assay.platform.access.gate import Forbidden, ask, require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from ..funnel import find_application, job_resource

EDITABLE_FIELDS = ("name", "email", "phone", "location")
LONGEST = {field.name: field.max_length or 0 for field in Person._meta.fields if field.name in EDITABLE_FIELDS}


class ContactError(ValueError):
    """Raised when a correction cannot be stored; ``field`` says which one."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def correct_contact(*, actor: User | None, application_id: int, fields: Mapping[str, str]) -> None:
    """Store corrected contact fields of an application's person. What was submitted stays in the snapshot.

    ``actor`` is None for the person themself, on their private page.
    Raises ``ContactError`` for a bad or taken e-mail address.
    """
    application = find_application(application_id=application_id)
    if actor is not None:
        require(actor=actor, action=Action.EDIT_APPLICANT, resource=job_resource(job=application.job, user=actor))
    person = Person.objects.select_for_update().get(pk=application.person_id)
    if actor is not None:
        _require_all_jobs(actor=actor, person=person)
    changed = {}
    for field in EDITABLE_FIELDS:
        value = " ".join(fields.get(field, getattr(person, field)).replace("\0", "").split())
        limit = LONGEST[field]
        if len(value) > limit:
            raise ContactError(field=field, message=f"At most {limit} characters fit here.")
        if value != getattr(person, field):
            changed[field] = value
            setattr(person, field, value)
    if not changed:
        return
    if changed.get("email"):
        _check_email(person=person)
    person.save(update_fields=list(changed))
    record(
        actor=actor,
        verb="person.corrected",
        object_type="person",
        object_id=person.pk,
        data={"fields": sorted(changed), "application": application_id},
    )


@transaction.atomic
def mark_internal(*, actor: User, application_id: int, is_internal: bool) -> None:
    """Note that an applicant already works here, or does not; what is so already stays as it is.

    Raises ``Http404`` or ``Forbidden`` when the actor may not change applicants of the job.
    """
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.EDIT_APPLICANT, resource=job_resource(job=application.job, user=actor))
    changed = Application.objects.filter(pk=application_id, is_internal=not is_internal).update(is_internal=is_internal)
    if changed:
        verb = "application.marked_internal" if is_internal else "application.marked_external"
        record(actor=actor, verb=verb, object_type="application", object_id=application_id)


def _require_all_jobs(*, actor: User, person: Person) -> None:
    """Raise ``Forbidden`` unless the actor may correct applicants of every job that this person applied to."""
    for job in Job.objects.filter(applications__person=person).distinct():
        if not ask(actor=actor, action=Action.EDIT_APPLICANT, resource=job_resource(job=job, user=actor)).allowed:
            raise Forbidden("Only a recruiter can correct how this person is reached.")


def _check_email(*, person: Person) -> None:
    try:
        validate_email(person.email)
    except ValidationError as error:
        raise ContactError(field="email", message="This is not an e-mail address.") from error
    beside = Person.objects.filter(walled_by=person.walled_by_id).exclude(pk=person.pk)
    if with_address(people=beside, email=person.email).exists():
        raise ContactError(field="email", message="Another person already has this address.")
