"""The plans that a new job can start with, as values."""

from assay.core.pipeline.stage import PlannedStage, StageGroup
from assay.knowledge.pipeline.sheets import PlanNote, load_plans


def list_plans() -> tuple[PlanNote, ...]:
    """Return the shipped plans; the first is the default."""
    return load_plans().plans


def planned_stages(*, plan_id: str) -> tuple[PlannedStage, ...]:
    """Return the stages of a plan, or of the default plan for an id that is not there."""
    plans = list_plans()
    chosen = next((plan for plan in plans if plan.id == plan_id), plans[0])
    return tuple(PlannedStage(name=stage.name, group=StageGroup(stage.group)) for stage in chosen.stages)
