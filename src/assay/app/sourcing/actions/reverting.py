"""Take back what an import made, except where something has happened with it since."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assay.app.pipeline.actions.intake import remove_applications
from assay.app.sourcing.funnel import ImportRefused, find_own_batch, lock_batch
from assay.app.sourcing.items import Ending, write_endings
from assay.app.sourcing.models import ImportItem
from assay.app.sourcing.rules import pieces
from assay.app.sourcing.work import enqueue_revert
from assay.core.sourcing.import_state import BatchState, ItemState
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

_TAKEN_BACK = "Taken back."
_KEPT = (
    "Something has happened with this application since (a decision, a message, an interview, a request or a pause),"
    " so it stays."
)


@transaction.atomic
def start_revert(*, actor: User, batch_id: int) -> None:
    """Set the revert of a finished or stopped import going. Raises ``ImportRefused`` in any other state."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    if batch.state not in (BatchState.DONE, BatchState.FAILED):
        raise ImportRefused("Only an import that has ended can be taken back.")
    ids = list(_to_revert(batch_id).order_by("position").values_list("id", flat=True))
    batch.state = BatchState.REVERTING
    batch.save(update_fields=["state"])
    size = pieces().rows
    works = [tuple(ids[start : start + size]) for start in range(0, len(ids), size)] or [()]
    enqueue_revert(batch_id=batch_id, actor_id=actor.pk, pieces=works)
    record(actor=actor, verb="import.revert_started", object_type="import", object_id=batch_id)


def revert_items(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    """Take back one piece, in one transaction; close the revert when it was the last."""
    _revert_items(actor=actor, batch_id=batch_id, item_ids=item_ids)
    _finish_if_done(actor=actor, batch_id=batch_id)


@transaction.atomic
def _revert_items(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    held = _to_revert(batch_id).select_for_update(of=("self",)).filter(batch__state=BatchState.REVERTING)
    items = list(held.filter(pk__in=list(item_ids)).select_related("application", "batch"))
    if not items:
        return
    applications = {item.application_id for item in items if item.application_id is not None}
    people = {item.application.person_id for item in items if item.made_person and item.application is not None}
    gone = remove_applications(
        actor=actor,
        job_id=items[0].batch.job_id,
        application_ids=applications,
        with_people=people,
        why=f"import {batch_id} was taken back",
    )
    write_endings([_ending(item, is_gone=item.application_id is None or item.application_id in gone) for item in items])


@transaction.atomic
def _finish_if_done(*, actor: User, batch_id: int) -> None:
    if _to_revert(batch_id).exists():
        return
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.REVERTING:
        return
    batch.state, batch.finished_at = BatchState.REVERTED, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    kept = batch.items.filter(state=ItemState.KEPT).count()
    record(actor=actor, verb="import.reverted", object_type="import", object_id=batch_id, data={"kept": kept})


def _to_revert(batch_id: int) -> QuerySet[ImportItem]:
    return ImportItem.objects.filter(
        batch_id=batch_id, made_application=True, state__in=[ItemState.IMPORTED, ItemState.NEEDS_PERSON]
    )


def _ending(item: ImportItem, *, is_gone: bool) -> Ending:
    return Ending(
        item_id=item.pk,
        state=ItemState.REVERTED if is_gone else ItemState.KEPT,
        message=_TAKEN_BACK if is_gone else _KEPT,
        application_id=None if is_gone else item.application_id,
        made_person=item.made_person,
        made_application=item.made_application,
    )
