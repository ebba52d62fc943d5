"""The interview plan of a job: its planned interviews by stage, and how well they cover the role."""

from dataclasses import dataclass

from assay.app.interviewing.actions.plans import find_planned
from assay.app.interviewing.models import PlannedInterview
from assay.app.interviewing.needs import competency_labels, needs_of, plan_rules, read_from_documents
from assay.app.interviewing.stored import kit_of_plan
from assay.app.pipeline.queries.jobs import JobView, StageView, get_job
from assay.app.roles.queries import get_role_version
from assay.core.interviewing.kit import Kit
from assay.core.interviewing.planning import Coverage, Need, PlannedTalk, cover
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class PanelName:
    """Somebody of a panel."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A planned interview as pages show it, with the people who usually hold it."""

    id: int
    stage_id: int
    kit: Kit
    panel: tuple[PanelName, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class PlanStage:
    """A stage of the plan with its interviews. ``is_retired``: the stage left the plan and its interviews are left."""

    stage: StageView
    planned: tuple[PlannedView, ...]
    is_interview: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A job's interviews and what they cover. ``needs`` are the role's competencies, musts first."""

    job: JobView
    seniority: str
    needs: tuple[Need, ...]
    stages: tuple[PlanStage, ...]
    planned: tuple[PlannedView, ...]
    coverage: Coverage
    can_edit: bool

    @property
    def has_empty_stage(self) -> bool:
        """Tell whether a suggestion would add anything."""
        return any(stage.is_interview and not stage.planned for stage in self.stages)


def get_plan(*, actor: User, job_id: int) -> PlanView:
    """Return the interview plan of a job. Raises ``Http404`` or ``Forbidden``."""
    job = get_job(actor=actor, job_id=job_id)
    version = get_role_version(role_version_id=job.role_version_id)
    needs = needs_of(role=version.role) if version else ()
    rows = (
        PlannedInterview.objects.filter(stage__job_id=job_id, retired_at__isnull=True)
        .prefetch_related("panel__user")
        .order_by("position", "id")
    )
    views = [_view(row) for row in rows]
    in_order = [*job.stages, *job.retired]
    place = {stage.id: number for number, stage in enumerate(in_order)}
    planned = tuple(sorted(views, key=lambda view: place.get(view.stage_id, len(place))))
    stages = tuple(_stage(stage, planned) for stage in in_order)
    talks = [
        PlannedTalk(view.id, view.stage_id, view.kit.title, view.kit.minutes, view.kit.focus)
        for view in planned
        if any(stage.id == view.stage_id for stage in job.stages)
    ]
    return PlanView(
        job=job,
        seniority=version.role.seniority.value if version else "",
        needs=needs,
        stages=tuple(stage for stage in stages if stage.planned or not stage.stage.is_retired),
        planned=tuple(view for view in planned if view.id in {talk.planned_id for talk in talks}),
        coverage=cover(
            needs=needs,
            talks=talks,
            in_documents=read_from_documents(),
            labels=competency_labels(),
            rules=plan_rules(),
        ),
        can_edit=Action.PLAN_INTERVIEWS in job.can,
    )


def get_planned(*, actor: User, planned_id: int) -> tuple[PlannedView, JobView]:
    """Return a planned interview for changing it, with its job. Raises ``Http404`` or ``Forbidden``."""
    row = find_planned(planned_id=planned_id)
    job = get_job(actor=actor, job_id=row.stage.job_id, action=Action.PLAN_INTERVIEWS)
    return _view(row), job


def list_planned_for(*, job: JobView) -> tuple[PlannedView, ...]:
    """Return what can be arranged on a job, in the order of its stages; whoever calls has asked the policy."""
    rows = PlannedInterview.objects.filter(
        stage__job_id=job.id, retired_at__isnull=True, stage__retired_at__isnull=True
    )
    views = [_view(row) for row in rows.prefetch_related("panel__user").order_by("position", "id")]
    place = {stage.id: stage.position for stage in job.stages}
    return tuple(sorted(views, key=lambda view: place.get(view.stage_id, 0)))


def _stage(stage: StageView, planned: tuple[PlannedView, ...]) -> PlanStage:
    own = tuple(view for view in planned if view.stage_id == stage.id)
    return PlanStage(stage, own, stage.group == StageGroup.INTERVIEW and not stage.is_retired)


def _view(row: PlannedInterview) -> PlannedView:
    panel = tuple(PanelName(seat.user_id, seat.user.display_name) for seat in row.panel.all())
    return PlannedView(row.pk, row.stage_id, kit_of_plan(row), panel, row.revision)
