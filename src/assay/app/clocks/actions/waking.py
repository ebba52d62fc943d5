"""What time alone changes: a hold runs out, an interview is over, a promise comes close."""

from datetime import datetime

from assay.app.clocks.actions.syncing import BATCH, sync
from assay.app.clocks.models import Wake


def wake(*, now: datetime) -> int:
    """Work out again every application whose moment has come, and return how many there were."""
    count = 0
    while ids := list(Wake.objects.filter(at__lte=now).order_by("at").values_list("application_id", flat=True)[:BATCH]):
        count += sync(application_ids=ids, now=now).applications
    return count
