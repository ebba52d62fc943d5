"""The reader of many requisitions: the list, what is under way, what waits for somebody. Few queries, however many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.standing import Standing, find_standings
from assay.app.requisitions.visibility import is_confidential, visible_requisitions
from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User

ROWS_PER_PAGE = 50
ROWS_AT_ONCE = 200
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
    only_waiting: bool = False,
    before: int | None = None,
    limit: int = ROWS_PER_PAGE,
) -> RequisitionPage:
    """Return requisitions that ``actor`` may see, newest first. ``mine`` keeps those where they have a seat,
    ``only_waiting`` those that wait for approval as they stand now: what has lapsed since does not."""
    rows = _visible(actor)
    if statuses:
        rows = rows.filter(status__in=list(statuses))
    if mine:
        rows = rows.filter(Exists(RequisitionMember.objects.filter(requisition=OuterRef("pk"), user=actor)))
    found: list[RequisitionRow] = []
    for row, standing in _with_standings(_with_steps(rows), before=before, size=limit + 1):
        if only_waiting and standing.approval.state is not ApprovalState.WAITING:
            continue
        found.append(_row(row, standing))
        if len(found) > limit:
            break
    shown = tuple(found[:limit])
    return RequisitionPage(rows=shown, next_before=shown[-1].id if len(found) > limit else None)


def list_waiting(*, actor: User) -> tuple[Waiting, ...]:
    """Return all that waits for ``actor``'s approval now, the longest waiting first."""
    seat = RequisitionMember.objects.filter(requisition=OuterRef("pk"), user=actor, seat=RequisitionSeat.APPROVER)
    rows = _visible(actor).filter(Exists(seat), status=RequisitionStatus.SUBMITTED)
    found = _with_standings(rows, before=None, size=ROWS_AT_ONCE)
    asked = [_waiting(row, standing) for row, standing in found if actor.pk in standing.approval.waits_for]
    return tuple(sorted(asked, key=lambda one: (one.submitted_at is None, one.submitted_at, one.id)))


def _with_standings(
    rows: QuerySet[Any, Any], *, before: int | None, size: int
) -> Iterator[tuple[Requisition, Standing]]:
    """Yield rows with where they stand, newest first: the same nine queries for each ``size`` of them."""
    while True:
        chunk = list((rows if before is None else rows.filter(pk__lt=before)).order_by("-id")[:size])
        if not chunk:
            return
        standings = find_standings(rows=chunk)
        yield from ((row, standings[row.pk]) for row in chunk)
        if len(chunk) < size:
            return
        before = chunk[-1].pk


def _visible(actor: User) -> QuerySet[Requisition]:
    seen = Requisition.objects.filter(visible_requisitions(actor=actor)).values("pk")
    rows = Requisition.objects.filter(pk__in=seen).select_related("created_by", "role_version", "job")
    return rows.defer("job__problem")


def _with_steps(rows: QuerySet[Requisition]) -> QuerySet[Any, Any]:
    """Add for each row whether each desk has a result."""
    has = {
        "ready": Q(assessments__sheets__submitted_at__isnull=False),
        "role": Q(role_version__isnull=False) | Q(role_intakes__role_version__isnull=False),
        "market": Q(pay_bands__isnull=False),
        "cost": Q(cost_scenarios__isnull=False),
        "model": Q(model_comparisons__isnull=False),
        "posting": Q(adverts__isnull=False),
    }
    marks = {f"has_{key}": Exists(Requisition.objects.filter(found, pk=OuterRef("pk"))) for key, found in has.items()}
    return rows.annotate(**marks)


def _row(row: Any, standing: Standing) -> RequisitionRow:
    return RequisitionRow(
        id=row.pk,
        code=row.code,
        title=row.title,
        team=row.team,
        status=RequisitionStatus(row.status),
        has_lapsed=standing.approval.state is ApprovalState.LAPSED,
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
