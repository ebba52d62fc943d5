"""News of a decision that was just made, with the way to take it back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from assay.app.deciding.queries import DecisionView, get_decision
from assay.core.deciding.decision import DecisionKind
from assay.platform.numbers import read_id


@dataclass(frozen=True, slots=True)
class Toast:
    """A sentence and the address that undoes what it tells of."""

    message: str
    undo_url: str


def toast_for(*, decision: DecisionView, back: str) -> Toast:
    """Tell of a decision; ``back`` is the query string of the queue to return to after an undo."""
    address = reverse("review:undo", args=[decision.id])
    query = f"?{urlencode({'back': back})}" if back else ""
    return Toast(f"{decision.name}: {decision.sentence}.", f"{address}{query}")


def news_of(request: HttpRequest, *, back: str) -> Toast | None:
    """Tell again what this person decided a moment ago, when a redirect brought them here (``?done=ID``)."""
    done = read_id(request.GET.get("done", ""))
    if done is None:
        return None
    try:
        decision = get_decision(decision_id=done)
    except Http404:
        return None
    if decision.decided_by_id != request.user.pk or decision.is_undone or decision.kind is DecisionKind.UNDO:
        return None
    return toast_for(decision=decision, back=back)
