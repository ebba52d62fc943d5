"""Which applications somebody has written about."""

from collections.abc import Collection

from assay.app.messaging.models import Draft, Thread


def list_written_to(*, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of these applications that have a conversation, or a letter somebody began, in one statement.

    No access check: the caller has asked.
    """
    ids = list(application_ids)
    threads = Thread.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    drafts = Draft.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    return frozenset(threads.union(drafts))
