"""A decision about many, worked off one application at a time.

Each goes through ``decide`` (or ``undo``) in one transaction with the note of what became of it: whatever dies halfway
is gone on with, and nothing happens twice. One that fails as nobody foresaw is left alone and named; the rest goes on.
"""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404
from django.utils import timezone

from assay.app.deciding.announcing import LetterChoice
from assay.app.deciding.bulk_work import enqueue_bulk
from assay.app.deciding.models import Bulk, BulkItem
from assay.app.deciding.queries import evidence_on_screen
from assay.core.deciding.bulk import BulkItemState, BulkState, SkipCause, bulk_ground
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, RejectReason
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from .deciding import ConflictingDecisionError, EvidenceShown, InterviewsNotOpenError, decide, undo

PIECE = 100
_LONGEST_WHY = 400
_FAILED = "Something went wrong here, so it was left as it is. Open the application and decide about it there."
_log = logging.getLogger(__name__)


def work_on_bulk(*, bulk_id: int) -> None:
    """Do the next piece of a bulk or of its undo; queue the next one, or close it when nothing is left.

    It is done in the name of who began it (or its undo), whoever's request or worker this is.

    Called again after a worker died, or by two at once, it goes on where nobody is.
    """
    bulk = Bulk.objects.select_related("made_by", "undo_by").get(pk=bulk_id)
    actor = bulk.made_by if bulk.undo_by is None else bulk.undo_by
    todo, step = _work_of(bulk)
    for item_id in bulk.items.filter(state=todo).order_by("id").values_list("id", flat=True)[:PIECE]:
        step(actor, item_id)
    _go_on_or_finish(actor=actor, bulk_id=bulk_id)


def _work_of(bulk: Bulk) -> tuple[BulkItemState, Callable[[User, int], None]]:
    return (BulkItemState.DONE, _take_back) if bulk.state == BulkState.UNDOING else (BulkItemState.WAITING, _decide)


@transaction.atomic
def _decide(actor: User, item_id: int) -> None:
    item = _take(item_id, BulkItemState.WAITING, BulkState.RUNNING)
    if item is None:
        return
    try:
        with transaction.atomic():
            item.decision_id = _decide_about(actor, item)
        item.state = BulkItemState.DONE
    except ConflictingDecisionError as error:
        _skip(item, SkipCause.CHANGED, str(error))
    except InterviewsNotOpenError as error:
        _skip(item, SkipCause.BAND, str(error))
    except IllegalDecisionError as error:
        _skip(item, SkipCause.REFUSED, str(error))
    except (PermissionDenied, Http404) as error:
        _skip(item, SkipCause.ACCESS, str(error))
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one must not hold up the others
        _log.exception("A decision about many failed at item %s", item_id)
        _skip(item, SkipCause.FAILED, _FAILED)
    item.save(update_fields=["state", "decision", "cause", "why"])


def _decide_about(actor: User, item: BulkItem) -> int:
    bulk, kind = item.bulk, DecisionKind(item.bulk.kind)
    evidence = None
    if kind is DecisionKind.REJECT:
        on_screen = evidence_on_screen(application_id=item.application_id)
        ground = bulk_ground(items=on_screen.items) if on_screen.screening_id == item.screening_id else ()
        evidence = EvidenceShown(screening_id=item.screening_id, relied_on=tuple(sorted(ground)), now=on_screen)
    return decide(
        actor=actor,
        application_id=item.application_id,
        kind=kind,
        expected_revision=item.seen_revision,
        reason=RejectReason(bulk.reason) if bulk.reason else None,
        note=bulk.note,
        to_stage_id=bulk.to_stage_id,
        held_until=bulk.held_until,
        evidence_shown=evidence,
        letter=LetterChoice(bulk.letter),
    )


@transaction.atomic
def _take_back(actor: User, item_id: int) -> None:
    item = _take(item_id, BulkItemState.DONE, BulkState.UNDOING)
    if item is None or item.decision_id is None:
        return
    try:
        with transaction.atomic():
            undo(actor=actor, decision_id=item.decision_id)
        item.state = BulkItemState.UNDONE
    except (ConflictingDecisionError, IllegalDecisionError, PermissionDenied, Http404) as error:
        item.state, item.why = BulkItemState.KEPT, str(error)[:_LONGEST_WHY]
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one must not hold up the others
        _log.exception("The undo of a decision about many failed at item %s", item_id)
        item.state, item.why = BulkItemState.KEPT, _FAILED
    item.save(update_fields=["state", "why"])


def _take(item_id: int, state: BulkItemState, bulk_state: BulkState) -> BulkItem | None:
    """Return an item that nobody else works on until the transaction ends, if it still waits for this."""
    rows = BulkItem.objects.select_for_update(of=("self",), skip_locked=True).select_related("bulk")
    return rows.filter(pk=item_id, state=state, bulk__state=bulk_state).first()


def _skip(item: BulkItem, cause: SkipCause, why: str) -> None:
    item.state, item.cause, item.why = BulkItemState.SKIPPED, cause.value, why[:_LONGEST_WHY]


@transaction.atomic
def _go_on_or_finish(*, actor: User, bulk_id: int) -> None:
    bulk = Bulk.objects.select_for_update().get(pk=bulk_id)
    if not BulkState(bulk.state).is_moving:
        return
    todo, _ = _work_of(bulk)
    if bulk.items.filter(state=todo).exists():
        enqueue_bulk(bulk_id=bulk_id)
        return
    is_undo = bulk.state == BulkState.UNDOING
    bulk.state = BulkState.UNDONE if is_undo else BulkState.DONE
    bulk.finished_at = timezone.now()
    bulk.save(update_fields=["state", "finished_at"])
    left = bulk.items.filter(state=BulkItemState.KEPT if is_undo else BulkItemState.SKIPPED).count()
    verb = "bulk.undone" if is_undo else "bulk.finished"
    record(actor=actor, verb=verb, object_type="job", object_id=bulk.job_id, data={"bulk": bulk_id, "left": left})
