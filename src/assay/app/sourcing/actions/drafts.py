"""Drafts of imports: begun, filled with files, told which column is which, copied, thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from assay.app.pipeline.funnel import find_job, job_resource
from assay.app.sourcing.funnel import ImportRefused, find_own_batch, lock_batch
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.rules import file_rules, pieces
from assay.core.pipeline.status import JobStatus
from assay.core.sourcing.columns import ApplicantField, ColumnMapping, mapping_problems
from assay.core.sourcing.file_rules import Refusal, classify, size_refusal
from assay.core.sourcing.import_state import CONTAINER_KINDS, BatchKind, BatchState, ItemKind, ItemState
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

_LONGEST_SOURCE = 80
_SECOND_TABLE = "An import takes one table. Start another import for this one."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrived: its cleaned path, first bytes and size, and where it is kept or why it is not."""

    path: str
    head: bytes
    size: int
    stored_file_id: int | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of uploads: new items, uploads that were here already, and archives and tables to open."""

    items: int
    already_here: int
    refused: int
    container_ids: tuple[int, ...]


@transaction.atomic
def begin_import(*, actor: User, job_id: int, source: str = "") -> int:
    """Begin an empty draft for a job and return its id.

    Raises ``Http404`` or ``Forbidden``, and ``ImportRefused`` when the job takes no applicants.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=job, user=actor))
    if job.status != JobStatus.OPEN:
        raise ImportRefused("This job is closed. Open it again before adding applicants.")
    batch = ImportBatch.objects.create(
        job=job, kind=BatchKind.FILES, source=" ".join(source.split())[:_LONGEST_SOURCE], created_by=actor
    )
    record(actor=actor, verb="import.begun", object_type="import", object_id=batch.pk, data={"job": job.pk})
    return batch.pk


@transaction.atomic
def add_uploads(*, actor: User, batch_id: int, uploads: Sequence[Upload]) -> Added:
    """Add files to a draft, each as an item of its own. The same file under the same name is added once.

    Raises ``ImportRefused`` when the import is no longer a draft.
    """
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    require_draft(batch)
    here: set[tuple[str, int | None]] = set(batch.items.filter(parent=None).values_list("name", "stored_file_id"))
    new = []
    for upload in uploads:
        if (upload.path, upload.stored_file_id) not in here:
            here.add((upload.path, upload.stored_file_id))
            new.append(upload)
    items = make_items(batch=batch, uploads=new)
    opened_later = tuple(item.pk for item in items if item.kind in CONTAINER_KINDS and item.state == ItemState.WAITING)
    batch.checked_at = None
    batch.save(update_fields=["kind", "file_name", "checked_at"])
    refused = sum(item.state == ItemState.REFUSED for item in items)
    data = {"files": len(items), "refused": refused}
    record(actor=actor, verb="import.files_added", object_type="import", object_id=batch.pk, data=data)
    return Added(len(items), len(uploads) - len(new), refused, opened_later)


def make_items(
    *, batch: ImportBatch, uploads: Sequence[Upload], parent: ImportItem | None = None, first_number: int | None = None
) -> list[ImportItem]:
    """Write items for files at the end of a locked batch; a table turns the batch into one with a table."""
    position = next_position(batch=batch)
    items = []
    for offset, upload in enumerate(uploads):
        item = _item(batch, upload)
        item.position, item.parent = position + offset, parent
        item.row_number = None if first_number is None else first_number + offset
        items.append(item)
    return ImportItem.objects.bulk_create(items)


def next_position(*, batch: ImportBatch) -> int:
    """Return the first free position of a locked batch."""
    last: int | None = batch.items.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def require_draft(batch: ImportBatch) -> None:
    """Raise ``ImportRefused`` unless the import can still be changed."""
    if batch.state != BatchState.DRAFT:
        raise ImportRefused("This import has been started and cannot be changed any more. Start another one.")


@transaction.atomic
def set_mapping(*, actor: User, batch_id: int, fields: Mapping[int, ApplicantField], source: str) -> tuple[str, ...]:
    """Store which column feeds which field and where these people come from; return what is still wrong with it."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    require_draft(batch)
    batch.mapping = {str(index): field.value for index, field in sorted(fields.items())}
    batch.source = " ".join(source.replace("\0", "").split())[:_LONGEST_SOURCE]
    batch.checked_at = None
    batch.save(update_fields=["mapping", "source", "checked_at"])
    record(
        actor=actor,
        verb="import.mapped",
        object_type="import",
        object_id=batch.pk,
        data={"fields": sorted(batch.mapping.values())},
    )
    return mapping_problems(headings=batch.columns, mapping=ColumnMapping(fields=fields))


@transaction.atomic
def discard_import(*, actor: User, batch_id: int) -> None:
    """Throw a draft away with all its items. What was imported before is untouched."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    require_draft(batch)
    job_id = batch.job_id
    batch.delete()
    record(actor=actor, verb="import.discarded", object_type="import", object_id=batch_id, data={"job": job_id})


@transaction.atomic
def copy_import(*, actor: User, batch_id: int) -> int:
    """Begin a new draft with the files and the table of an earlier import, which need not be uploaded again."""
    earlier = find_own_batch(actor=actor, batch_id=batch_id)
    new_id = begin_import(actor=actor, job_id=earlier.job_id, source=earlier.source)
    batch = lock_batch(batch_id=new_id)
    kept = earlier.items.exclude(stored_file=None, row__isnull=True).exclude(kind=ItemKind.ARCHIVE).order_by("position")
    copies: list[ImportItem] = []
    for item in kept.iterator(chunk_size=pieces().rows):
        copies.append(_copy(item, batch))
        if len(copies) >= pieces().rows:
            ImportItem.objects.bulk_create(copies)
            copies.clear()
    ImportItem.objects.bulk_create(copies)
    batch.kind, batch.file_name = earlier.kind, earlier.file_name
    batch.columns, batch.mapping = earlier.columns, earlier.mapping
    batch.save(update_fields=["kind", "file_name", "columns", "mapping"])
    record(actor=actor, verb="import.copied", object_type="import", object_id=new_id, data={"from": batch_id})
    return new_id


def _item(batch: ImportBatch, upload: Upload) -> ImportItem:
    rules = file_rules()
    kind = classify(path=upload.path, head=upload.head, rules=rules)
    refusal = upload.refusal
    if isinstance(kind, Refusal):
        refusal, kind = refusal or kind.message, ItemKind.FILE
    if not refusal:
        too_large = size_refusal(kind=kind, size=upload.size, rules=rules)
        refusal = too_large.message if too_large else ""
    if kind is ItemKind.TABLE and not refusal:
        refusal = _SECOND_TABLE if batch.kind == BatchKind.CSV else ""
        if not refusal:
            batch.kind, batch.file_name = BatchKind.CSV, upload.path[-255:]
    return ImportItem(
        batch=batch,
        kind=ItemKind.FILE if refusal else kind,
        name=upload.path,
        size=upload.size,
        stored_file_id=None if refusal else upload.stored_file_id,
        state=ItemState.REFUSED if refusal else ItemState.WAITING,
        message=refusal,
    )


def _copy(item: ImportItem, batch: ImportBatch) -> ImportItem:
    return ImportItem(
        batch=batch,
        position=item.position,
        kind=item.kind,
        name=item.name,
        size=item.size,
        row_number=item.row_number,
        stored_file_id=None if item.kind == ItemKind.ROW else item.stored_file_id,
        row=item.row,
        finding=item.finding,
        state=ItemState.OPENED if item.kind == ItemKind.TABLE else ItemState.WAITING,
    )
