"""Where an application stands, as the rules of deciding need to know it, once the policy said yes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Manager

from assay.app.pipeline.queries.places import Place, find_place
from assay.app.pipeline.queries.places import PlanStep as PlanStep
from assay.core.deciding.decision import IllegalDecisionError, Standing
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class ApplicationStanding:
    """An application's place in its job's plan, at one revision. ``name`` is the person's.

    ``steps`` are the stages of the plan as it is; ``here`` may be one that was taken out of it since.
    """

    application_id: int
    job_id: int
    revision: int
    status: ApplicationStatus
    stage_id: int
    held_until: date | None
    needs_review: bool
    name: str
    here: PlanStep
    steps: tuple[PlanStep, ...]

    @property
    def standing(self) -> Standing:
        """The standing as the core knows it."""
        last = max((step.position for step in self.steps), default=self.here.position)
        return Standing(self.status, self.here.position, last)

    @property
    def plan(self) -> dict[int, StageGroup]:
        """Each position of the plan with its group."""
        return {step.position: step.group for step in self.steps}

    def position_of(self, *, stage_id: int) -> int:
        """Return the position of the stage where it stands or of one of the plan, else ``IllegalDecisionError``."""
        position = self.here.position if stage_id == self.stage_id else self.position_or_none(stage_id=stage_id)
        if position is None:
            raise IllegalDecisionError("This stage is no longer part of this job's plan.")
        return position

    def position_or_none(self, *, stage_id: int | None) -> int | None:
        """Return a stage's position, or None when it is not of this plan."""
        return next((step.position for step in self.steps if step.stage_id == stage_id), None)

    def stage_at(self, *, position: int) -> int:
        """Return the id of the stage at a position of this plan, or where it stands."""
        if position == self.here.position:
            return self.stage_id
        return next(step.stage_id for step in self.steps if step.position == position)

    @property
    def next_step(self) -> PlanStep | None:
        """The stage that advancing leads to, or None at the end of the plan."""
        later = [step for step in self.steps if step.position > self.here.position]
        return min(later, key=lambda step: step.position, default=None)


def stand_for(*, actor: User, action: Action, application_id: int) -> ApplicationStanding:
    """Return where an application stands. Raises ``Http404`` or ``Forbidden`` when ``actor`` may not do ``action``."""
    place = find_place(application_id=application_id, user_id=actor.pk)
    require(actor=actor, action=action, resource=place.job)
    return _standing(place)


def standing_of(*, application_id: int) -> ApplicationStanding:
    """Return where an application stands, without asking who looks. Raises ``Http404`` when there is none."""
    return _standing(find_place(application_id=application_id, user_id=None))


def _standing(place: Place) -> ApplicationStanding:
    return ApplicationStanding(
        application_id=place.application_id,
        job_id=place.job_id,
        revision=place.revision,
        status=place.status,
        stage_id=place.stage_id,
        held_until=place.held_until,
        needs_review=place.needs_review,
        name=place.name,
        here=place.here,
        steps=place.steps,
    )


def plan_steps(*, stages: Manager[Any]) -> tuple[PlanStep, ...]:
    """Return the stages of one job's plan in their order, without those taken out of it."""
    return tuple(step_of(stage=stage) for stage in stages.filter(retired_at=None).order_by("position"))


def step_of(*, stage: Any) -> PlanStep:
    """Return a stage as a step, be it of the plan or taken out of it."""
    return PlanStep(stage.pk, stage.position, stage.name, StageGroup(stage.group), is_retired=bool(stage.retired_at))
