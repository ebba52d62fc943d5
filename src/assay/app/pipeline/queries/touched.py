"""Which applications somebody has done something with, so that nothing takes them away unasked."""

from collections.abc import Collection

from assay.app.applying.queries.touched import list_heard_from
from assay.app.clocks.queries.touched import list_paused_or_promised
from assay.app.interviewing.queries.touched import list_interviewed
from assay.app.messaging.queries.touched import list_written_to
from assay.app.pipeline.models import Application


def list_touched(*, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of these applications that hold more than what they came in with.

    That is a decision, a conversation, an interview, something the candidate sent or asked for, a pause or a promise.
    Five statements whatever the number. No access check: the caller has asked.
    """
    decided = Application.objects.filter(pk__in=list(application_ids), revision__gt=1).order_by()
    return frozenset(decided.values_list("pk", flat=True)).union(
        list_written_to(application_ids=application_ids),
        list_interviewed(application_ids=application_ids),
        list_heard_from(application_ids=application_ids),
        list_paused_or_promised(application_ids=application_ids),
    )
