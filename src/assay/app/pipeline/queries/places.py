"""Where one application stands in its job's plan, and how that job looks to the policy, in one statement."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import Http404

from assay.app.pipeline.models import Person
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Resource, ResourceKind

_PLACE = """
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
class Place:
    """An application's place at one revision. ``steps`` are the stages of the plan in their order, ``here`` may be one
    that was taken out of it since; ``job`` is what the policy is asked about."""

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


def find_place(*, application_id: int, user_id: int | None) -> Place:
    """Return where an application stands, its job as that user stands to it (None: nobody in particular).

    Raises ``Http404`` when there is none; whoever calls this asks the policy next.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"application": application_id, "user": user_id})
        rows = cursor.fetchall()
    if not rows:
        raise Http404("There is no such application.")
    stages = [PlanStep(row[12], row[13], row[14], StageGroup(row[15]), row[16]) for row in rows]
    pk, job_id, revision, status, stage_id, held_until, needs_review, *who, is_confidential, seats = rows[0][:12]
    return Place(
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
