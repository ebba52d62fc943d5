"""A job's plan while people stand in it: stages added, renamed, put in order, regrouped, taken out, put back."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.actions.relocating import move_everybody
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.pipeline.news import tell_job_changed
from assay.app.pipeline.plans import LIVE, kept_stages
from assay.app.requisitions.standing import gate_of_job
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import (
    LONGEST_NAME,
    KeptStage,
    StageDraft,
    StagePlanError,
    check_plan,
    order_with_retired,
    version_of,
)
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_line

from .jobs import job_to_change

# Positions are swapped in two steps, since no two stages of a plan may share one even for a moment.
_ASIDE = 10_000


class PlanChangedError(StagePlanError):
    """Raised when somebody else changed the plan after the writer looked at it."""

    def __init__(self) -> None:
        message = "Somebody else changed this plan in the meantime. It is shown as it is now; make your change again."
        super().__init__(field="plan", message=message)


@transaction.atomic
def save_plan(*, actor: User, job_id: int, drafts: Sequence[StageDraft], seen: str) -> None:
    """Make a job's plan these stages in this order: new ones are added, known ones renamed, moved or regrouped.

    ``seen`` is the version of the plan that the writer saw. Stages are taken out by ``retire_stage`` alone, so every
    one of the plan is among ``drafts``. Raises ``StagePlanError`` with a sentence for people, ``PlanChangedError``
    when somebody was faster, and ``Http404`` or ``Forbidden`` without access.
    """
    job = job_to_change(actor=actor, job_id=job_id)
    rows = _lock_stages(job, seen)
    live = {row.pk: row for row in rows if row.retired_at is None}
    cleaned = [StageDraft(draft.id, _name(draft, number), draft.group) for number, draft in enumerate(drafts, 1)]
    known = [draft.id for draft in cleaned if draft.id is not None]
    if set(known) != set(live) or len(known) != len(set(known)):
        raise PlanChangedError
    check_plan(drafts=cleaned)
    changed = [draft for draft in cleaned if draft.id is not None and _differs(live[draft.id], draft)]
    for draft in changed:
        _check_regrouping(live[draft.id or 0], draft.group)
    order = [draft.id or _add(job, draft, number).pk for number, draft in enumerate(cleaned, 1)]
    for draft in changed:
        Stage.objects.filter(pk__in=[draft.id]).update(name=draft.name, group=draft.group)
    _put_in_order(kept_stages(rows=rows), order)
    if any(live[draft.id or 0].group != draft.group for draft in changed):
        tell_job_changed(job_id=job.pk)
    _record(actor, job, "plan.changed", stages=order)


@transaction.atomic
def retire_stage(*, actor: User, job_id: int, stage_id: int, to_stage_id: int | None, seen: str) -> int:
    """Take a stage out of a job's plan and return how many people were moved from it to ``to_stage_id``.

    Each of them gets a move in their history, by ``actor``; who is on hold stays so. Whoever ended there keeps the
    stage's name. Raises ``StagePlanError`` when people wait there and no stage to move them to is named, for the stage
    of hires, and when the band that the other stage needs is not approved; ``PlanChangedError`` like ``save_plan``.
    """
    job = job_to_change(actor=actor, job_id=job_id)
    rows = _lock_stages(job, seen)
    live = [row for row in rows if row.retired_at is None]
    stage = next((row for row in live if row.pk == stage_id), None)
    if stage is None:
        raise PlanChangedError
    left = [StageDraft(row.pk, row.name, StageGroup(row.group)) for row in live if row.pk != stage_id]
    check_plan(drafts=left)
    waiting = list(Application.objects.filter(stage=stage, status__in=LIVE).values_list("pk", flat=True))
    if waiting and to_stage_id not in {draft.id for draft in left}:
        who = "One person waits" if len(waiting) == 1 else f"{len(waiting)} people wait"
        raise StagePlanError(field="to_stage", message=f"{who} in “{stage.name}”. Choose the stage they move to.")
    stage.retired_at = timezone.now()
    stage.save(update_fields=["retired_at"])
    moved = 0
    if waiting and to_stage_id is not None:
        note = f"“{stage.name}” was taken out of the plan."
        moved = move_everybody(actor=actor, job_id=job_id, from_stage_id=stage_id, to_stage_id=to_stage_id, note=note)
    _record(actor, job, "plan.stage_retired", stages=[stage_id], moved=moved)
    return moved


@transaction.atomic
def restore_stage(*, actor: User, job_id: int, stage_id: int) -> None:
    """Put a retired stage back where it was in the plan. Whoever was moved from it stays where they are now.

    A stage of the plan stays as it is. Raises ``StagePlanError`` when its name is taken or the plan would not work.
    """
    job = job_to_change(actor=actor, job_id=job_id)
    rows = _lock_stages(job, None)
    stage = next((row for row in rows if row.pk == stage_id), None)
    if stage is None:
        raise PlanChangedError
    if stage.retired_at is None:
        return
    back = [row for row in rows if row.retired_at is None or row.pk == stage_id]
    check_plan(drafts=[StageDraft(row.pk, row.name, StageGroup(row.group)) for row in back])
    stage.retired_at = None
    kept = kept_stages(rows=rows)
    _put_in_order(kept, [row.pk for row in back])
    stage.save(update_fields=["retired_at"])
    tell_job_changed(job_id=job.pk)
    _record(actor, job, "plan.stage_restored", stages=[stage_id])


def _lock_stages(job: Job, seen: str | None) -> list[Stage]:
    """Hold the plan until the transaction ends, so that nobody is put into a stage that is being taken out."""
    rows = sorted(
        Stage.objects.select_for_update(no_key=True).filter(job=job).order_by("pk"), key=lambda row: row.position
    )
    if seen is not None and version_of(kept=kept_stages(rows=rows)) != seen:
        raise PlanChangedError
    return rows


def _name(draft: StageDraft, number: int) -> str:
    try:
        return clean_line(draft.name, longest=LONGEST_NAME)
    except TextTooLongError as error:
        raise StagePlanError(field=f"name-{number}", message=str(error)) from error


def _differs(row: Stage, draft: StageDraft) -> bool:
    return (row.name, row.group) != (draft.name, draft.group.value)


def _check_regrouping(row: Stage, group: StageGroup) -> None:
    """Raise ``StagePlanError`` for a change of group that would hire, unhire or let past the band whoever is there."""
    old = StageGroup(row.group)
    if old is group:
        return
    inside = Application.objects.filter(stage=row, status__in=[*LIVE, ApplicationStatus.HIRED])
    if not inside.exists():
        return
    if StageGroup.HIRED in (old, group):
        message = f"People stand in “{row.name}”. Move them first: its kind decides who counts as hired."
        raise StagePlanError(field="plan", message=message)
    if group.needs_approved_band and not old.needs_approved_band:
        answer = gate_of_job(job_id=row.job_id)
        if not answer.is_open:
            raise StagePlanError(field="plan", message=f"People stand in “{row.name}”. {answer.why} {answer.todo}")


def _add(job: Job, draft: StageDraft, number: int) -> Stage:
    return Stage.objects.create(job=job, name=draft.name, group=draft.group, position=2 * _ASIDE + number)


def _put_in_order(kept: Iterable[KeptStage], live: Sequence[int]) -> None:
    order = order_with_retired(kept=tuple(kept), live=live)
    Stage.objects.bulk_update(
        [Stage(pk=pk, position=_ASIDE + number) for number, pk in enumerate(order, 1)], ["position"]
    )
    Stage.objects.bulk_update([Stage(pk=pk, position=number) for number, pk in enumerate(order, 1)], ["position"])


def _record(actor: User, job: Job, verb: str, *, stages: Sequence[int], moved: int = 0) -> None:
    record(actor=actor, verb=verb, object_type="job", object_id=job.pk, data={"stages": list(stages), "moved": moved})
