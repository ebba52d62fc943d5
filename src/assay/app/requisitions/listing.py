"""The reader of many requisitions: the list, what is under way, what waits for somebody. Few queries, however many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from assay.app.requisitions.models import Requisition, RequisitionMember, Submission
from assay.app.requisitions.standing import Standing, find_standing
from assay.app.requisitions.visibility import is_confidential, visible_requisitions
from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User

ROWS_PER_PAGE = 50
MOST_WAITING = 50
STEPS = ("ready", "role", "market", "cost", "model", "posting")


@dataclass(frozen=True, slots=True)
class RequisitionRow:
    """A requisition in a list. ``steps`` are the desks on the path, in order, with whether each has a result."""

    id: int
    code: str
    title: str
    team: str
    status: RequisitionStatus
    has_lapsed: bool
    headcount: int
    needed_by: date | None
    is_confidential: bool
    created_by: str
    created_at: datetime
    job_id: int | None
    steps: tuple[tuple[str, bool], ...]

    @property
    def done(self) -> int:
        """How many desks have a result."""
        return sum(is_done for _, is_done in self.steps)


@dataclass(frozen=True, slots=True)
class RequisitionPage:
    """One page of requisitions; ``next_before`` is the id to ask the following page with, if there is one."""

    rows: tuple[RequisitionRow, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for somebody's word: what it is, which step, since when."""

    id: int
    code: str
    title: str
    step: str
    submitted_by: str
    submitted_at: datetime | None


def list_requisitions(
    *,
    actor: User,
    statuses: Sequence[RequisitionStatus] = (),
    mine: bool = False,
    before: int | None = None,
    limit: int = ROWS_PER_PAGE,
) -> RequisitionPage:
    """Return requisitions that ``actor`` may see, newest first. ``mine`` keeps those where they have a seat."""
    rows = _visible(actor)
    if statuses:
        rows = rows.filter(status__in=list(statuses))
    if mine:
        rows = rows.filter(Exists(RequisitionMember.objects.filter(requisition=OuterRef("pk"), user=actor)))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(_with_steps(rows).order_by("-id")[: limit + 1])
    shown = tuple(_row(row) for row in found[:limit])
    return RequisitionPage(rows=shown, next_before=shown[-1].id if len(found) > limit else None)


def list_waiting(*, actor: User) -> tuple[Waiting, ...]:
    """Return what waits for ``actor``'s approval now, the longest waiting first."""
    seat = RequisitionMember.objects.filter(requisition=OuterRef("pk"), user=actor, seat=RequisitionSeat.APPROVER)
    rows = _visible(actor).filter(Exists(seat), status=RequisitionStatus.SUBMITTED).order_by("id")[:MOST_WAITING]
    found = [(row, find_standing(row=row)) for row in rows]
    asked = [(row, standing) for row, standing in found if actor.pk in standing.approval.waits_for]
    return tuple(_waiting(row, standing) for row, standing in asked)


def _visible(actor: User) -> QuerySet[Requisition]:
    seen = Requisition.objects.filter(visible_requisitions(actor=actor)).values("pk")
    rows = Requisition.objects.filter(pk__in=seen).select_related("created_by", "role_version", "job")
    return rows.defer("job__problem")


def _with_steps(rows: QuerySet[Requisition]) -> QuerySet[Any, Any]:
    """Add for each row whether each desk has a result, and when what an approval rests on was last written."""
    has = {
        "ready": Q(assessments__sheets__submitted_at__isnull=False),
        "role": Q(role_version__isnull=False) | Q(role_intakes__role_version__isnull=False),
        "market": Q(pay_bands__isnull=False),
        "cost": Q(cost_scenarios__isnull=False),
        "model": Q(model_comparisons__isnull=False),
        "posting": Q(adverts__isnull=False),
    }
    marks = {f"has_{key}": Exists(Requisition.objects.filter(found, pk=OuterRef("pk"))) for key, found in has.items()}
    newest = Submission.objects.filter(requisition=OuterRef("pk")).order_by("-number")
    rows = rows.annotate(
        put_forward_at=Subquery(newest.values("submitted_at")[:1]),
        put_forward_revision=Subquery(newest.values("shown__revision")[:1]),
    )
    since = OuterRef("put_forward_at")
    later = (
        Q(pay_bands__created_at__gt=since)
        | Q(model_comparisons__created_at__gt=since)
        | Q(role_intakes__created_at__gt=since)
        | Q(assessments__sheets__updated_at__gt=since)
    )
    return rows.annotate(**marks, has_news=Exists(Requisition.objects.filter(later, pk=OuterRef("pk"))))


def _has_lapsed(row: Any) -> bool:
    """Tell whether what was put forward is no longer so; looks closely only at rows that were written to since."""
    if row.status not in (RequisitionStatus.APPROVED, RequisitionStatus.SUBMITTED):
        return False
    if not row.has_news and row.put_forward_revision == row.revision:
        return False
    return find_standing(row=row).approval.state is ApprovalState.LAPSED


def _row(row: Any) -> RequisitionRow:
    return RequisitionRow(
        id=row.pk,
        code=row.code,
        title=row.title,
        team=row.team,
        status=RequisitionStatus(row.status),
        has_lapsed=_has_lapsed(row),
        headcount=row.headcount,
        needed_by=row.needed_by,
        is_confidential=is_confidential(requisition=row),
        created_by=row.created_by.display_name,
        created_at=row.created_at,
        job_id=row.job_id,
        steps=tuple((key, bool(getattr(row, f"has_{key}"))) for key in STEPS),
    )


def _waiting(row: Requisition, standing: Standing) -> Waiting:
    step = standing.approval.waiting_step
    return Waiting(
        id=row.pk,
        code=row.code,
        title=row.title,
        step=step.step.title if step else "",
        submitted_by=standing.submitted_by,
        submitted_at=standing.submitted_at,
    )
