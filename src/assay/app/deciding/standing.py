"""Where an application stands, as the rules of deciding need to know it, once the policy said yes."""

from typing import Any

from django.db.models import Manager

from assay.app.pipeline.queries.standings import ApplicationStanding as ApplicationStanding
from assay.app.pipeline.queries.standings import PlanStep as PlanStep
from assay.app.pipeline.queries.standings import find_standing
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


def stand_for(*, actor: User, action: Action, application_id: int) -> ApplicationStanding:
    """Return where an application stands. Raises ``Http404`` or ``Forbidden`` when ``actor`` may not do ``action``."""
    standing = find_standing(application_id=application_id, user_id=actor.pk)
    require(actor=actor, action=action, resource=standing.job)
    return standing


def standing_of(*, application_id: int) -> ApplicationStanding:
    """Return where an application stands, without asking who looks. Raises ``Http404`` when there is none."""
    return find_standing(application_id=application_id, user_id=None)


def plan_steps(*, stages: Manager[Any]) -> tuple[PlanStep, ...]:
    """Return the stages of one job's plan in their order, without those taken out of it."""
    return tuple(step_of(stage=stage) for stage in stages.filter(retired_at=None).order_by("position"))


def step_of(*, stage: Any) -> PlanStep:
    """Return a stage as a step, be it of the plan or taken out of it."""
    return PlanStep(stage.pk, stage.position, stage.name, StageGroup(stage.group), is_retired=bool(stage.retired_at))
