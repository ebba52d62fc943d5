"""One decision about many applications, and its one undo, as a person begins them; ``bulk_steps`` works them off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.deciding.announcing import LetterChoice
from assay.app.deciding.bulk_work import enqueue_bulk
from assay.app.deciding.models import Bulk, BulkItem
from assay.app.deciding.standing import PlanStep, plan_steps
from assay.app.pipeline.funnel import find_job, job_resource
from assay.app.pipeline.queries.picking import list_matching_ids, list_picked
from assay.app.screening.queries import list_current_screening_ids
from assay.core.deciding.bulk import (
    BULK_KINDS,
    MOST_AT_ONCE,
    MOST_REJECTED,
    BulkChoice,
    BulkItemState,
    BulkState,
    check_choice,
)
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, RejectReason
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record
from assay.platform.text import TextTooLongError, clean_text

from .bulk_steps import work_on_bulk
from .deciding import LONGEST_NOTE

SMALL = 40
LONGEST_BACK = 1200
_DRAFT_LASTS = timedelta(days=1)
_SECOND_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What a person chose on the page of a draft."""

    reason: RejectReason | None = None
    note: str = ""
    to_stage_id: int | None = None
    held_until: date | None = None
    letter: LetterChoice = LetterChoice.USUAL


@transaction.atomic
def prepare_bulk(
    *,
    actor: User,
    job_id: int,
    kind: DecisionKind,
    application_ids: Sequence[int] = (),
    everyone: ApplicantFilter | None = None,
    back: str = "",
) -> int:
    """Keep who is chosen, at the revision that each has now, and return the draft's id. Nothing happens to anyone.

    Chosen are the applications named, or whoever the filter ``everyone`` finds now.

    Raises ``Http404`` or ``Forbidden`` without access to the job, ``IllegalDecisionError`` for a choice of nobody or
    of too many.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.DECIDE, resource=job_resource(job=job, user=actor))
    if everyone is not None:
        application_ids = list_matching_ids(job_id=job_id, filter_=everyone, now=timezone.now(), most=MOST_AT_ONCE)
    _check_size(kind, len(application_ids))
    picked = list_picked(job_id=job_id, application_ids=application_ids)
    if not picked:
        raise IllegalDecisionError("Nobody is chosen. Tick at least one applicant, then try again.")
    yesterday = timezone.now() - _DRAFT_LASTS
    Bulk.objects.filter(made_by=actor, state=BulkState.DRAFT, made_at__lt=yesterday).delete()
    bulk = Bulk.objects.create(job=job, kind=kind.value, made_by=actor, back=back[:LONGEST_BACK])
    shown: dict[int, int] = {}
    if kind is DecisionKind.REJECT:
        shown = list_current_screening_ids(application_ids=[one.application_id for one in picked])
    BulkItem.objects.bulk_create(
        BulkItem(
            bulk=bulk,
            application_id=one.application_id,
            seen_revision=one.revision,
            screening_id=shown.get(one.application_id),
        )
        for one in picked
    )
    data: dict[str, JsonValue] = {"bulk": bulk.pk, "kind": kind.value, "count": len(picked)}
    record(actor=actor, verb="bulk.prepared", object_type="job", object_id=job_id, data=data)
    return bulk.pk


def start_bulk(*, actor: User, job_id: int, bulk_id: int, order: BulkOrder) -> None:
    """Apply a draft: at once when it is small, else in the background. Started twice, it runs once.

    Should the request die halfway, the background goes on with a small one a minute later.

    Raises ``Http404`` or ``Forbidden`` without access, ``IllegalDecisionError`` for an order that fits nobody.
    """
    if _start(actor=actor, job_id=job_id, bulk_id=bulk_id, order=order):
        work_on_bulk(bulk_id=bulk_id)


def undo_bulk(*, actor: User, job_id: int, bulk_id: int) -> None:
    """Take a decision about many back wherever it is still the last word. Asked twice, it is done once."""
    if _start_undo(actor=actor, job_id=job_id, bulk_id=bulk_id):
        work_on_bulk(bulk_id=bulk_id)


@transaction.atomic
def _start(*, actor: User, job_id: int, bulk_id: int, order: BulkOrder) -> bool:
    """Set a draft going and tell whether it is to be worked off at once."""
    bulk = _lock(actor, job_id, bulk_id)
    if bulk.state != BulkState.DRAFT:
        return False
    try:
        note = clean_text(order.note, longest=LONGEST_NOTE)
    except TextTooLongError as error:
        raise IllegalDecisionError(f"The note is too long. {error}") from error
    steps = plan_steps(stages=bulk.job.stages)
    kind = DecisionKind(bulk.kind)
    choice = BulkChoice(kind, order.reason, note, _position(steps, order.to_stage_id), order.held_until)
    check_choice(choice=choice, plan={step.position: step.group for step in steps}, today=timezone.localdate())
    bulk.state, bulk.note, bulk.letter = BulkState.RUNNING, note, order.letter.value
    bulk.reason = order.reason.value if order.reason and kind is DecisionKind.REJECT else ""
    bulk.to_stage_id = order.to_stage_id if kind is DecisionKind.MOVE else None
    bulk.held_until = order.held_until if kind is DecisionKind.HOLD else None
    bulk.save()
    return _go(bulk, actor, verb="bulk.started", left=bulk.items.count())


@transaction.atomic
def _start_undo(*, actor: User, job_id: int, bulk_id: int) -> bool:
    bulk = _lock(actor, job_id, bulk_id)
    if bulk.state != BulkState.DONE:
        return False
    bulk.state, bulk.undo_by = BulkState.UNDOING, actor
    bulk.save(update_fields=["state", "undo_by"])
    left = bulk.items.filter(state=BulkItemState.DONE).count()
    return _go(bulk, actor, verb="bulk.undo_started", left=left)


def _go(bulk: Bulk, actor: User, *, verb: str, left: int) -> bool:
    is_small = left <= SMALL
    enqueue_bulk(bulk_id=bulk.pk, at=timezone.now() + _SECOND_LOOK if is_small else None)
    data: dict[str, JsonValue] = {"bulk": bulk.pk, "kind": bulk.kind, "count": left}
    record(actor=actor, verb=verb, object_type="job", object_id=bulk.job_id, why=bulk.reason, data=data)
    return is_small


def _lock(actor: User, job_id: int, bulk_id: int) -> Bulk:
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.DECIDE, resource=job_resource(job=job, user=actor))
    bulk = Bulk.objects.select_for_update(of=("self",)).select_related("job").filter(pk=bulk_id, job_id=job_id).first()
    if bulk is None or (bulk.state == BulkState.DRAFT and bulk.made_by_id != actor.pk):
        raise Http404("There is no such choice of applicants.")
    return bulk


def _check_size(kind: DecisionKind, count: int) -> None:
    if kind not in BULK_KINDS:
        raise IllegalDecisionError("That cannot be decided about many at once.")
    if kind is DecisionKind.REJECT and count > MOST_REJECTED:
        raise IllegalDecisionError(
            f"At most {MOST_REJECTED} can be rejected in one go, so that somebody can still look at what each "
            "rejection rests on. Choose fewer."
        )
    if count > MOST_AT_ONCE:
        raise IllegalDecisionError(f"At most {MOST_AT_ONCE:,} fit in one go. Narrow the list, then try again.")


def _position(steps: Sequence[PlanStep], stage_id: int | None) -> int | None:
    return next((step.position for step in steps if step.stage_id == stage_id), None)
