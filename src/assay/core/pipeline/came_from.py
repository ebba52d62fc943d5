"""From which list a candidate was opened: written into the address of their page, so that it can lead on and back."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl

from assay.core.pipeline.applicant_view import read_applicant_view, write_applicant_view

LONGEST_QUERY = 600
_LARGEST_ID = 2**53
_WRITTEN = re.compile(r"(list|queue|column-([1-9][0-9]{0,15}))(?:\.([A-Za-z0-9_-]{1,400}))?:([\x21-\x7e]{0,600})")


class ListKind(StrEnum):
    """The lists that a candidate can be opened from."""

    LIST = "list"
    COLUMN = "column"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class CameFrom:
    """A list by its query string; a column of a board by the board's and its stage.

    ``anchor`` keeps the place in the list of one who has changed since: decided about, they would sort elsewhere.
    """

    kind: ListKind
    query: str
    stage_id: int | None = None
    anchor: str = ""


def write_came_from(*, came_from: CameFrom) -> str:
    """Return a list as text for an address, to be quoted; empty for one whose query is too long to carry."""
    if len(came_from.query) > LONGEST_QUERY:
        return ""
    stage = "" if came_from.stage_id is None else f"-{came_from.stage_id}"
    anchor = f".{came_from.anchor}" if came_from.anchor else ""
    return f"{came_from.kind.value}{stage}{anchor}:{came_from.query}"


def read_came_from(*, text: str) -> CameFrom | None:
    """Return the list that ``write_came_from`` wrote, None for anything else. The query of a queue is not looked at."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    name, stage, anchor, query = found.groups()
    stage_id = int(stage) if stage else None
    if stage_id is not None and stage_id > _LARGEST_ID:
        return None
    kind = ListKind.COLUMN if stage_id is not None else ListKind(name)
    if kind is not ListKind.QUEUE and not _is_view(query):
        return None
    return CameFrom(kind, query, stage_id, anchor or "")


def _is_view(query: str) -> bool:
    """Tell whether a query is one that a view writes: anything else was made up."""
    fields = dict(parse_qsl(query))
    return write_applicant_view(view=read_applicant_view(fields=fields, columns=[fields.get("cols", "")])) == query
