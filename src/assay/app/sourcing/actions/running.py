"""The import itself: begun once, done in pieces, resumed where it stood, closed by whichever piece ends last."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from assay.app.sourcing.actions.drafts import require_draft
from assay.app.sourcing.funnel import ImportRefused, find_own_batch, lock_batch
from assay.app.sourcing.items import (
    Ending,
    applicants_of,
    end_joined_files,
    mapping_of,
    waiting_applicants,
    write_endings,
)
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.plan import join_batch
from assay.app.sourcing.rules import pieces
from assay.app.sourcing.work import Work, enqueue_begin, enqueue_pieces
from assay.core.pipeline.status import JobStatus
from assay.core.sourcing.columns import ApplicantField, mapping_problems
from assay.core.sourcing.import_state import CONTAINER_KINDS, BatchKind, BatchState, ItemState
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@transaction.atomic
def start_import(*, actor: User, batch_id: int) -> None:
    """Set a draft going. The work is queued in this transaction: either both are kept or neither.

    Raises ``ImportRefused`` when something has to be done first.
    """
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    require_draft(batch)
    require_ready(batch)
    batch.state = BatchState.RUNNING
    batch.save(update_fields=["state"])
    enqueue_begin(batch_id=batch_id, actor_id=actor.pk)
    record(actor=actor, verb="import.started", object_type="import", object_id=batch_id, data={"job": batch.job_id})


def require_ready(batch: ImportBatch) -> None:
    """Raise ``ImportRefused`` unless a draft has something to bring in and nothing in the way."""
    if batch.job.status != JobStatus.OPEN:
        raise ImportRefused("This job is closed. Open it again before adding applicants.")
    if batch.items.filter(kind__in=CONTAINER_KINDS, state=ItemState.WAITING).exists():
        raise ImportRefused("An archive or a table is still being opened. Wait for it, then try again.")
    if not applicants_of(batch).filter(state=ItemState.WAITING).exists():
        raise ImportRefused("There is nobody in this import yet. Add files or a table first.")
    if batch.kind == BatchKind.CSV and batch.columns:
        problems = mapping_problems(headings=batch.columns, mapping=mapping_of(batch))
        if problems:
            raise ImportRefused(" ".join(problems))


@transaction.atomic
def begin_pieces(*, actor: User, batch_id: int) -> None:
    """Let rows take their files along and queue the pieces, once. Doing it again changes nothing."""
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.RUNNING or batch.started_at is not None:
        return
    joined = join_batch(batch=batch)
    _write_joins(joined.files)
    _refuse_rows(batch, joined.problems)
    batch.started_at = timezone.now()
    batch.save(update_fields=["started_at"])
    enqueue_pieces(batch_id=batch_id, actor_id=actor.pk, works=waiting_work(batch))


@transaction.atomic
def resume_import(*, actor: User, batch_id: int) -> None:
    """Queue again what still waits in an import that stands still. What is done is not done twice."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    if batch.state not in (BatchState.RUNNING, BatchState.FAILED):
        raise ImportRefused("This import is not waiting for anything.")
    batch.state, batch.problem = BatchState.RUNNING, ""
    batch.save(update_fields=["state", "problem"])
    if batch.started_at is None:
        enqueue_begin(batch_id=batch_id, actor_id=actor.pk)
    else:
        enqueue_pieces(batch_id=batch_id, actor_id=actor.pk, works=waiting_work(batch))
    record(actor=actor, verb="import.resumed", object_type="import", object_id=batch_id)


@transaction.atomic
def finish_if_done(*, actor: User, batch_id: int) -> None:
    """Close an import in which nothing waits any more."""
    if waiting_applicants(batch_id=batch_id).exists():
        return
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.RUNNING or batch.started_at is None:
        return
    batch.state, batch.finished_at = BatchState.DONE, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    record(actor=actor, verb="import.finished", object_type="import", object_id=batch_id, data=count_states(batch))


@transaction.atomic
def fail_import(*, actor: User | None, batch_id: int, problem: str) -> None:
    """Stop an import that cannot go on; what waits keeps waiting and can be resumed.

    ``problem`` is shown with the import. It may name people, so the audit log does not repeat it.
    """
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.RUNNING:
        return
    batch.state, batch.problem = BatchState.FAILED, problem
    batch.save(update_fields=["state", "problem"])
    record(actor=actor, verb="import.failed", object_type="import", object_id=batch_id)


def count_states(batch: ImportBatch) -> dict[str, int]:
    """Count the applicants of an import by state."""
    return dict(applicants_of(batch).order_by().values_list("state").annotate(count=Count("id")))


def waiting_work(batch: ImportBatch) -> Iterator[Work]:
    """Cut what waits into pieces: rows without files by the hundred, everything with a file by the handful."""
    waiting = waiting_applicants(batch_id=batch.pk).order_by("position")
    sizes = pieces()
    files = waiting.exclude(stored_file=None).values_list("id", flat=True)
    rows = waiting.filter(stored_file=None).values_list("id", flat=True)
    for ids, size, has_files in ((rows, sizes.rows, False), (files, sizes.files, True)):
        piece: list[int] = []
        for item_id in ids.iterator(chunk_size=2000):
            piece.append(item_id)
            if len(piece) >= size:
                yield Work(item_ids=tuple(piece), has_files=has_files)
                piece.clear()
        if piece:
            yield Work(item_ids=tuple(piece), has_files=has_files)


def _write_joins(files: Mapping[int, int]) -> None:
    size = pieces().rows
    pairs = sorted(files.items())
    for start in range(0, len(pairs), size):
        some = dict(pairs[start : start + size])
        stored = dict(ImportItem.objects.filter(pk__in=some.values()).values_list("id", "stored_file_id"))
        rows = [ImportItem(pk=row_id, stored_file_id=stored[file_id]) for row_id, file_id in some.items()]
        taken = [ImportItem(pk=file_id, joined_to_id=row_id) for row_id, file_id in some.items()]
        ImportItem.objects.bulk_update(rows, ["stored_file"])
        ImportItem.objects.bulk_update(taken, ["joined_to"])


def _refuse_rows(batch: ImportBatch, problems: Mapping[int, str]) -> None:
    if not problems:
        return
    column = batch.columns[mapping_of(batch).columns_of(field=ApplicantField.RESUME_FILE)[0]]
    write_endings(
        [
            Ending(
                item_id=row_id,
                state=ItemState.REFUSED,
                message=f"{column}: {problem}",
                problems=[{"column": column, "message": problem}],
            )
            for row_id, problem in problems.items()
        ]
    )
    end_joined_files(row_ids=problems.keys())
