"""Plans of stages: those that a new job can start with, and the one that a job has."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from assay.app.pipeline.funnel import find_job, job_resource
from assay.app.pipeline.models import Stage
from assay.core.pipeline.stage import PlannedStage, StageGroup
from assay.core.pipeline.stage_plan import KeptStage, version_of
from assay.core.pipeline.status import ApplicationStatus
from assay.knowledge.pipeline.sheets import PlanNote, load_plans
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

GROUP_LABELS = {
    StageGroup.APPLICATION: "Application",
    StageGroup.ASSESSMENT: "Assessment",
    StageGroup.INTERVIEW: "Interview",
    StageGroup.OFFER: "Offer",
    StageGroup.HIRED: "Hired",
}
LIVE = (ApplicationStatus.ACTIVE, ApplicationStatus.HELD)


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a job's plan with the people in it: who waits (``live``), who was hired, who ended there."""

    id: int
    name: str
    group: StageGroup
    live: int
    hired: int
    ended: int


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A job's plan as its editor shows it. ``version`` changes with anything in it."""

    stages: tuple[StageRow, ...]
    retired: tuple[StageRow, ...]
    version: str


def list_plans() -> tuple[PlanNote, ...]:
    """Return the shipped plans; the first is the default."""
    return load_plans().plans


def planned_stages(*, plan_id: str) -> tuple[PlannedStage, ...]:
    """Return the stages of a plan, or of the default plan for an id that is not there."""
    plans = list_plans()
    chosen = next((plan for plan in plans if plan.id == plan_id), plans[0])
    return tuple(PlannedStage(name=stage.name, group=StageGroup(stage.group)) for stage in chosen.stages)


def get_stage_plan(*, actor: User, job_id: int) -> StagePlan:
    """Return the plan of a job for whoever may change it. Raises ``Http404`` or ``Forbidden``."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    live = Count("applications", filter=Q(applications__status__in=LIVE))
    hired = Count("applications", filter=Q(applications__status=ApplicationStatus.HIRED))
    rows = list(Stage.objects.filter(job_id=job_id).annotate(live=live, hired=hired, all=Count("applications")))
    rows.sort(key=lambda row: row.position)
    views = {
        row.pk: StageRow(row.pk, row.name, StageGroup(row.group), row.live, row.hired, row.all - row.live - row.hired)
        for row in rows
    }
    return StagePlan(
        stages=tuple(views[row.pk] for row in rows if row.retired_at is None),
        retired=tuple(views[row.pk] for row in rows if row.retired_at is not None),
        version=version_of(kept=kept_stages(rows=rows)),
    )


def kept_stages(*, rows: Iterable[Stage]) -> tuple[KeptStage, ...]:
    """Return stages as the core knows them."""
    return tuple(
        KeptStage(row.pk, row.name, StageGroup(row.group), row.position, row.retired_at is not None) for row in rows
    )
