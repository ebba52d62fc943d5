"""Which applications somebody has arranged an interview for."""

from collections.abc import Collection

from assay.app.interviewing.models import Interview


def list_interviewed(*, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of these applications that have an interview in any state, in one statement.

    No access check: the caller has asked.
    """
    rows = Interview.objects.filter(application_id__in=list(application_ids)).order_by()
    return frozenset(rows.values_list("application_id", flat=True))
