"""Work out every running clock again after a limit or a calendar changed, in pieces that survive a crash."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.clocks.actions.syncing import BATCH, sync
from assay.app.clocks.models import Clock, Recount
from assay.app.pipeline.queries.waits import list_live_ids
from assay.platform.accounts.models import User
from assay.platform.queue.tasks import enqueue

TASK = "clocks.recount"


@dataclass(frozen=True, slots=True)
class RecountState:
    """How far a recount is: applications looked at, ends that moved, and whether it is done."""

    recount_id: int
    applications: int
    moved: int
    is_done: bool

    @property
    def sentence(self) -> str:
        """What to tell whoever changed the rule."""
        if not self.is_done:
            return f"So far {self.moved} clocks moved; the rest is worked out in the background."
        if not self.moved:
            return "No running clock moved."
        return "1 running clock moved." if self.moved == 1 else f"{self.moved} running clocks moved."


@transaction.atomic
def begin_recount(*, actor: User | None, job_id: int | None = None) -> RecountState:
    """Begin a recount in the caller's transaction, of one job's clocks or of all; the first piece is done at once."""
    row = Recount.objects.create(job_id=job_id, asked_by=actor, started_at=timezone.now())
    state = go_on(recount_id=row.pk)
    if not state.is_done:
        enqueue(TASK, recount_id=row.pk)
    return state


def recount_later(*, job_ids: Collection[int]) -> None:
    """Ask for recounts of these jobs' clocks, all in the background, once the caller's transaction is through."""
    for job_id in job_ids:
        row = Recount.objects.create(job_id=job_id, started_at=timezone.now())
        enqueue(TASK, recount_id=row.pk)


@transaction.atomic
def go_on(*, recount_id: int) -> RecountState:
    """Do the next piece of a recount; one that is done stays as it is. Where a worker died, the next begins there."""
    row = Recount.objects.select_for_update().get(pk=recount_id)
    if row.finished_at is None:
        ids = _next_ids(row)
        done = sync(application_ids=ids, now=timezone.now())
        row.applications, row.moved = row.applications + done.applications, row.moved + done.moved
        row.last_id = ids[-1] if ids else row.last_id
        row.finished_at = timezone.now() if len(ids) < BATCH else None
        row.save(update_fields=["applications", "moved", "last_id", "finished_at"])
    return RecountState(row.pk, row.applications, row.moved, row.finished_at is not None)


def _next_ids(row: Recount) -> list[int]:
    """Return the next applications of a recount: those that have not ended, and ended ones of which a clock runs on."""
    live = list_live_ids(after=row.last_id, limit=BATCH, job_id=row.job_id)
    running = Clock.objects.filter(stopped_at=None, application_id__gt=row.last_id)
    if row.job_id is not None:
        running = running.filter(application__job_id=row.job_id)
    others = running.order_by("application_id").values_list("application_id", flat=True).distinct()[:BATCH]
    return sorted({*live, *others})[:BATCH]


def has_recounted() -> bool:
    """Tell whether clocks were ever worked out for all applications."""
    return Recount.objects.exists()
