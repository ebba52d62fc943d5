"""Facts about waits, for clocks: in which conversations a candidate waits for an answer, and since when."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import connection

from assay.core.pipeline.facts import ReplyFact

_WAITING = """
    SELECT application_id, id, awaits_reply_since FROM messaging_thread
    WHERE application_id = ANY(%s) AND awaits_reply_since IS NOT NULL
    ORDER BY awaits_reply_since
"""


def list_reply_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[ReplyFact, ...]]:
    """Return the conversations in which each application's candidate waits for an answer, in one statement.

    Applications without one are left out. No access check: the caller has asked.
    """
    found: defaultdict[int, list[ReplyFact]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [list(application_ids)])
        for application_id, thread_id, since in cursor.fetchall():
            found[application_id].append(ReplyFact(thread_id, since))
    return {application_id: tuple(facts) for application_id, facts in found.items()}
