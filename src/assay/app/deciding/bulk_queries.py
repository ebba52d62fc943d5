"""Decisions about many as pages show them: the preview of a draft, how far one is, what it did and what it left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.http import Http404

from assay.app.deciding.models import Bulk, BulkItem
from assay.app.deciding.queries import list_evidence_on_screen
from assay.app.deciding.standing import PlanStep, plan_steps
from assay.app.pipeline.funnel import find_job, job_resource
from assay.app.pipeline.queries.picking import Picked, list_picked
from assay.app.requisitions.standing import gate_of_job
from assay.core.deciding.bulk import (
    SKIP_LABELS,
    BulkChoice,
    BulkItemState,
    BulkState,
    Skip,
    SkipCause,
    bulk_ground,
    done_sentence,
    foresee,
    undone_sentence,
)
from assay.core.deciding.decision import REASON_LABELS, DecisionKind, RejectReason, Standing
from assay.core.deciding.evidence import ShownItem
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

ROWS = 100
_CHANGED = Skip(SkipCause.CHANGED, "Somebody has decided about them since you chose them.")


@dataclass(frozen=True, slots=True)
class BulkView:
    """A decision about many: what was chosen, how far it is, and what it did in a sentence."""

    id: int
    job_id: int
    job_title: str
    kind: DecisionKind
    state: BulkState
    made_by: str
    made_at: datetime
    reason: str
    note: str
    to_stage: str
    held_until: date | None
    back: str
    counts: Mapping[BulkItemState, int]
    skips: Mapping[SkipCause, int]
    steps: tuple[PlanStep, ...]

    @property
    def total(self) -> int:
        """How many were chosen."""
        return sum(self.counts.values())

    @property
    def finished(self) -> int:
        """How many are through, of the decision or of its undo."""
        waiting = BulkItemState.DONE if self.state is BulkState.UNDOING else BulkItemState.WAITING
        return self.total - self.counts.get(waiting, 0)

    @property
    def sentence(self) -> str:
        """What happened, with what was left alone and why."""
        if self.state in (BulkState.UNDOING, BulkState.UNDONE):
            counts = self.counts
            return undone_sentence(undone=counts.get(BulkItemState.UNDONE, 0), kept=counts.get(BulkItemState.KEPT, 0))
        done = self.counts.get(BulkItemState.DONE, 0)
        return done_sentence(kind=self.kind, done=done, target=self.to_stage, skips=self.skips)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of those it will apply to; ``rests_on`` is the evidence under their rejection."""

    application_id: int
    name: str
    stage: str
    rests_on: tuple[ShownItem, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One of those it leaves alone, or whose decision an undo left standing, and why."""

    application_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a draft will do: to how many, to whom (a page of them), whom it leaves alone and why."""

    will: int
    rows: tuple[PreviewRow, ...]
    page: int
    pages: int
    left: tuple[LeftRow, ...]
    causes: tuple[tuple[str, int], ...]


def get_bulk(*, actor: User, job_id: int, bulk_id: int) -> BulkView:
    """Return a decision about many. Raises ``Http404`` (also for somebody else's draft) or ``Forbidden``."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.DECIDE, resource=job_resource(job=job, user=actor))
    rows = Bulk.objects.select_related("made_by", "to_stage", "job").filter(job_id=job_id)
    row = rows.filter(pk=bulk_id).first() if bulk_id <= LARGEST_ID else None
    if row is None or (row.state == BulkState.DRAFT and row.made_by_id != actor.pk):
        raise Http404("There is no such choice of applicants.")
    return _view(row)


def preview_bulk(*, bulk: BulkView, choice: BulkChoice, today: date, page: int = 1) -> BulkPreview:
    """Return what a draft will do if it is started now with this choice."""
    seen = dict(BulkItem.objects.filter(bulk_id=bulk.id).values_list("application_id", "seen_revision"))
    plan = {step.position: step.group for step in bulk.steps}
    will: list[Picked] = []
    left: list[tuple[Picked, Skip]] = []
    is_open = choice.kind is not DecisionKind.MOVE or gate_of_job(job_id=bulk.job_id).is_open
    for one in list_picked(job_id=bulk.job_id, application_ids=list(seen)):
        has_changed = one.revision != seen[one.application_id]
        skip = _CHANGED if has_changed else _foresee(one, bulk.steps, plan, choice, is_open=is_open, today=today)
        if skip is None:
            will.append(one)
        else:
            left.append((one, skip))
    pages = max(1, -(-len(will) // ROWS))
    page = min(max(1, page), pages)
    shown = will[(page - 1) * ROWS : page * ROWS]
    grounds = _grounds(shown) if choice.kind is DecisionKind.REJECT else {}
    names = {step.stage_id: step.name for step in bulk.steps}
    return BulkPreview(
        will=len(will),
        rows=tuple(
            PreviewRow(one.application_id, one.name, names.get(one.stage_id, ""), grounds.get(one.application_id, ()))
            for one in shown
        ),
        page=page,
        pages=pages,
        left=tuple(LeftRow(one.application_id, one.name, skip.why) for one, skip in left[:ROWS]),
        causes=_causes([skip.cause for _, skip in left]),
    )


def list_left(*, bulk: BulkView) -> tuple[LeftRow, ...]:
    """Return whom a decision about many left alone, or whose decision its undo left standing: at most 500."""
    states = [BulkItemState.SKIPPED, BulkItemState.KEPT]
    rows = BulkItem.objects.filter(bulk_id=bulk.id, state__in=states).select_related("application__person")
    return tuple(LeftRow(row.application_id, str(row.application.person), row.why) for row in rows[: 5 * ROWS])


def _view(row: Bulk) -> BulkView:
    grouped = BulkItem.objects.filter(bulk=row).order_by().values_list("state", "cause").annotate(count=Count("id"))
    counts: dict[BulkItemState, int] = {}
    skips: dict[SkipCause, int] = {}
    for state, cause, count in grouped:
        counts[BulkItemState(state)] = counts.get(BulkItemState(state), 0) + count
        if cause:
            skips[SkipCause(cause)] = skips.get(SkipCause(cause), 0) + count
    return BulkView(
        id=row.pk,
        job_id=row.job_id,
        job_title=row.job.title,
        kind=DecisionKind(row.kind),
        state=BulkState(row.state),
        made_by=row.made_by.display_name,
        made_at=row.made_at,
        reason=REASON_LABELS[RejectReason(row.reason)] if row.reason else "",
        note=row.note,
        to_stage=row.to_stage.name if row.to_stage else "",
        held_until=row.held_until,
        back=row.back,
        counts=counts,
        skips=skips,
        steps=plan_steps(stages=row.job.stages),
    )


def _foresee(
    one: Picked,
    steps: Sequence[PlanStep],
    plan: Mapping[int, StageGroup],
    choice: BulkChoice,
    *,
    is_open: bool,
    today: date,
) -> Skip | None:
    here = next((step.position for step in steps if step.stage_id == one.stage_id), 0)
    return foresee(
        choice=choice,
        standing=Standing(one.status, here, max(plan)),
        plan=plan,
        is_band_open=is_open,
        today=today,
    )


def _grounds(shown: Sequence[Picked]) -> dict[int, tuple[ShownItem, ...]]:
    evidence = list_evidence_on_screen(application_ids=[one.application_id for one in shown])
    found = {}
    for application_id, on_screen in evidence.items():
        ground = bulk_ground(items=on_screen.items)
        found[application_id] = tuple(item for item in on_screen.items if item.key in ground)
    return found


def _causes(causes: Sequence[SkipCause]) -> tuple[tuple[str, int], ...]:
    return tuple((label, causes.count(cause)) for cause, label in SKIP_LABELS.items() if cause in causes)
