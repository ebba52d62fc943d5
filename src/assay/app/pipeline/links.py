"""The addresses around a view of applicants: the same people seen otherwise, everybody, the kept views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from assay.app.pipeline.queries.jobs import FilterView, JobView
from assay.app.pipeline.wording import VIEW_LABELS
from assay.core.pipeline.applicant_filter import ApplicantFilter, Waiting
from assay.core.pipeline.applicant_view import ApplicantView, ViewKind, write_applicant_view
from assay.core.pipeline.came_from import CameFrom, ListKind, write_came_from


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go, and whether one is there."""

    label: str
    query: str
    is_current: bool
    view_id: int = 0
    is_team: bool = False
    is_default: bool = False


def view_links(*, view: ApplicantView) -> tuple[Link, ...]:
    """Return the same people as a board, as a table and stage by stage."""
    return tuple(
        Link(label, write_applicant_view(view=replace(view, kind=kind)), kind is view.kind)
        for kind, label in VIEW_LABELS.items()
    )


def list_links(*, view: ApplicantView, job: JobView) -> tuple[Link, ...]:
    """Return the kept views of the team, then those of the person."""
    query = write_applicant_view(view=view)
    team = tuple(_kept(saved, query, is_team=True) for saved in job.team_filters)
    return (*team, *(_kept(saved, query, is_team=False) for saved in job.filters))


def quick_queries(*, view: ApplicantView) -> Mapping[str, str]:
    """Return the query strings of the lists that every job has: everybody active, to review, needs a person."""
    chosen = {
        "all": ApplicantFilter(),
        "review": ApplicantFilter(waiting=Waiting.REVIEW),
        "person": ApplicantFilter(waiting=Waiting.PERSON),
    }
    return {name: write_applicant_view(view=replace(view, filter=filter_)) for name, filter_ in chosen.items()}


def page_query(*, query: str, at: str) -> str:
    """Return the query string of a page that begins at a position; empty when there is none."""
    return "?" + "&".join(part for part in (query, urlencode({"at": at})) if part) if at else ""


def application_address(*, view: ApplicantView) -> Callable[..., str]:
    """Return a cheap way to the addresses of many applications that are listed as ``view`` says.

    Called with an id, and on a board with the card's stage as well. Each says which list it was opened from.
    """
    address = _address("review:application")
    query = write_applicant_view(view=view)
    of_stages: dict[int | None, str] = {}

    def of(application_id: int, stage_id: int | None = None) -> str:
        if stage_id not in of_stages:
            kind = ListKind.LIST if stage_id is None else ListKind.COLUMN
            written = write_came_from(came_from=CameFrom(kind, query, stage_id))
            of_stages[stage_id] = f"?{urlencode({'from': written})}" if written else ""
        return address(application_id) + of_stages[stage_id]

    return of


def move_address() -> Callable[[int], str]:
    """Return a cheap way to the addresses at which many applications are moved."""
    return _address("review:move")


def _address(name: str) -> Callable[[int], str]:
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return lambda application_id: f"{before}{application_id}{after}"


def _kept(saved: FilterView, query: str, *, is_team: bool) -> Link:
    of_table = f"view={ViewKind.TABLE.value}"
    whole = saved.query if saved.query.startswith("view=") else "&".join(filter(None, (of_table, saved.query)))
    return Link(saved.name, whole, whole == query, saved.id, is_team, saved.is_default)
