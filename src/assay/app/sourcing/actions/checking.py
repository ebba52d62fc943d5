"""The dry run: what an import would do with each item, found out without writing anything but this report."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assay.app.sourcing.actions.drafts import require_draft
from assay.app.sourcing.actions.running import require_ready
from assay.app.sourcing.funnel import ImportRefused, find_own_batch, lock_batch
from assay.app.sourcing.items import Ending, standing_for, waiting_applicants, write_endings
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.plan import Finding, PlannedRow, finding_of, join_batch, plan_file, plan_row
from assay.app.sourcing.reading import FileReader
from assay.app.sourcing.rules import pieces
from assay.app.sourcing.work import enqueue_check, enqueue_check_end
from assay.core.sourcing.forecast import Candidate, Standing, foresee
from assay.core.sourcing.import_state import BatchState, ItemKind, ItemState
from assay.core.sourcing.joining import Joined
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

_ENOUGH_AT_ONCE = 5000


@transaction.atomic
def start_check(*, actor: User, batch_id: int) -> None:
    """Set the dry run of a draft going. Files are read in the background, then every item gets its forecast."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    require_draft(batch)
    require_ready(batch)
    batch.state = BatchState.CHECKING
    batch.save(update_fields=["state"])
    works = list(_in_pieces(_unread(batch_id).order_by("position").values_list("id", flat=True)))
    if works:
        enqueue_check(batch_id=batch_id, actor_id=actor.pk, pieces=works)
    else:
        enqueue_check_end(batch_id=batch_id, actor_id=actor.pk)
    record(actor=actor, verb="import.check_started", object_type="import", object_id=batch_id)


@transaction.atomic
def stop_check(*, actor: User, batch_id: int) -> None:
    """Stop a dry run; what it has read already is kept for the next one."""
    find_own_batch(actor=actor, batch_id=batch_id)
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.CHECKING:
        raise ImportRefused("No dry run is going on.")
    batch.state = BatchState.DRAFT
    batch.save(update_fields=["state"])
    record(actor=actor, verb="import.check_stopped", object_type="import", object_id=batch_id)


def check_files(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    """Read a piece of files and keep what matters for the forecast: the e-mail, and why a person must look."""
    batch = ImportBatch.objects.select_related("job__role").get(pk=batch_id)
    reader = FileReader(batch=batch)
    for item in ImportItem.objects.filter(pk__in=list(item_ids), finding__isnull=True).order_by("position"):
        if not ImportBatch.objects.filter(pk=batch_id, state=BatchState.CHECKING).exists():
            return
        found = reader.read(item=item).finding
        ImportItem.objects.filter(pk=item.pk).update(finding={"email": found.email, "unreadable": found.unreadable})
    end_check_if_done(actor=actor, batch_id=batch_id)


@transaction.atomic
def end_check_if_done(*, actor: User, batch_id: int) -> None:
    """Give every waiting item its forecast once all files are read, and make the import a draft again."""
    if _unread(batch_id).exists():
        return
    batch = lock_batch(batch_id=batch_id)
    if batch.state != BatchState.CHECKING:
        return
    joined = join_batch(batch=batch)
    planned = _plan_all(batch, joined, timezone.now().date())
    candidates = [plan.candidate for plan in planned]
    problems = {plan.candidate.key: plan.problems for plan in planned if plan.problems}
    forecasts = foresee(candidates=candidates, standing=_standing(batch, candidates))
    endings = [
        Ending(
            item_id=forecast.key,
            state=ItemState.WAITING,
            expected=forecast.state.value,
            message=forecast.message,
            problems=problems.get(forecast.key, ()),
            application_id=forecast.application_id,
        )
        for forecast in forecasts
    ]
    numbers = dict(batch.items.filter(pk__in=list(joined.files)).values_list("id", "row_number"))
    endings += [
        Ending(file_id, ItemState.WAITING, f"Goes with row {numbers[row_id]}.", expected=ItemState.OPENED.value)
        for row_id, file_id in joined.files.items()
    ]
    for start in range(0, len(endings), _ENOUGH_AT_ONCE):
        write_endings(endings[start : start + _ENOUGH_AT_ONCE])
    batch.state, batch.checked_at = BatchState.DRAFT, timezone.now()
    batch.save(update_fields=["state", "checked_at"])
    record(actor=actor, verb="import.checked", object_type="import", object_id=batch_id, data={"items": len(forecasts)})


def _plan_all(batch: ImportBatch, joined: Joined, today: date) -> list[PlannedRow]:
    taken = set(joined.files.values())
    files = {
        item.pk: (item.stored_file_id, finding_of(item))
        for item in batch.items.filter(pk__in=taken).only("id", "stored_file_id", "finding")
    }
    planned = []
    waiting = waiting_applicants(batch_id=batch.pk).exclude(pk__in=taken).order_by("position")
    for item in waiting.iterator(chunk_size=_ENOUGH_AT_ONCE):
        if item.kind == ItemKind.FILE:
            planned.append(PlannedRow(plan_file(item=item, found=finding_of(item)), None))
            continue
        file_id, found = files.get(joined.files.get(item.pk, 0), (None, Finding()))
        problem = joined.problems.get(item.pk, "")
        plan = plan_row(batch=batch, item=item, today=today, file_id=file_id, found=found, join_problem=problem)
        planned.append(PlannedRow(plan.candidate, None, plan.problems))
    return planned


def _standing(batch: ImportBatch, candidates: Sequence[Candidate]) -> Standing:
    by_file: dict[int, int] = {}
    by_email: dict[str, int] = {}
    known: set[str] = set()
    for start in range(0, len(candidates), _ENOUGH_AT_ONCE):
        part = standing_for(job_id=batch.job_id, candidates=candidates[start : start + _ENOUGH_AT_ONCE])
        by_file |= part.by_file
        by_email |= part.by_email
        known |= part.known_emails
    return Standing(by_file=by_file, by_email=by_email, known_emails=frozenset(known))


def _unread(batch_id: int) -> QuerySet[ImportItem]:
    return ImportItem.objects.filter(
        batch_id=batch_id, kind=ItemKind.FILE, state=ItemState.WAITING, finding__isnull=True
    )


def _in_pieces(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    size = pieces().files
    every = list(ids)
    for start in range(0, len(every), size):
        yield tuple(every[start : start + size])
