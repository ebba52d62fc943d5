"""Items as the rules of an import see them, and the quick way to write what became of many at once."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from assay.app.documents.queries import applications_with_files
from assay.app.pipeline.standing import known_people, live_applications_by_email
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.rules import row_limits
from assay.core.sourcing.columns import ApplicantField, ColumnMapping
from assay.core.sourcing.forecast import Candidate, Standing
from assay.core.sourcing.import_state import ItemKind, ItemState
from assay.core.sourcing.rows import ApplicantRow, RowProblem, read_row

_WRITE = """
    UPDATE sourcing_importitem AS item
    SET state = new.state, expected = new.expected, message = new.message, problems = new.problems::jsonb,
        application_id = new.application_id, made_person = new.made_person, made_application = new.made_application,
        finished_at = CASE WHEN new.state = 'waiting' THEN NULL ELSE now() END
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bool[], %s::bool[])
        AS new(id, state, expected, message, problems, application_id, made_person, made_application)
    WHERE item.id = new.id
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """What to write on an item; ``state`` stays ``waiting`` when only a forecast is written."""

    item_id: int
    state: ItemState
    message: str = ""
    expected: str = ""
    problems: Sequence[Mapping[str, str]] = ()
    application_id: int | None = None
    made_person: bool = False
    made_application: bool = False


def mapping_of(batch: ImportBatch) -> ColumnMapping:
    """Return the batch's mapping as the rules know it."""
    return ColumnMapping(fields={int(index): ApplicantField(field) for index, field in batch.mapping.items()})


def read_item_row(
    *, batch: ImportBatch, mapping: ColumnMapping, cells: Sequence[str], today: date
) -> ApplicantRow | tuple[RowProblem, ...]:
    """Read a row's cells under the batch's mapping."""
    return read_row(cells=cells, headings=batch.columns, mapping=mapping, limits=row_limits(), today=today)


def problems_as_json(problems: Sequence[RowProblem]) -> list[dict[str, str]]:
    """Return problems in the form in which items keep them."""
    return [{"column": problem.column, "message": problem.message} for problem in problems]


def problem_sentence(problems: Sequence[RowProblem]) -> str:
    """Say in one line what is wrong with a row."""
    return " ".join(
        f"{problem.column}: {problem.message}" if problem.column else problem.message for problem in problems
    )


def applicants_of(batch: ImportBatch) -> QuerySet[ImportItem]:
    """Return the items that stand for people: rows, and files that no row takes along."""
    return batch.items.filter(kind__in=[ItemKind.FILE, ItemKind.ROW], joined_to=None)


def waiting_applicants(*, batch_id: int) -> QuerySet[ImportItem]:
    """Return the items of an import that stand for people and still wait."""
    return ImportItem.objects.filter(
        batch_id=batch_id, kind__in=[ItemKind.FILE, ItemKind.ROW], joined_to=None, state=ItemState.WAITING
    )


def standing_for(*, job_id: int, candidates: Sequence[Candidate]) -> Standing:
    """Return what the job already holds of these candidates."""
    emails = {candidate.email for candidate in candidates if candidate.email}
    file_ids = {candidate.file_id for candidate in candidates if candidate.file_id is not None}
    return Standing(
        by_file=applications_with_files(job_id=job_id, stored_file_ids=file_ids),
        by_email=live_applications_by_email(job_id=job_id, emails=emails),
        known_emails=frozenset(known_people(job_id=job_id, emails=emails)),
    )


def write_endings(endings: Sequence[Ending]) -> None:
    """Write what became of many items in one statement."""
    if not endings:
        return
    columns: list[list[Any]] = [
        [ending.item_id for ending in endings],
        [ending.state.value for ending in endings],
        [ending.expected for ending in endings],
        [ending.message for ending in endings],
        [json.dumps(list(ending.problems)) for ending in endings],
        [ending.application_id for ending in endings],
        [ending.made_person for ending in endings],
        [ending.made_application for ending in endings],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)


def end_joined_files(*, row_ids: Collection[int]) -> None:
    """Let the files that rows took along share their rows' fate."""
    with connection.cursor() as cursor:
        cursor.execute(_END_JOINED, [list(row_ids)])


_END_JOINED = """
    UPDATE sourcing_importitem AS file
    SET state = CASE WHEN taken.state IN ('imported', 'needs_person') THEN 'opened' ELSE taken.state END,
        message = 'Belongs to row ' || taken.row_number || '.', finished_at = now()
    FROM sourcing_importitem AS taken
    WHERE file.joined_to_id = taken.id AND taken.id = ANY(%s) AND taken.state <> 'waiting'
"""
