"""The approval sheet as the values that the rules work with."""

from functools import cache
from pathlib import Path

from django.conf import settings

from assay.core.base.source import Source
from assay.core.requisitions.budget import LoadedFactor
from assay.core.requisitions.facts import GuardedField
from assay.knowledge.requisitions.sheets import ApprovalSheet, PlanNote, load_approval


def approval_sheet() -> ApprovalSheet:
    """Return the organisation's own sheet where its data folder holds one, else the shipped one."""
    return load_approval(Path(settings.DATA_DIR) / "knowledge" / "requisitions")


@cache
def guarded_fields() -> tuple[GuardedField, ...]:
    """Return the facts that an approval rests on, in the order they are shown."""
    return tuple(GuardedField(note.key, note.label, note.why) for note in approval_sheet().guarded)


def list_plans() -> tuple[PlanNote, ...]:
    """Return the plans to start from; the first is the default."""
    return approval_sheet().plans


def find_plan(*, plan_id: str) -> PlanNote:
    """Return a plan, or the default one for an id that is not there."""
    plans = list_plans()
    return next((plan for plan in plans if plan.id == plan_id), plans[0])


def assumed_factor() -> LoadedFactor:
    """Return what a seat costs for each unit of base pay until the cost desk has worked it out."""
    note = approval_sheet().loaded_factor
    return LoadedFactor(note.likely, Source(note.source.title, note.source.reference), is_assumed=True)
