"""What clocks and inboxes are told of candidates' requests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from assay.app.applying.models import CandidateRequest
from assay.app.applying.rules import words
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks for: its kind in words, and what the candidate wrote to it."""

    request_id: int
    label: str
    text: str


def list_asked(*, application_id: int) -> Mapping[str, Asked]:
    """Return what an application's requests ask for, by the subject of their clocks. No access check: for pages that
    have made sure that the reader may answer candidates on this job."""
    rows = CandidateRequest.objects.filter(application=application_id)
    return {str(row.pk): Asked(row.pk, request_label(row), row.text) for row in rows}


def request_label(row: CandidateRequest) -> str:
    """Return what a request asks for in words."""
    if row.details.get("submission"):
        return "Somebody applied again with this address"
    return words().requests.get(row.kind, row.kind)
