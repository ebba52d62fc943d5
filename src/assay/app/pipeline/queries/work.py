"""What waits at the jobs of one person: applications to review by job, and those that need a step of theirs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Min, OuterRef, Q

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application, JobMember
from assay.core.pipeline.status import JobStatus, TeamRole
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.models import User

MOST_ROWS = 200

# Whose step it is, by seat: the first seat of each line that somebody on the team holds.
_STEPS_OF = {
    WorkState.REVIEW: ((TeamRole.RECRUITER, TeamRole.HIRING_MANAGER),),
    WorkState.SCHEDULING: ((TeamRole.COORDINATOR,), (TeamRole.RECRUITER,), (TeamRole.HIRING_MANAGER,)),
    WorkState.DECISION: ((TeamRole.HIRING_MANAGER,), (TeamRole.RECRUITER,)),
    WorkState.OFFER: ((TeamRole.RECRUITER,), (TeamRole.HIRING_MANAGER,)),
}


@dataclass(frozen=True, slots=True)
class ReviewLoad:
    """Applications of one job that wait for review: how many, since when the oldest, and the next clock."""

    job_id: int
    job_title: str
    count: int
    since: datetime | None
    yellow_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One application that needs a step: who, where, which step, and its clock."""

    application_id: int
    job_id: int
    job_title: str
    name: str
    stage: str
    state: WorkState
    since: datetime | None
    yellow_at: datetime | None
    due_at: datetime | None
    is_paused: bool


def list_review_loads(*, actor: User, whole_team: bool = False) -> tuple[ReviewLoad, ...]:
    """Return what waits for review, one line a job: where it is the actor's step, or wherever they may look."""
    jobs = _jobs_with_step(actor=actor, state=WorkState.REVIEW, whole_team=whole_team)
    waiting = Application.objects.filter(job_id__in=list(jobs), work_state=WorkState.REVIEW)
    running = Q(is_paused=False)
    rows = waiting.values("job_id").annotate(
        count=Count("id"),
        since=Min("work_since"),
        yellow=Min("yellow_at", filter=running),
        due=Min("due_at", filter=running),
    )
    return tuple(
        ReviewLoad(row["job_id"], jobs[row["job_id"]], row["count"], row["since"], row["yellow"], row["due"])
        for row in rows.order_by("due", "job_id")
    )


def list_work(*, actor: User, whole_team: bool = False) -> tuple[WorkRow, ...]:
    """Return the applications that need an interview, a decision or an offer, the most urgent 200 of each."""
    found: list[WorkRow] = []
    for state in (WorkState.SCHEDULING, WorkState.DECISION, WorkState.OFFER):
        jobs = _jobs_with_step(actor=actor, state=state, whole_team=whole_team)
        if jobs:
            found += _rows(jobs=jobs, state=state)
    return tuple(found)


def _rows(*, jobs: dict[int, str], state: WorkState) -> Iterable[WorkRow]:
    rows = (
        Application.objects.filter(job_id__in=list(jobs), work_state=state)
        .select_related("person", "stage")
        .defer("search", "submitted")
        .order_by(F("due_at").asc(nulls_last=True), "id")[:MOST_ROWS]
    )
    for row in rows:
        yield WorkRow(
            application_id=row.pk,
            job_id=row.job_id,
            job_title=jobs[row.job_id],
            name=str(row.person),
            stage=row.stage.name,
            state=state,
            since=row.work_since,
            yellow_at=row.yellow_at,
            due_at=row.due_at,
            is_paused=row.is_paused,
        )


def _jobs_with_step(*, actor: User, state: WorkState, whole_team: bool) -> dict[int, str]:
    jobs = visible_jobs(user=actor).filter(status=JobStatus.OPEN)
    if whole_team:
        return dict(jobs.values_list("id", "title"))
    seats = JobMember.objects.filter(job=OuterRef("pk"))
    rows = (
        jobs.filter(members__user=actor)
        .distinct()
        .annotate(
            own=ArraySubquery(seats.filter(user=actor).values("team_role")),
            all=ArraySubquery(seats.values("team_role")),
        )
    )
    return {
        job_id: title
        for job_id, title, own, everybody in rows.values_list("id", "title", "own", "all")
        if is_step_of(state=state, own=own, everybody=everybody)
    }


def is_step_of(*, state: WorkState, own: Collection[str], everybody: Collection[str]) -> bool:
    """Tell whether a step is that of somebody with the seats ``own`` on a team with the seats ``everybody``."""
    for line in _STEPS_OF.get(state, ()):
        if any(seat.value in everybody for seat in line):
            return any(seat.value in own for seat in line)
    return False
