"""What happened to an application, newest first: decisions by people beside what the system did by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assay.app.deciding.queries import DecisionView, list_decisions
from assay.app.documents.queries import list_documents
from assay.core.deciding.decision import DecisionKind
from assay.core.deciding.evidence import ShownItem
from assay.platform.audit.models import Event

_MOST_EVENTS = 300
_ICONS = {
    DecisionKind.ADVANCE: "check",
    DecisionKind.MOVE: "columns-3",
    DecisionKind.REJECT: "ban",
    DecisionKind.HOLD: "pause",
    DecisionKind.RESUME: "clock",
    DecisionKind.WITHDRAW: "log-out",
    DecisionKind.TRANSFER: "arrow-right",
    DecisionKind.UNDO: "undo-2",
}
_WORDS = {
    "application.recorded": ("plus", "added this application"),
    "document.attached": ("file-text", "attached a document"),
    "document.read": ("scroll-text", "read a document"),
    "application.screened": ("scale", "screened it"),
    "application.screening_requested": ("scale", "asked to screen it again"),
    "application.screening_finished": ("scale", "finished screening it again"),
    "person.corrected": ("pencil", "corrected the contact"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history. ``is_automatic`` marks what no person did."""

    icon: str
    at: datetime
    who: str
    what: str
    note: str
    is_automatic: bool
    grounds: tuple[ShownItem, ...] = ()
    is_undone: bool = False


def list_history(*, application_id: int, person_id: int, with_decisions: bool) -> tuple[Happening, ...]:
    """Return what happened to an application; decisions are left out for those who may not see them."""
    documents = [document.id for document in list_documents(application_id=application_id)]
    events = Event.objects.select_related("actor").filter(
        Q(object_type="application", object_id=application_id)
        | Q(object_type="document", object_id__in=documents)
        | Q(object_type="person", object_id=person_id),
        verb__in=list(_WORDS),
    )
    happenings = [_from_event(event) for event in events.order_by("-sequence")[:_MOST_EVENTS]]
    if with_decisions:
        happenings += [_from_decision(decision) for decision in list_decisions(application_id=application_id)]
    return tuple(sorted(happenings, key=lambda happening: happening.at, reverse=True))


def _from_decision(decision: DecisionView) -> Happening:
    return Happening(
        icon=_ICONS[decision.kind],
        at=decision.decided_at,
        who=decision.decided_by,
        what="took a decision back" if decision.kind is DecisionKind.UNDO else decision.sentence,
        note=decision.note,
        is_automatic=False,
        grounds=decision.grounds,
        is_undone=decision.is_undone,
    )


def _from_event(event: Event) -> Happening:
    icon, words = _WORDS[event.verb]
    return Happening(
        icon=icon,
        at=event.recorded_at,
        who="" if event.actor is None else event.actor.display_name,
        what=words,
        note=_details(event.verb, event.data),
        is_automatic=event.actor is None,
    )


def _details(verb: str, data: Mapping[str, object]) -> str:
    if verb == "application.screened":
        return _screened(data)
    if verb == "document.read" and data.get("unreadable"):
        return f"It needs a person: {str(data['unreadable']).replace('_', ' ')}."
    if verb == "person.corrected" and isinstance(data.get("fields"), list):
        return ", ".join(str(field) for field in data["fields"])  # type: ignore[attr-defined]
    return ""


def _screened(data: Mapping[str, object]) -> str:
    if data.get("status") != "screened":
        return "No text to screen; it needs a person."
    before, now = data.get("score_before"), data.get("score")
    change = f"{before:.0f} before, {now:.0f} now" if isinstance(before, float | int) else f"Score {now:.0f}"
    return f"{change}, with rules {data.get('rules')}."
