"""News on a job's page of what this person just did there: one move, or a decision about many, and its undo."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from assay.app.deciding.bulk_queries import get_bulk
from assay.app.deciding.news import Toast
from assay.app.deciding.queries import get_decision
from assay.core.deciding.bulk import BulkItemState, BulkState
from assay.core.deciding.decision import DecisionKind
from assay.platform.accounts.models import User
from assay.platform.numbers import read_id


def find_news(*, actor: User, job_id: int, asked: Mapping[str, str]) -> Toast | None:
    """Return the news that an address asks for (``bulk=ID``, ``done=ID``); None when there is none for this person."""
    bulk_id, decision_id = read_id(asked.get("bulk", "")), read_id(asked.get("done", ""))
    try:
        if bulk_id is not None:
            return _of_bulk(actor, job_id, bulk_id)
        return None if decision_id is None else _of_decision(actor, job_id, decision_id)
    except (Http404, PermissionDenied):
        return None


def _of_bulk(actor: User, job_id: int, bulk_id: int) -> Toast | None:
    bulk = get_bulk(actor=actor, job_id=job_id, bulk_id=bulk_id)
    if bulk.state not in (BulkState.DONE, BulkState.UNDONE):
        return None
    can_undo = bulk.state is BulkState.DONE and bulk.counts.get(BulkItemState.DONE, 0)
    return Toast(bulk.sentence, reverse("review:undo_bulk", args=[job_id, bulk_id]) if can_undo else "")


def _of_decision(actor: User, job_id: int, decision_id: int) -> Toast | None:
    decision = get_decision(decision_id=decision_id)
    if decision.job_id != job_id or decision.decided_by_id != actor.pk or decision.is_undone:
        return None
    if decision.kind is DecisionKind.UNDO:
        return None
    return Toast(f"{decision.name}: {decision.sentence}.", reverse("review:take_back", args=[decision.id]))
