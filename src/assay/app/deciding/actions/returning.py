"""Holds that end by themselves on their day, and say so in the history."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import standing_of
from assay.app.pipeline.queries.persons import list_overdue_holds
from assay.core.deciding.decision import DecisionKind, land
from assay.core.pipeline.status import ApplicationStatus

from .placing import ConflictingDecisionError, place, write


def end_holds(*, today: date | None = None) -> int:
    """Take everybody whose hold ends ``today`` (by the organisation's clock) or ended before off hold; return how many.

    Each is a transaction of its own, so one that somebody decides on at the same moment is left to them.
    """
    day = today or timezone.localdate()
    return sum(_end_hold(application_id, day) for application_id in list_overdue_holds(today=day))


@transaction.atomic
def _end_hold(application_id: int, today: date) -> bool:
    standing = standing_of(application_id=application_id)
    is_over = standing.held_until is not None and standing.held_until <= today
    if standing.status is not ApplicationStatus.HELD or not is_over:
        return False
    kind = DecisionKind.RESUME
    landing = land(
        kind=kind, standing=standing.standing, plan=standing.plan, to_position=None, held_until=None, today=today
    )
    try:
        place(standing=standing, landing=landing)
    except ConflictingDecisionError:
        return False
    decision = Decision(kind=kind.value)
    write(decision=decision, standing=standing, landing=landing, actor=None, data={"said_by": "calendar"})
    return True
