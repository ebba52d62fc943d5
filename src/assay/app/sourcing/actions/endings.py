"""Archives and tables are done with: opened, or refused with the reason."""

from django.db import transaction
from django.utils import timezone

from assay.app.sourcing.funnel import lock_batch
from assay.app.sourcing.models import ImportItem
from assay.core.sourcing.import_state import ItemState
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@transaction.atomic
def end_container(*, actor: User, item: ImportItem, state: ItemState, message: str) -> None:
    """Say what came out of an archive or a table, once. Raises ``Http404`` when its draft is gone."""
    lock_batch(batch_id=item.batch_id)
    ended = ImportItem.objects.filter(pk=item.pk, state=ItemState.WAITING).update(
        state=state, message=message, finished_at=timezone.now()
    )
    if ended:
        data = {"item": item.pk, "state": state.value, "members": item.members.count()}
        record(actor=actor, verb="import.opened", object_type="import", object_id=item.batch_id, data=data)
