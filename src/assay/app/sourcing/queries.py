"""The only readers of imports: what pages, reports and the command line show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assay.app.sourcing.funnel import find_own_batch
from assay.app.sourcing.items import mapping_of
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.core.sourcing.columns import ApplicantField, ColumnMapping, mapping_problems
from assay.core.sourcing.import_state import (
    APPLICANT_KINDS,
    CONTAINER_KINDS,
    WORKING_STATES,
    BatchState,
    ItemKind,
    ItemState,
)
from assay.core.sourcing.progress import Progress, measure_progress
from assay.core.sourcing.rows import RowProblem
from assay.platform.accounts.models import User

PAGE = 100
_PACE_SECONDS = 30
_STILL_SECONDS = 120
_NAMING = (
    (ApplicantField.NAME,),
    (ApplicantField.FIRST_NAME, ApplicantField.LAST_NAME),
    (ApplicantField.EMAIL,),
)


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import as pages show it."""

    id: int
    job_id: int
    job_title: str
    state: BatchState
    source: str
    file_name: str
    columns: tuple[str, ...]
    mapping: ColumnMapping
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    checked_at: datetime | None
    problem: str

    @property
    def is_working(self) -> bool:
        """Tell whether something goes on in the background."""
        return self.state in WORKING_STATES

    @property
    def mapping_problems(self) -> tuple[str, ...]:
        """Say what stops the table's mapping from being used."""
        return mapping_problems(headings=self.columns, mapping=self.mapping) if self.columns else ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as lists show it. ``who`` is what is known of the person, ``inside`` the archive it came out of."""

    id: int
    position: int
    kind: ItemKind
    name: str
    size: int
    row_number: int | None
    state: ItemState
    expected: ItemState | None
    message: str
    problems: tuple[RowProblem, ...]
    application_id: int | None
    who: str
    inside: str

    @property
    def outcome(self) -> ItemState:
        """The state it is in, or the one a dry run expects while it waits."""
        return self.expected if self.state is ItemState.WAITING and self.expected else self.state


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items in order; ``after`` is the position to go on from, None at the end."""

    items: tuple[ItemView, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many applicants of an import are in a state (or, in a draft, are expected to reach it)."""

    state: ItemState
    count: int


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One line of a job's list of imports."""

    id: int
    state: BatchState
    created_by: str
    created_at: datetime
    file_name: str
    applicants: int
    came_in: int


def get_import(*, actor: User, batch_id: int) -> ImportView:
    """Return one import of a job the actor may add applicants to. Raises ``Http404`` or ``Forbidden``."""
    batch = find_own_batch(actor=actor, batch_id=batch_id)
    return ImportView(
        id=batch.pk,
        job_id=batch.job_id,
        job_title=batch.job.title,
        state=BatchState(batch.state),
        source=batch.source,
        file_name=batch.file_name,
        columns=tuple(batch.columns),
        mapping=mapping_of(batch),
        created_by=str(batch.created_by),
        created_at=batch.created_at,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        checked_at=batch.checked_at,
        problem=batch.problem,
    )


def list_imports(*, job_id: int, limit: int = 50) -> tuple[ImportSummary, ...]:
    """Return a job's imports, the newest first."""
    people = Q(items__kind__in=APPLICANT_KINDS, items__joined_to=None)
    batches = (
        ImportBatch.objects.filter(job_id=job_id)
        .select_related("created_by")
        .annotate(
            applicants=Count("items", filter=people),
            came_in=Count("items", filter=people & Q(items__made_application=True, items__application__isnull=False)),
        )
        .order_by("-id")[:limit]
    )
    return tuple(
        ImportSummary(
            id=batch.pk,
            state=BatchState(batch.state),
            created_by=str(batch.created_by),
            created_at=batch.created_at,
            file_name=batch.file_name,
            applicants=batch.applicants,
            came_in=batch.came_in,
        )
        for batch in batches
    )


def count_outcomes(*, batch_id: int) -> tuple[Tally, ...]:
    """Count an import's applicants by state; in a draft, those that wait count under what a dry run expects."""
    is_foreseen = _is_foreseen(ImportBatch.objects.get(pk=batch_id))
    counts: dict[ItemState, int] = {}
    pairs = (
        ImportItem.objects.filter(batch_id=batch_id, kind__in=APPLICANT_KINDS, joined_to=None)
        .order_by()
        .values_list("state", "expected")
        .annotate(count=Count("id"))
    )
    for state, expected, count in pairs:
        outcome = ItemState(expected if is_foreseen and expected and state == ItemState.WAITING else state)
        if outcome is ItemState.OPENED:
            continue
        counts[outcome] = counts.get(outcome, 0) + count
    return tuple(Tally(state, counts[state]) for state in ItemState if state in counts)


def measure_import(*, batch_id: int, state: BatchState) -> Progress:
    """Say how far the work of a busy import is, and judge the time left by its pace over the last half minute."""
    people = ImportItem.objects.filter(batch_id=batch_id, kind__in=APPLICANT_KINDS, joined_to=None)
    if state is BatchState.CHECKING:
        files = people.filter(kind=ItemKind.FILE, state=ItemState.WAITING)
        counts = files.aggregate(all=Count("id"), left=Count("id", filter=Q(finding__isnull=True)))
        return measure_progress(done=counts["all"] - counts["left"], total=counts["all"], recent=0, recent_seconds=0)
    if state is BatchState.REVERTING:
        made = people.filter(made_application=True)
        left = Q(state__in=[ItemState.IMPORTED, ItemState.NEEDS_PERSON])
        counts = made.aggregate(all=Count("id"), left=Count("id", filter=left))
        return measure_progress(done=counts["all"] - counts["left"], total=counts["all"], recent=0, recent_seconds=0)
    counts = people.aggregate(all=Count("id"), left=Count("id", filter=Q(state=ItemState.WAITING)))
    recent, seconds = _recent_pace(batch_id)
    return measure_progress(
        done=counts["all"] - counts["left"], total=counts["all"], recent=recent, recent_seconds=seconds
    )


def is_standing_still(*, batch_id: int) -> bool:
    """Tell whether a running import has ended no item for a while, so that going on by hand may help."""
    since = timezone.now() - timedelta(seconds=_STILL_SECONDS)
    running = ImportBatch.objects.filter(pk=batch_id, state=BatchState.RUNNING, created_at__lt=since)
    late = running.filter(Q(started_at=None) | Q(started_at__lt=since))
    return late.exists() and not ImportItem.objects.filter(batch_id=batch_id, finished_at__gte=since).exists()


def list_items(
    *, batch_id: int, outcome: ItemState | None = None, after: int = 0, limit: int | None = PAGE
) -> ItemPage:
    """Return an import's applicants in order, all or those of one outcome, with a page's ``after`` to go on from."""
    items = _visible(batch_id).filter(position__gt=after)
    batch = ImportBatch.objects.get(pk=batch_id)
    if outcome is not None and _is_foreseen(batch):
        waiting = Q(state=ItemState.WAITING, expected="" if outcome is ItemState.WAITING else outcome.value)
        items = items.filter(waiting if outcome is ItemState.WAITING else Q(state=outcome) | waiting)
    elif outcome is not None:
        items = items.filter(state=outcome)
    shown = [_item_view(batch, item) for item in (items if limit is None else items[: limit + 1])]
    if limit is None or len(shown) <= limit:
        return ItemPage(tuple(shown), None)
    return ItemPage(tuple(shown[:limit]), shown[limit - 1].position)


def iterate_items(*, batch_id: int) -> Iterator[ItemView]:
    """Yield every item of an import in order, few at a time in memory, for a report."""
    batch = ImportBatch.objects.get(pk=batch_id)
    for item in _visible(batch_id).iterator(chunk_size=1000):
        yield _item_view(batch, item)


def list_containers(*, batch_id: int) -> tuple[ItemView, ...]:
    """Return an import's archives and tables."""
    batch = ImportBatch.objects.get(pk=batch_id)
    items = ImportItem.objects.filter(batch_id=batch_id, kind__in=CONTAINER_KINDS).select_related("parent")
    return tuple(_item_view(batch, item) for item in items.order_by("position"))


def _is_foreseen(batch: ImportBatch) -> bool:
    """Tell whether what a dry run expects is still to come; once the import runs, only what happened counts."""
    return batch.state in (BatchState.DRAFT, BatchState.CHECKING)


def _recent_pace(batch_id: int) -> tuple[int, float]:
    now = timezone.now()
    since = now - timedelta(seconds=_PACE_SECONDS)
    ended = ImportItem.objects.filter(batch_id=batch_id, finished_at__gte=since).order_by("finished_at")
    first = ended.values_list("finished_at", flat=True).first()
    if first is None:
        return 0, 0.0
    return ended.count(), max((now - first).total_seconds(), 0.001)


def _visible(batch_id: int) -> QuerySet[ImportItem]:
    return (
        ImportItem.objects.filter(batch_id=batch_id, kind__in=APPLICANT_KINDS)
        .select_related("application__person", "parent")
        .order_by("position")
    )


def _item_view(batch: ImportBatch, item: ImportItem) -> ItemView:
    return ItemView(
        id=item.pk,
        position=item.position,
        kind=ItemKind(item.kind),
        name=item.name,
        size=item.size,
        row_number=item.row_number if item.kind == ItemKind.ROW else None,
        state=ItemState(item.state),
        expected=ItemState(item.expected) if item.expected and _is_foreseen(batch) else None,
        message="" if item.state == ItemState.WAITING and not _is_foreseen(batch) else item.message,
        problems=tuple(RowProblem(kept["column"], kept["message"]) for kept in item.problems),
        application_id=item.application_id,
        who=_who(batch, item),
        inside=item.parent.name if item.parent is not None and item.kind == ItemKind.FILE else "",
    )


def _who(batch: ImportBatch, item: ImportItem) -> str:
    if item.application is not None and item.state != ItemState.DUPLICATE:
        return str(item.application.person)
    if item.row is None:
        return ""
    mapping = mapping_of(batch)
    for group in _NAMING:
        indexes = [index for field in group for index in mapping.columns_of(field=field)]
        said = " ".join(item.row[index] for index in indexes if index < len(item.row)).strip()
        if said:
            return said[:80]
    return ""
