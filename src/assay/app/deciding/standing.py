"""Where an application stands, as the rules of deciding need to know it, once the policy said yes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Manager

from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.deciding.decision import IllegalDecisionError, Standing
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A stage of a job's plan: id, position, name and group."""

    stage_id: int
    position: int
    name: str
    group: StageGroup


@dataclass(frozen=True, slots=True)
class ApplicationStanding:
    """An application's place in its job's plan, at one revision."""

    application_id: int
    job_id: int
    revision: int
    status: ApplicationStatus
    stage_id: int
    held_until: date | None
    needs_review: bool
    steps: tuple[PlanStep, ...]

    @property
    def standing(self) -> Standing:
        """The standing as the core knows it."""
        last = max(step.position for step in self.steps)
        return Standing(self.status, self.position_of(stage_id=self.stage_id), last)

    @property
    def plan(self) -> dict[int, StageGroup]:
        """Each position of the plan with its group."""
        return {step.position: step.group for step in self.steps}

    def position_of(self, *, stage_id: int) -> int:
        """Return a stage's position. Raises ``IllegalDecisionError`` for a stage of another plan."""
        position = self.position_or_none(stage_id=stage_id)
        if position is None:
            raise IllegalDecisionError("This stage is no longer part of this job's plan.")
        return position

    def position_or_none(self, *, stage_id: int | None) -> int | None:
        """Return a stage's position, or None when it is not of this plan."""
        return next((step.position for step in self.steps if step.stage_id == stage_id), None)

    def stage_at(self, *, position: int) -> int:
        """Return the id of the stage at a position of this plan."""
        return next(step.stage_id for step in self.steps if step.position == position)

    @property
    def next_step(self) -> PlanStep | None:
        """The stage that advancing leads to, or None at the end of the plan."""
        here = self.position_of(stage_id=self.stage_id)
        later = [step for step in self.steps if step.position > here]
        return min(later, key=lambda step: step.position, default=None)


def stand_for(*, actor: User, action: Action, application_id: int) -> ApplicationStanding:
    """Return where an application stands. Raises ``Http404`` or ``Forbidden`` when ``actor`` may not do ``action``."""
    application = find_application(application_id=application_id)
    require(actor=actor, action=action, resource=job_resource(job=application.job, user=actor))
    return ApplicationStanding(
        application_id=application.pk,
        job_id=application.job_id,
        revision=application.revision,
        status=ApplicationStatus(application.status),
        stage_id=application.stage_id,
        held_until=application.held_until,
        needs_review=application.needs_review,
        steps=plan_steps(stages=application.job.stages),
    )


def plan_steps(*, stages: Manager[Any]) -> tuple[PlanStep, ...]:
    """Return the stages of one job's plan in their order."""
    ordered = stages.order_by("position")
    return tuple(PlanStep(stage.pk, stage.position, stage.name, StageGroup(stage.group)) for stage in ordered)
