"""Where one application stands in its job's plan, and how that job looks to the policy, in one statement."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import Http404

from assay.app.pipeline.models import Person
from assay.core.deciding.decision import IllegalDecisionError, Standing
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Resource, ResourceKind

_STANDING = """
    SELECT a.id, a.job_id, a.revision, a.status, a.stage_id, a.held_until, a.needs_review, p.id, p.name, p.email,
        j.is_confidential,
        ARRAY(SELECT m.team_role FROM pipeline_jobmember m WHERE m.job_id = a.job_id AND m.user_id = %(user)s),
        s.id, s.position, s.name, s."group", s.retired_at IS NOT NULL
    FROM pipeline_application a
    JOIN pipeline_person p ON p.id = a.person_id
    JOIN pipeline_job j ON j.id = a.job_id
    JOIN pipeline_stage s ON s.job_id = a.job_id AND (s.retired_at IS NULL OR s.id = a.stage_id)
    WHERE a.id = %(application)s
    ORDER BY s.position, s.id
"""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A stage of a job's plan: id, position, name and group. ``is_retired``: somebody stands in it, but it is left."""

    stage_id: int
    position: int
    name: str
    group: StageGroup
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationStanding:
    """An application's place in its job's plan, at one revision. ``name`` is the person's.

    ``steps`` are the stages of the plan as it is, in their order; ``here`` may be one that was taken out of it since.
    ``job`` is what the policy is asked about.
    """

    application_id: int
    job_id: int
    revision: int
    status: ApplicationStatus
    stage_id: int
    held_until: date | None
    needs_review: bool
    name: str
    job: Resource
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


def find_standing(*, application_id: int, user_id: int | None) -> ApplicationStanding:
    """Return where an application stands, its job as that user stands to it (None: nobody in particular).

    Raises ``Http404`` when there is none; whoever calls this asks the policy next.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"application": application_id, "user": user_id})
        rows = cursor.fetchall()
    if not rows:
        raise Http404("There is no such application.")
    stages = [PlanStep(row[12], row[13], row[14], StageGroup(row[15]), row[16]) for row in rows]
    pk, job_id, revision, status, stage_id, held_until, needs_review, *who, is_confidential, seats = rows[0][:12]
    return ApplicationStanding(
        application_id=pk,
        job_id=job_id,
        revision=revision,
        status=ApplicationStatus(status),
        stage_id=stage_id,
        held_until=held_until,
        needs_review=needs_review,
        name=str(Person(**dict(zip(("id", "name", "email"), who, strict=True)))),
        job=Resource(kind=ResourceKind.JOB, is_confidential=is_confidential, team_roles=frozenset(seats)),
        here=next(step for step in stages if step.stage_id == stage_id),
        steps=tuple(step for step in stages if not step.is_retired),
    )
