"""Facts about waits, for clocks: in which conversations a candidate waits for an answer, and since when."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from assay.app.messaging.models import Thread
from assay.core.pipeline.facts import ReplyFact


def list_reply_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[ReplyFact, ...]]:
    """Return the conversations in which each application's candidate waits for an answer, in one statement.

    Applications without one are left out. No access check: the caller has asked.
    """
    found: defaultdict[int, list[ReplyFact]] = defaultdict(list)
    waiting = Thread.objects.filter(application_id__in=list(application_ids), awaits_reply_since__isnull=False)
    rows = waiting.order_by("awaits_reply_since").values_list("application_id", "pk", "awaits_reply_since")
    for application_id, thread_id, since in rows:
        if since is not None:
            found[application_id].append(ReplyFact(thread_id, since))
    return {application_id: tuple(facts) for application_id, facts in found.items()}
