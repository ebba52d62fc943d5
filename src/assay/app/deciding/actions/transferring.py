"""An application that goes on in another job, or is considered there as well."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import ApplicationStanding, stand_for, standing_of
from assay.app.documents.actions import copy_documents
from assay.app.documents.queries import list_documents
from assay.app.pipeline.actions.elsewhere import (
    NotThereError,
    OpenedElsewhere,
    hold_rows,
    open_elsewhere,
    unlink_transfer,
)
from assay.app.pipeline.funnel import find_application
from assay.app.screening.actions import request_screening
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, Landing, check_decision, land
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from .placing import overtaken, place, read_note, twins_of, write

_NOTHING_TO_TAKE_BACK = (
    "This transfer was taken back before, or two records of one person were merged. Transfer the application again, or"
    " undo the merge on the person's page."
)


@dataclass(frozen=True, slots=True)
class Transferred:
    """A transfer: the decision that ended the older application, and the application that goes on."""

    decision_id: int
    application_id: int


@transaction.atomic
def transfer(
    *, actor: User, application_id: int, expected_revision: int, to_job_id: int, note: str = ""
) -> Transferred:
    """End an application here and let it go on in another job, with its documents, screened against that role.

    Sent twice by the same person, it counts once. Raises ``Http404`` or ``Forbidden`` without access to the older one,
    ``IllegalDecisionError`` when it has ended or cannot go there (they apply there, it is closed, the actor may not add
    applicants there), ``ConflictingDecisionError`` when it is no longer at ``expected_revision``.
    """
    stand_for(actor=actor, action=Action.DECIDE, application_id=application_id)
    hold_rows(application_ids=(application_id,))
    standing = standing_of(application_id=application_id)
    if standing.revision != expected_revision:
        return _sent_before(standing, expected_revision, actor, to_job_id)
    kind = DecisionKind.TRANSFER
    check_decision(kind=kind, standing=standing.standing, reason=None, note="")
    landing = _ending(standing)
    made = _open(actor, application_id, to_job_id, is_transfer=True)
    place(standing=standing, landing=landing)
    _bring_documents(actor, application_id, made)
    decision = Decision(kind=kind.value, note=read_note(note))
    data = {"to_application": made.application_id}
    pk = write(decision=decision, standing=standing, landing=landing, actor=actor, data=data)
    _record(actor, "application.transferred_in", made, application_id)
    return Transferred(pk, made.application_id)


@transaction.atomic
def consider_for(*, actor: User, application_id: int, to_job_id: int) -> int:
    """Consider an applicant for another job as well and return the id of the application there.

    The older one goes on as it is. Raises ``Http404`` or ``Forbidden`` without access, ``IllegalDecisionError`` when
    they cannot be considered there.
    """
    stand_for(actor=actor, action=Action.SEE_APPLICANTS, application_id=application_id)
    made = _open(actor, application_id, to_job_id, is_transfer=False)
    _bring_documents(actor, application_id, made)
    _record(actor, "application.considered", made, application_id)
    return made.application_id


def take_transfer_back(*, actor: User, standing: ApplicationStanding) -> None:
    """End the application that a transfer made, before the older one is taken up again by an undo.

    Raises ``IllegalDecisionError`` when somebody has decided on it since, or when it was taken back before.
    """
    newer = getattr(find_application(application_id=standing.application_id), "transferred_to", None)
    if newer is None:
        raise IllegalDecisionError(_NOTHING_TO_TAKE_BACK)
    hold_rows(application_ids=(standing.application_id, newer.pk))
    there = standing_of(application_id=newer.pk)
    stands = Decision.objects.filter(application_id=newer.pk, undone_by__isnull=True).exclude(kind=DecisionKind.UNDO)
    if stands.exists() or there.status is not ApplicationStatus.ACTIVE:
        message = f"Somebody has decided on it in {newer.job.title} since. Transfer it back from there instead."
        raise IllegalDecisionError(message)
    landing = _ending(there)
    place(standing=there, landing=landing)
    unlink_transfer(application_id=newer.pk)
    decision = Decision(kind=DecisionKind.TRANSFER, note="The transfer was taken back; the application goes on there.")
    data = {"to_application": standing.application_id}
    write(decision=decision, standing=there, landing=landing, actor=actor, data=data)


def _ending(standing: ApplicationStanding) -> Landing:
    return land(
        kind=DecisionKind.TRANSFER,
        standing=standing.standing,
        plan=standing.plan,
        to_position=None,
        held_until=None,
        today=timezone.localdate(),
    )


def _open(actor: User, application_id: int, to_job_id: int, *, is_transfer: bool) -> OpenedElsewhere:
    try:
        return open_elsewhere(
            actor=actor,
            application_id=application_id,
            to_job_id=to_job_id,
            is_transfer=is_transfer,
            has_documents=bool(list_documents(application_id=application_id)),
        )
    except NotThereError as error:
        raise IllegalDecisionError(str(error)) from error


def _bring_documents(actor: User, application_id: int, made: OpenedElsewhere) -> None:
    if copy_documents(actor=actor, from_application_id=application_id, to_application_id=made.application_id):
        request_screening(actor=actor, application_id=made.application_id)


def _sent_before(standing: ApplicationStanding, expected_revision: int, actor: User, to_job_id: int) -> Transferred:
    """Return the same transfer, sent a moment ago by the same person, else raise the conflict."""
    kind = DecisionKind.TRANSFER
    twin = twins_of(standing=standing, expected_revision=expected_revision, kind=kind, actor=actor).first()
    newer = getattr(find_application(application_id=standing.application_id), "transferred_to", None)
    if twin is None or newer is None or newer.job_id != to_job_id:
        raise overtaken(application_id=standing.application_id)
    return Transferred(twin.pk, newer.pk)


def _record(actor: User, verb: str, made: OpenedElsewhere, application_id: int) -> None:
    data = {"job": made.job_id, "person": made.person_id, "from_application": application_id}
    record(actor=actor, verb=verb, object_type="application", object_id=made.application_id, data=data)
