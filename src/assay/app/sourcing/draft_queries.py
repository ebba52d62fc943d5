"""Readers of drafts alone: what lies in one, how its table would be read, and what need not be sent again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from assay.app.documents.queries import applications_with_files
from assay.app.sourcing.items import applicants_of, mapping_of, read_item_row
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.core.sourcing.import_state import CONTAINER_KINDS, ItemKind, ItemState
from assay.core.sourcing.rows import RowProblem

_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What can be said of a draft at once: what it holds and what is alike, before anything is read."""

    files: int
    rows: int
    refused: int
    opening: int
    alike: int
    on_job_already: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of the first rows of a table: its number, its cells, and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...]


def find_draft_facts(*, batch_id: int) -> DraftFacts:
    """Count what a draft holds, which of its files are alike, and which the job already has."""
    batch = ImportBatch.objects.get(pk=batch_id)
    people = applicants_of(batch)
    counts = people.aggregate(
        files=Count("id", filter=Q(kind=ItemKind.FILE) & ~Q(state=ItemState.REFUSED)),
        rows=Count("id", filter=Q(kind=ItemKind.ROW)),
        refused=Count("id", filter=Q(state=ItemState.REFUSED)),
    )
    files = people.filter(kind=ItemKind.FILE, state=ItemState.WAITING).exclude(stored_file=None)
    distinct = set(files.order_by().values_list("stored_file_id", flat=True).distinct())
    opening = batch.items.filter(kind__in=CONTAINER_KINDS, state=ItemState.WAITING).count()
    return DraftFacts(
        files=counts["files"],
        rows=counts["rows"],
        refused=counts["refused"],
        opening=opening,
        alike=files.count() - len(distinct),
        on_job_already=len(applications_with_files(job_id=batch.job_id, stored_file_ids=distinct)),
    )


def list_sample_rows(*, batch_id: int) -> tuple[SampleRow, ...]:
    """Return the first rows of the table as they would be read now."""
    batch = ImportBatch.objects.get(pk=batch_id)
    rows = batch.items.filter(kind=ItemKind.ROW).order_by("position")[:_SAMPLES]
    return tuple(_sample(batch, item) for item in rows)


def known_in_draft(*, batch_id: int, hashes: Sequence[str]) -> frozenset[str]:
    """Return which of these sha256 sums this import holds already, so that they need not be sent again."""
    held = ImportItem.objects.filter(batch_id=batch_id, parent=None, stored_file__sha256__in=list(hashes))
    return frozenset(held.values_list("stored_file__sha256", flat=True))


def _sample(batch: ImportBatch, item: ImportItem) -> SampleRow:
    read = read_item_row(batch=batch, mapping=mapping_of(batch), cells=item.row or (), today=timezone.now().date())
    cells = tuple(cell if len(cell) <= 80 else f"{cell[:80]}…" for cell in item.row or ())
    return SampleRow(number=item.row_number or 0, cells=cells, problems=read if isinstance(read, tuple) else ())
