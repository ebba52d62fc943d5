"""What an import would do with its items: which file goes with which row, and each item as the rules see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import QuerySet

from assay.app.pipeline.actions.intake import Arrival
from assay.app.sourcing.items import mapping_of, problem_sentence, problems_as_json, read_item_row
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.rules import pieces
from assay.core.screening.result import Contact
from assay.core.sourcing.cells import clean_cell
from assay.core.sourcing.columns import ApplicantField
from assay.core.sourcing.forecast import Candidate
from assay.core.sourcing.import_state import ItemKind, ItemState
from assay.core.sourcing.joining import Joined, join_files
from assay.core.sourcing.rows import ApplicantRow, RowProblem


@dataclass(frozen=True, slots=True)
class Finding:
    """What was read from a file: the e-mail in it, and why a person must look at it (empty when it was read)."""

    email: str = ""
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row as read, as a candidate, and the cells that need a change."""

    candidate: Candidate
    row: ApplicantRow | None
    problems: Sequence[Mapping[str, str]] = field(default=())


def finding_of(item: ImportItem) -> Finding:
    """Return what a dry run kept of a file; nothing when none has looked at it."""
    kept = item.finding or {}
    return Finding(email=str(kept.get("email", "")), unreadable=str(kept.get("unreadable", "")))


def join_batch(*, batch: ImportBatch) -> Joined:
    """Say which waiting file goes with which waiting row, by the ids of the items."""
    columns = mapping_of(batch).columns_of(field=ApplicantField.RESUME_FILE)
    if not columns:
        return Joined(files={}, problems={})
    wanted = {item.pk: name for item in _rows(batch) if (name := _cell(item, columns[0]))}
    files = batch.items.filter(kind=ItemKind.FILE, state=ItemState.WAITING).values_list("id", "name")
    return join_files(wanted=wanted, files=dict(files))


def plan_row(
    *, batch: ImportBatch, item: ImportItem, today: date, file_id: int | None, found: Finding, join_problem: str = ""
) -> PlannedRow:
    """Read a row and the file that goes with it, if any, as one candidate."""
    mapping = mapping_of(batch)
    row = read_item_row(batch=batch, mapping=mapping, cells=item.row or (), today=today)
    problems = row if isinstance(row, tuple) else ()
    if join_problem:
        column = mapping.columns_of(field=ApplicantField.RESUME_FILE)[0]
        problems = (*problems, RowProblem(batch.columns[column], join_problem))
    if isinstance(row, tuple) or problems:
        candidate = Candidate(key=item.pk, name=item.name, file_id=file_id, refusal=problem_sentence(problems))
        return PlannedRow(candidate, None, problems_as_json(problems))
    candidate = Candidate(
        key=item.pk,
        name=item.name,
        file_id=file_id,
        email=row.contact.email or found.email,
        unreadable=found.unreadable,
        notes=" ".join(row.notes),
    )
    return PlannedRow(candidate, row)


def plan_file(*, item: ImportItem, found: Finding) -> Candidate:
    """Return a file that comes in on its own as a candidate."""
    return Candidate(
        key=item.pk, name=item.name, file_id=item.stored_file_id, email=found.email, unreadable=found.unreadable
    )


def arrival_of(
    *, batch: ImportBatch, item: ImportItem, row: ApplicantRow, now: datetime, from_file: Contact | None = None
) -> Arrival:
    """Return a row as someone who arrives. What the row leaves open is taken from the file that goes with it."""
    applied_at = datetime.combine(row.applied_on, time(), tzinfo=now.tzinfo) if row.applied_on else now
    submitted: dict[str, object] = {
        "import": batch.pk,
        "table": batch.file_name,
        "row": item.row_number,
        "cells": [list(pair) for pair in row.submitted],
    }
    contact = row.contact if from_file is None else _filled_up(row.contact, from_file)
    source = row.source or batch.source
    return Arrival(contact=contact, source=source, applied_at=applied_at, recorded_at=now, submitted=submitted)


def _filled_up(contact: Contact, other: Contact) -> Contact:
    return Contact(
        name=contact.name or other.name,
        email=contact.email or other.email,
        phone=contact.phone or other.phone,
        location=contact.location or other.location,
        links=contact.links or other.links,
    )


def _rows(batch: ImportBatch) -> Iterator[ImportItem]:
    rows: QuerySet[ImportItem] = batch.items.filter(kind=ItemKind.ROW, state=ItemState.WAITING).order_by("position")
    return rows.only("id", "row").iterator(chunk_size=pieces().rows)


def _cell(item: ImportItem, index: int) -> str:
    cells = item.row or ()
    return clean_cell(text=cells[index]) if index < len(cells) else ""
