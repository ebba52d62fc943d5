"""What clocks and inboxes are told of candidates' requests."""

from collections.abc import Collection, Mapping

from assay.app.applying.models import CandidateRequest
from assay.core.applying.states import RequestState
from assay.core.pipeline.facts import RequestFact


def list_request_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[RequestFact, ...]]:
    """Return the requests that nobody has answered, oldest first, by application. No access check: for clocks."""
    rows = CandidateRequest.objects.filter(application_id__in=list(application_ids), state=RequestState.OPEN)
    found: dict[int, list[RequestFact]] = {}
    asked = rows.order_by("asked_at", "id").values_list("application_id", "id", "kind", "asked_at")
    for application_id, request_id, kind, asked_at in asked:
        found.setdefault(application_id, []).append(RequestFact(request_id, kind, asked_at))
    return {application_id: tuple(facts) for application_id, facts in found.items()}
