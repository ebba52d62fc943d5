"""What clocks and inboxes are told of candidates' requests."""

from collections.abc import Collection, Mapping

from django.db import connection

from assay.core.applying.states import RequestState
from assay.core.pipeline.facts import RequestFact

_OPEN = """
    SELECT application_id, id, kind, asked_at FROM applying_candidaterequest
    WHERE application_id = ANY(%s) AND state = %s
    ORDER BY asked_at, id
"""


def list_request_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[RequestFact, ...]]:
    """Return the requests that nobody has answered, oldest first, by application. No access check: for clocks."""
    found: dict[int, list[RequestFact]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [list(application_ids), RequestState.OPEN.value])
        for application_id, request_id, kind, asked_at in cursor.fetchall():
            found.setdefault(application_id, []).append(RequestFact(request_id, kind, asked_at))
    return {application_id: tuple(facts) for application_id, facts in found.items()}
