"""Which applications a pause or a promise was noted for."""

from collections.abc import Collection

from assay.app.clocks.models import Pause, Promise


def list_paused_or_promised(*, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of these applications that have a pause or a promise, over or not, in one statement.

    No access check: the caller has asked.
    """
    ids = list(application_ids)
    pauses = Pause.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    promises = Promise.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    return frozenset(pauses.union(promises))
