"""One list of applicants seen as a board, a table or stage by stage: what of it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.pipeline.applicant_filter import ApplicantFilter, read_applicant_filter, write_applicant_filter


class ViewKind(StrEnum):
    """The ways to look at the same applicants."""

    TABLE = "table"
    BOARD = "board"
    STAGES = "stages"


class ViewColumn(StrEnum):
    """The columns of the table that can be left out, in their order."""

    SCORE = "score"
    MUSTS = "musts"
    FLAGS = "flags"
    STAGE = "stage"
    WORK = "work"
    DAYS = "days"
    CLOCK = "clock"
    SOURCE = "source"
    APPLIED = "applied"


USUAL_COLUMNS = tuple(column for column in ViewColumn if column not in (ViewColumn.WORK, ViewColumn.SOURCE))


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """Who is listed and how it is shown. ``columns`` are the table's, in their order."""

    filter: ApplicantFilter = ApplicantFilter()
    kind: ViewKind = ViewKind.TABLE
    columns: tuple[ViewColumn, ...] = USUAL_COLUMNS


def read_applicant_view(*, fields: Mapping[str, str], columns: Sequence[str] = ()) -> ApplicantView:
    """Read a view from the fields of an address; ``columns`` are its ``cols``, each a name or several with commas.

    What means nothing is left out; without any column that there is, the usual ones are shown.
    """
    asked = {name for value in columns for name in value.split(",")}
    chosen = tuple(column for column in ViewColumn if column.value in asked)
    kind = next((kind for kind in ViewKind if kind.value == fields.get("view", "")), ViewKind.TABLE)
    return ApplicantView(read_applicant_filter(fields=fields), kind, chosen or USUAL_COLUMNS)


def write_applicant_view(*, view: ApplicantView) -> str:
    """Return a view as a query string that ``read_applicant_view`` reads back. It is never empty: it names its kind."""
    columns = ",".join(view.columns) if view.columns != USUAL_COLUMNS else ""
    parts = (
        f"view={view.kind.value}",
        f"cols={columns}" if columns else "",
        write_applicant_filter(filter_=view.filter),
    )
    return "&".join(part for part in parts if part)
