"""What stands around every part of a candidate's page: twins, links, clocks, the time where they are, what came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assay.app.applying.queries.facts import Asked, list_asked
from assay.app.clocks.queries.views import ClockView
from assay.app.clocks.queries.waiting import clock_lines
from assay.app.deciding.desk import Candidate
from assay.app.interviewing.queries.astray import Astray, list_astray
from assay.app.interviewing.queries.interviews import InterviewView, list_of_application
from assay.app.pipeline.queries.duplicates import Alike, list_alike
from assay.app.pipeline.queries.persons import find_transfers, list_visible
from assay.core.clocks.kinds import ClockKind
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User

# What a snapshot calls its fields, in words; an empty word leaves a field out that means nothing to a reader.
_SUBMITTED_LABELS = {
    "import": "",
    "contact name": "Name",
    "contact email": "E-mail",
    "contact phone": "Phone",
    "contact location": "Location",
    "contact links": "Links",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """The application that this one came from or went on as, in a job that may be seen."""

    words: str
    application_id: int
    job_title: str


@dataclass(frozen=True, slots=True)
class Header:
    """``alike`` are shown to who may merge people; ``their_time`` is known once an interview was arranged with them;
    ``interviews`` is how many there are, ``submitted`` what came in, as label and text; ``astray`` are interviews to
    come of a stage that was not reached; ``asked`` says what requests ask for, by the subject of their clocks, to those
    who may answer them."""

    alike: tuple[Alike, ...]
    links: tuple[Linked, ...]
    clocks: tuple[ClockView, ...]
    their_time: datetime | None
    their_zone: str
    interviews: int
    submitted: tuple[tuple[str, str], ...]
    astray: tuple[Astray, ...]
    asked: Mapping[str, Asked]


def get_header(*, actor: User, candidate: Candidate, now: datetime) -> Header:
    """Return the header of a candidate that ``actor`` was already allowed to see."""
    may_merge = ask(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION).allowed
    interviews = list_of_application(application_id=candidate.application_id)
    zone = _zone(interviews)
    lines = clock_lines(application_id=candidate.application_id, now=now)
    if not candidate.rights.can_see_decisions:
        lines = tuple(line for line in lines if line.kind is not ClockKind.FEEDBACK)
    is_asked = any(line.kind is ClockKind.REQUEST for line in lines)
    return Header(
        alike=list_alike(actor=actor, person_id=candidate.person_id) if may_merge else (),
        links=_links(actor, candidate.application_id),
        clocks=lines,
        their_time=now.astimezone(zone) if zone else None,
        their_zone=zone.key if zone else "",
        interviews=len(interviews),
        submitted=tuple(_flatten(candidate.submitted)),
        astray=list_astray(application_id=candidate.application_id, now=now),
        asked=list_asked(application_id=candidate.application_id) if is_asked and candidate.rights.can_answer else {},
    )


def _links(actor: User, application_id: int) -> tuple[Linked, ...]:
    words = {"from": "Came from", "to": "Went on in"}
    found = find_transfers(application_id=application_id)
    titles = list_visible(actor=actor, application_ids=found.values())
    return tuple(Linked(words[way], pk, titles[pk]) for way, pk in found.items() if pk in titles)


def _zone(interviews: Sequence[InterviewView]) -> ZoneInfo | None:
    zones = [one.candidate_zone for one in interviews if one.candidate_zone]
    try:
        return ZoneInfo(zones[-1]) if zones else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _flatten(value: object, name: str = "") -> list[tuple[str, str]]:
    """Lay a snapshot out as label and text: nested fields with their names joined, a table's cells one by one."""
    if isinstance(value, Mapping):
        return [pair for key, item in value.items() for pair in _flatten(item, f"{name} {key}".strip())]
    if name == "cells" and isinstance(value, list | tuple):
        return [(str(cell[0]), str(cell[1])) for cell in value if len(cell) == 2 and cell[1] != ""]
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    label = _SUBMITTED_LABELS.get(name, name.replace("_", " ").capitalize())
    return [(label, str(value))] if label and value not in (None, "") else []
