"""Two applications of one human to one job made one, when their records are merged; and apart again."""

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import stand_for
from assay.app.documents.actions import copy_documents
from assay.core.deciding.decision import DecisionKind, Landing, land
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from .placing import place, write


@transaction.atomic
def join_applications(*, actor: User, ends: int, goes_on: int) -> int:
    """Let an application go on as another of the same job and human and return the decision that ended it.

    Its documents come along. Raises ``Http404`` or ``Forbidden`` when the actor may not decide there.
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
    copy_documents(actor=actor, from_application_id=ends, to_application_id=goes_on)
    decision = Decision(kind=DecisionKind.TRANSFER, note="One person applied twice; the older application goes on.")
    return write(decision=decision, standing=standing, landing=landing, actor=actor, data={"to_application": goes_on})


@transaction.atomic
def part_applications(*, actor: User, decision_id: int) -> bool:
    """Take a joining back when the records are two people's again; tell whether nothing was decided since."""
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
