"""The way from one candidate to the next: back to the list that they were opened from, and on in its order."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assay.app.deciding.desk import Candidate
from assay.app.deciding.forms import filter_of
from assay.app.deciding.queue import find_in_queue
from assay.app.pipeline.queries.neighbours import find_neighbours
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.applicant_view import ViewKind, read_applicant_view
from assay.core.pipeline.came_from import CameFrom, ListKind, read_came_from, write_came_from
from assay.core.pipeline.stage import StageGroup

_LABELS = {ListKind.LIST: "Back to the list", ListKind.COLUMN: "Back to the board", ListKind.QUEUE: "Back to the queue"}


@dataclass(frozen=True, slots=True)
class Way:
    """Where the list is, and who stands before and after the candidate in it; an id is None at its ends, ``place`` and
    ``total`` where it is too long to count. Not ``is_inside`` is a candidate who has left it.

    ``text`` goes on with every link to the next candidate, ``kept`` with what stays at this one: it holds the place
    also when a decision gives the candidate another.
    """

    text: str
    kept: str
    label: str
    href: str
    previous_id: int | None
    next_id: int | None
    is_inside: bool
    place: int | None
    total: int | None


def read_way(*, request: HttpRequest, application_id: int) -> CameFrom | None:
    """Return the list that a candidate's page was opened from; a forged one is as none.

    An address that names none may come from another page of the same candidate, as after a form: that one's holds.
    """
    written = request.POST.get("from", "") or request.GET.get("from", "")
    if not written and "from" not in request.GET:
        written = _of_page_before(request, reverse("review:application", args=[application_id]))
    found = read_came_from(text=written)
    if found is not None and found.kind is ListKind.QUEUE and filter_of(found.query).query() != found.query:
        return None
    return found


def from_query(*, came_from: CameFrom | None) -> str:
    """Return a list as one field of a query string, empty for none."""
    written = write_came_from(came_from=came_from) if came_from else ""
    return urlencode({"from": written}) if written else ""


def find_way(*, came_from: CameFrom, candidate: Candidate, now: datetime) -> Way:
    """Return the way on from a candidate that the person looking was already allowed to see: at most two statements."""
    if came_from.kind is ListKind.QUEUE:
        return _in_queue(came_from, candidate)
    view = read_applicant_view(fields=dict(parse_qsl(came_from.query)))
    found = find_neighbours(
        job_id=candidate.job_id,
        filter_=_of_column(view.filter, came_from.stage_id, candidate),
        application_id=candidate.application_id,
        now=now,
        at=came_from.anchor,
        is_board=view.kind is ViewKind.BOARD,
    )
    target = f"{reverse('pipeline:job', args=[candidate.job_id])}?{came_from.query}"
    return Way(
        text=write_came_from(came_from=replace(came_from, anchor="")),
        kept=write_came_from(came_from=replace(came_from, anchor=found.anchor) if found else came_from),
        label=_LABELS[came_from.kind],
        href=f"{target}#stage-{came_from.stage_id}" if came_from.stage_id else target,
        previous_id=found.before[0] if found and found.before else None,
        next_id=found.after[0] if found and found.after else None,
        is_inside=found is not None and found.is_inside,
        place=found.place if found else None,
        total=found.total if found else None,
    )


def _in_queue(came_from: CameFrom, candidate: Candidate) -> Way:
    chosen = filter_of(came_from.query)
    found = find_in_queue(chosen=chosen, application_id=candidate.application_id, today=timezone.localdate())
    at = candidate.application_id if found.position else None
    text = write_came_from(came_from=replace(came_from, anchor=""))
    return Way(
        text=text,
        kept=text,
        label=_LABELS[came_from.kind],
        href=f"{reverse('review:queue', args=[candidate.job_id])}?{chosen.query(at=at)}",
        previous_id=found.previous_id,
        next_id=found.next_id,
        is_inside=at is not None,
        place=found.position,
        total=found.total,
    )


def _of_column(filter_: ApplicantFilter, stage_id: int | None, candidate: Candidate) -> ApplicantFilter:
    """Return the filter of a list, of a column narrowed to its stage."""
    if stage_id is None:
        return filter_
    groups = {step.stage_id: step.group for step in candidate.steps}
    return filter_.of_stage(stage_id=stage_id, group=groups.get(stage_id, StageGroup.APPLICATION))


def _of_page_before(request: HttpRequest, address: str) -> str:
    """Return what the page before says that it was opened from, if it was one of the same candidate."""
    try:
        before = urlsplit(request.headers.get("Referer", "")[:4000])
    except ValueError:
        return ""
    if before.netloc != request.get_host() or not before.path.startswith(address):
        return ""
    return dict(parse_qsl(before.query)).get("from", "")
