"""The frame around everything about one candidate: who, where they stand, and the tabs.

A page of another app (interviews, messages) extends ``deciding/candidate_base.html``, fills its ``tab`` block and puts
``candidate`` (from ``get_candidate``) and ``frame`` into its context.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assay.app.deciding.desk import Candidate
from assay.app.deciding.forms import hold_choices
from assay.app.deciding.header import Header, get_header
from assay.app.deciding.way import Way, find_way, from_query, read_way
from assay.app.documents.queries import list_documents
from assay.app.messaging.queries.conversations import count_messages
from assay.app.messaging.queries.rejections import RejectionNote, get_rejection_note
from assay.app.pipeline.queries.persons import list_applications_of
from assay.core.deciding.decision import REASON_LABELS, WITHDRAW_LABELS
from assay.core.pipeline.came_from import CameFrom
from assay.platform.accounts.models import User


class CandidateTab(StrEnum):
    """The parts of a candidate's page, in their order."""

    EVIDENCE = "evidence"
    INTERVIEWS = "interviews"
    MESSAGES = "messages"
    DOCUMENTS = "documents"
    HISTORY = "history"
    OTHER = "other"


_LABELS = {
    CandidateTab.EVIDENCE: "Evidence",
    CandidateTab.INTERVIEWS: "Interviews",
    CandidateTab.MESSAGES: "Messages",
    CandidateTab.DOCUMENTS: "Documents",
    CandidateTab.HISTORY: "History",
    CandidateTab.OTHER: "Other jobs",
}
_KEYS = {CandidateTab.MESSAGES: "m"}
_OWN_PAGES: dict[CandidateTab, str] = {
    CandidateTab.INTERVIEWS: "interviewing:of_application",
    CandidateTab.MESSAGES: "messaging:of_application",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The tabs as the macro draws them, one of them current."""

    tabs: tuple[Mapping[str, object], ...]


def frame_of(
    *,
    candidate: Candidate,
    at: CandidateTab,
    counts: Mapping[CandidateTab, int],
    came_from: CameFrom | None = None,
) -> Frame:
    """Return the frame with the tab ``at`` current. Who may not see messages gets no tab for them.

    Its addresses keep the list that the candidate was opened from.
    """
    hidden = set() if candidate.rights.can_see_messages else {CandidateTab.MESSAGES}
    return Frame(
        tabs=tuple(
            {
                "label": label,
                "href": _address(candidate.application_id, tab, from_query(came_from=came_from)),
                "is_current": tab is at,
                "count": counts.get(tab),
                "key": _KEYS.get(tab, ""),
            }
            for tab, label in _LABELS.items()
            if tab not in hidden
        )
    )


def frame_context(*, request: HttpRequest, actor: User, candidate: Candidate, at: CandidateTab) -> dict[str, object]:
    """Return all that ``candidate_base.html`` needs, the same on every tab."""
    now = timezone.now()
    header = get_header(actor=actor, candidate=candidate, now=now)
    counts = _counts(actor, candidate, header)
    came_from = read_way(request=request, application_id=candidate.application_id)
    way = find_way(came_from=came_from, candidate=candidate, now=now) if came_from else None
    return {
        "candidate": candidate,
        "frame": frame_of(candidate=candidate, at=at, counts=counts, came_from=came_from),
        "way": way,
        "previous_url": _on_the_way(way, way.previous_id, at) if way else "",
        "next_url": _on_the_way(way, way.next_id, at) if way else "",
        "header": header,
        "has_documents": counts[CandidateTab.DOCUMENTS] > 0,
        "rejection_note": _rejection_note(candidate),
        "may_send": candidate.rights.can_edit,
        "tab": at.value,
        "back": "",
        "reasons": [(reason.value, label) for reason, label in REASON_LABELS.items()],
        "withdraw_reasons": [(reason.value, label) for reason, label in WITHDRAW_LABELS.items()],
        "hold_days": hold_choices(today=timezone.localdate()),
        "contact_errors": {},
        "contact_values": {},
        "is_queue": False,
        "toast": None,
    }


def _counts(actor: User, candidate: Candidate, header: Header) -> Mapping[CandidateTab, int]:
    """Return how much is behind each tab that counts something."""
    of_person = list_applications_of(actor=actor, person_id=candidate.person_id)
    return {
        CandidateTab.INTERVIEWS: header.interviews,
        CandidateTab.MESSAGES: count_messages(application_id=candidate.application_id),
        CandidateTab.DOCUMENTS: len(list_documents(application_id=candidate.application_id)),
        CandidateTab.OTHER: sum(one.application_id != candidate.application_id for one in of_person),
    }


def _rejection_note(candidate: Candidate) -> RejectionNote | None:
    if not candidate.rights.can_see_messages:
        return None
    return get_rejection_note(application_id=candidate.application_id, status=candidate.status)


def _on_the_way(way: Way, application_id: int | None, at: CandidateTab) -> str:
    """Return the address of a neighbour in the list, at the tab that is open here; empty for none."""
    return _address(application_id, at, urlencode({"from": way.text})) if application_id is not None else ""


def _address(application_id: int, tab: CandidateTab, more: str) -> str:
    name = _OWN_PAGES.get(tab, "review:application")
    own = f"tab={tab.value}" if tab not in _OWN_PAGES and tab is not CandidateTab.EVIDENCE else ""
    query = "&".join(part for part in (own, more) if part)
    return reverse(name, args=[application_id]) + (f"?{query}" if query else "")
