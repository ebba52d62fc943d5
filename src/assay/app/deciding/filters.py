"""What the filter of the review queue offers for one job."""

from dataclasses import dataclass

from assay.app.deciding.queue import MUSTS_LABELS, ORDER_LABELS, SHOW_LABELS, Order, QueueFilter, Show
from assay.app.pipeline.funnel import find_job, job_resource
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QueueJob:
    """The job whose queue is shown: id, title and the stages of its plan as (id, name)."""

    id: int
    title: str
    stages: Options


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """The choices of each field as (value, words), whether anything is narrowed, and all of it in a few words."""

    show: Options
    stages: Options
    musts: Options
    order: Options
    is_narrowed: bool
    summary: str


def get_queue_job(*, actor: User, job_id: int) -> QueueJob:
    """Return the job of a queue. Raises ``Http404`` or ``Forbidden`` when the actor may not see its applicants."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.SEE_APPLICANTS, resource=job_resource(job=job, user=actor))
    stages = tuple((str(stage.pk), stage.name) for stage in job.stages.filter(retired_at=None).order_by("position"))
    return QueueJob(job.pk, job.title, stages)


def filter_options(*, job: QueueJob, chosen: QueueFilter) -> FilterOptions:
    """Return what the filter offers and what is chosen."""
    stage = dict(job.stages).get(str(chosen.stage_id), "") if chosen.stage_id else ""
    parts = [SHOW_LABELS[chosen.show], stage, MUSTS_LABELS[chosen.musts] if chosen.musts else ""]
    parts.append(ORDER_LABELS[chosen.order].lower() if chosen.order is not Order.SCORE else "")
    is_narrowed = chosen.show is not Show.REVIEW or bool(stage or chosen.musts or chosen.words)
    return FilterOptions(
        show=tuple((show.value, label) for show, label in SHOW_LABELS.items()),
        stages=(("", "Any stage"), *job.stages),
        musts=tuple((musts.value, label) for musts, label in MUSTS_LABELS.items()),
        order=tuple((order.value, label) for order, label in ORDER_LABELS.items()),
        is_narrowed=is_narrowed,
        summary=", ".join(part for part in parts if part),
    )
