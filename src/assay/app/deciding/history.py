"""What happened to an application, newest first: what people did beside what went by itself, and how long it stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from assay.app.deciding.facts import list_move_facts
from assay.app.deciding.happenings import VERBS, HappeningKind, Without
from assay.app.deciding.queries import THE_CANDIDATE, DecisionView, list_decisions
from assay.app.documents.queries import list_documents
from assay.app.pipeline.queries.jobs import list_stage_names
from assay.core.deciding.decision import DecisionKind
from assay.core.deciding.evidence import ShownItem
from assay.platform.audit.models import Event

MOST_EVENTS = 400
_ICONS = {
    DecisionKind.ADVANCE: "check",
    DecisionKind.MOVE: "columns-3",
    DecisionKind.REJECT: "ban",
    DecisionKind.HOLD: "pause",
    DecisionKind.RESUME: "clock",
    DecisionKind.WITHDRAW: "log-out",
    DecisionKind.TRANSFER: "arrow-right-left",
    DecisionKind.UNDO: "undo-2",
}
_TABS = {HappeningKind.INTERVIEW: "interviewing:of_application", HappeningKind.MESSAGE: "messaging:of_application"}


class Which(StrEnum):
    """Which happenings are shown."""

    ALL = "all"
    PEOPLE = "people"
    AUTOMATIC = "automatic"
    DECISIONS = "decisions"
    INTERVIEWS = "interviews"
    MESSAGES = "messages"


WHICH_LABELS: Mapping[Which, str] = {
    Which.ALL: "Everything",
    Which.PEOPLE: "By people",
    Which.AUTOMATIC: "By itself",
    Which.DECISIONS: "Decisions",
    Which.INTERVIEWS: "Interviews",
    Which.MESSAGES: "Messages",
}
_KINDS = {
    Which.DECISIONS: HappeningKind.DECISION,
    Which.INTERVIEWS: HappeningKind.INTERVIEW,
    Which.MESSAGES: HappeningKind.MESSAGE,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history. ``is_automatic`` marks what no person did; ``moment`` is a time that it is about, and
    ``href`` where more of it stands."""

    icon: str
    kind: HappeningKind
    at: datetime
    who: str
    what: str
    note: str
    is_automatic: bool
    grounds: tuple[ShownItem, ...] = ()
    is_undone: bool = False
    moment: datetime | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in one stage, in minutes, with its share of the longest (0 to 1). ``is_now``: still there."""

    stage: str
    since: datetime
    minutes: float
    share: float
    is_now: bool


def list_history(
    *, application_id: int, person_id: int, with_decisions: bool, with_messages: bool, which: Which = Which.ALL
) -> tuple[Happening, ...]:
    """Return what happened to an application; decisions and messages are left out for those who may not see them."""
    documents = [document.id for document in list_documents(application_id=application_id)]
    events = (
        Event.objects.select_related("actor")
        .filter(
            Q(object_type="application", object_id=application_id)
            | Q(object_type="document", object_id__in=documents)
            | Q(object_type="person", object_id=person_id),
            verb__in=list(VERBS),
        )
        .exclude(verb="application.recorded", actor=None)
    )
    happenings = [_from_event(event, application_id) for event in events.order_by("-sequence")[:MOST_EVENTS]]
    if with_decisions:
        happenings += [_from_decision(decision) for decision in list_decisions(application_id=application_id)]
    if not with_messages:
        happenings = [one for one in happenings if one.kind is not HappeningKind.MESSAGE]
    shown = [one for one in happenings if _is_asked_for(one, which)]
    return tuple(sorted(shown, key=lambda happening: happening.at, reverse=True))


def list_stays(*, application_id: int, job_id: int, stage_id: int, since: datetime, now: datetime) -> tuple[Stay, ...]:
    """Return how long an application stood in each stage, in time order; ``stage_id`` and ``since`` say where it began
    when nothing was decided yet."""
    facts = list_move_facts(application_ids=[application_id]).get(application_id)
    entries = [(move.stage_id, move.at) for move in facts.moves] if facts and facts.moves else [(stage_id, since)]
    ended = facts.ended_at if facts else None
    names = list_stage_names(job_id=job_id)
    ends: Sequence[datetime] = [*(at for _, at in entries[1:]), ended or now]
    lengths = [max((end - at).total_seconds() / 60, 0.0) for (_, at), end in zip(entries, ends, strict=True)]
    longest = max([*lengths, 1.0])
    return tuple(
        Stay(names.get(stage, ""), at, length, length / longest, is_now=not ended and number == len(entries))
        for number, ((stage, at), length) in enumerate(zip(entries, lengths, strict=True), 1)
    )


def _is_asked_for(one: Happening, which: Which) -> bool:
    if which in (Which.PEOPLE, Which.AUTOMATIC):
        return one.is_automatic is (which is Which.AUTOMATIC)
    return which is Which.ALL or one.kind is _KINDS[which]


def _from_decision(decision: DecisionView) -> Happening:
    return Happening(
        icon=_ICONS[decision.kind],
        kind=HappeningKind.DECISION,
        at=decision.decided_at,
        who=decision.decided_by,
        what="took a decision back" if decision.kind is DecisionKind.UNDO else decision.sentence,
        note=decision.note,
        is_automatic=decision.is_automatic,
        grounds=decision.grounds,
        is_undone=decision.is_undone,
    )


def _from_event(event: Event, application_id: int) -> Happening:
    told = VERBS[event.verb]
    by_candidate = event.actor is None and told.without is Without.CANDIDATE and not event.data.get("automatic")
    who = event.actor.display_name if event.actor else THE_CANDIDATE if by_candidate else ""
    starts_at = event.data.get("starts_at")
    return Happening(
        icon=told.icon,
        kind=told.kind,
        at=event.recorded_at,
        who=who,
        what=told.words,
        note=_details(event),
        is_automatic=not who,
        moment=parse_datetime(starts_at) if isinstance(starts_at, str) else None,
        href=reverse(_TABS[told.kind], args=[application_id]) if told.kind in _TABS else "",
    )


def _details(event: Event) -> str:
    verb, data = event.verb, event.data
    if verb == "application.screened":
        return _screened(data)
    if verb == "document.read" and data.get("unreadable"):
        return f"It needs a person: {str(data['unreadable']).replace('_', ' ')}."
    if verb == "person.corrected" and isinstance(data.get("fields"), list):
        return ", ".join(str(field) for field in data["fields"])
    if verb.startswith("message."):
        return str(data.get("kind", "")).replace("_", " ").capitalize()
    if verb.startswith("clock"):
        return event.why.replace("_", " ").capitalize()
    return ""


def _screened(data: Mapping[str, object]) -> str:
    if data.get("status") != "screened":
        return "No text to screen; it needs a person."
    before, now = data.get("score_before"), data.get("score")
    change = f"{before:.0f} before, {now:.0f} now" if isinstance(before, float | int) else f"Score {now:.0f}"
    return f"{change}, with rules {data.get('rules')}."
