"""Two applications of one human to one job made one, when their records are merged; and apart again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import stand_for
from assay.app.documents.actions import copy_documents, remove_documents
from assay.app.screening.actions import fall_back, request_screening
from assay.core.deciding.decision import DecisionKind, Landing, land
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from .placing import place, write

_DECIDED = "Two applications to one job that became one stay so: something was decided about them since."
_RESTS = "The document “{name}” stays with both applications to one job: a decision rests on it."


@dataclass(frozen=True, slots=True)
class Joined:
    """Two applications made one: which ended by what decision, which goes on, and the documents that it was given."""

    ends: int
    goes_on: int
    decision_id: int
    document_ids: tuple[int, ...]


@transaction.atomic
def join_applications(*, actor: User, ends: int, goes_on: int) -> Joined:
    """Let an application go on as another of the same job and human and return what parts them again.

    Its documents come along and are screened there. Raises ``Http404`` or ``Forbidden`` when the actor may not
    decide there.
    """
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=ends)
    landing = land(
        kind=DecisionKind.TRANSFER,
        standing=standing.standing,
        plan=standing.plan,
        to_position=None,
        held_until=None,
        today=timezone.localdate(),
    )
    place(standing=standing, landing=landing)
    copied = copy_documents(actor=actor, from_application_id=ends, to_application_id=goes_on)
    if copied:
        request_screening(actor=actor, application_id=goes_on)
    decision = Decision(
        kind=DecisionKind.TRANSFER, note="One person applied twice; the application that came in first goes on."
    )
    data = {"to_application": goes_on}
    made = write(decision=decision, standing=standing, landing=landing, actor=actor, data=data)
    return Joined(ends, goes_on, made, copied)


@transaction.atomic
def part_applications(*, actor: User, joined: Joined) -> tuple[str, ...]:
    """Take a joining back when the records are two people's again; return a sentence for each thing that stays.

    The documents that came along leave with what was screened of them, whatever else was decided since: they are
    somebody else's.
    """
    stays = _take_documents_back(actor, joined)
    if not _take_up_again(actor, joined.decision_id):
        stays.append(_DECIDED)
    return tuple(stays)


def _take_documents_back(actor: User, joined: Joined) -> list[str]:
    """Remove what came along and return a sentence for each document that a decision holds."""
    if not joined.document_ids:
        return []
    why = "two records were found to be two people's"
    ids = joined.document_ids
    gone, stay = remove_documents(actor=actor, application_id=joined.goes_on, document_ids=ids, why=why)
    if gone:
        fall_back(application_id=joined.goes_on)
        request_screening(actor=actor, application_id=joined.goes_on)
    return [_RESTS.format(name=name) for name in stay]


def _take_up_again(actor: User, decision_id: int) -> bool:
    row = Decision.objects.get(pk=decision_id)
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=row.application_id)
    later = Decision.objects.filter(application_id=row.application_id, pk__gt=row.pk).exists()
    if later or standing.status is not ApplicationStatus.TRANSFERRED:
        return False
    landing = Landing(
        position=standing.here.position,
        status=ApplicationStatus(row.status_before),
        held_until=row.held_until_before,
        needs_review=row.needs_review_before,
    )
    place(standing=standing, landing=landing, is_undo=True)
    decision = Decision(kind=DecisionKind.UNDO, undoes_id=row.pk, held_until=landing.held_until)
    write(decision=decision, standing=standing, landing=landing, actor=actor)
    return True
