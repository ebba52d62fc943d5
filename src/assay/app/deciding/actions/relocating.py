"""Everybody moved out of a stage that leaves the plan: one decision each, by the person who changes the plan."""

from django.db import transaction

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import ApplicationStanding, stand_for
from assay.app.pipeline.actions.placing import hold_applications
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, Landing
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from .placing import place, write


@transaction.atomic
def move_everybody(*, actor: User, job_id: int, from_stage_id: int, to_stage_id: int, note: str) -> int:
    """Move whoever waits in a stage to another of the plan and return how many: a hold lasts on, a review stays owed.

    All of them are held before the first is moved, so that nobody who decides at the same time is overwritten or
    waited for. Raises like ``decide``; then nobody is moved.
    """
    waiting = hold_applications(job_id=job_id, stage_id=from_stage_id)
    for application_id in waiting:
        standing = stand_for(actor=actor, action=Action.DECIDE, application_id=application_id)
        _move(standing, to_stage_id, note, actor)
    return len(waiting)


def _move(standing: ApplicationStanding, to_stage_id: int, note: str, actor: User) -> None:
    position = standing.position_or_none(stage_id=to_stage_id)
    if position is None:
        raise IllegalDecisionError("Choose another stage of this job's plan.")
    landing = Landing(position, standing.status, standing.held_until, standing.needs_review)
    place(standing=standing, landing=landing)
    decision = Decision(kind=DecisionKind.MOVE, note=note, held_until=landing.held_until)
    write(decision=decision, standing=standing, landing=landing, actor=actor)
