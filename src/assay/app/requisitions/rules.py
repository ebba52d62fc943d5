"""The approval sheet as the values that the rules work with."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

from assay.core.base.source import Source
from assay.core.requisitions.budget import LoadedFactor
from assay.core.requisitions.facts import GuardedField
from assay.core.requisitions.plan import Step
from assay.knowledge.requisitions.sheets import ApprovalSheet, PlanNote, StepNote, load_approval


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


def plan_named(*, plan_id: str) -> PlanNote | None:
    """Return the plan of this id, if there is one."""
    return next((plan for plan in list_plans() if plan.id == plan_id), None)


def plan_followed(*, steps: Sequence[Step]) -> PlanNote | None:
    """Return the plan that these steps follow to the letter, whoever is named in them: keys, titles, whose counts."""
    said = _words(steps)
    return next((plan for plan in list_plans() if _words(plan.steps) == said), None)


def _words(steps: Sequence[Step] | Sequence[StepNote]) -> list[tuple[str, str, bool]]:
    return [(step.key, step.title, step.submitter_counts) for step in steps]


def factor_limits() -> tuple[Decimal, Decimal]:
    """Return between which values a factor that was worked out is taken over."""
    note = approval_sheet().loaded_factor
    return note.least, note.most


def assumed_factor() -> LoadedFactor:
    """Return what a seat costs for each unit of base pay until the cost desk has worked it out."""
    note = approval_sheet().loaded_factor
    return LoadedFactor(note.likely, Source(note.source.title, note.source.reference), is_assumed=True)
