"""Jobs as lists and pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.http import Http404

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import JobMember, Opening, Stage
from assay.app.pipeline.queries.numbers import JobNumbers, count_applicants
from assay.core.pipeline.status import JobStatus, OpeningState
from assay.platform.access.gate import Forbidden, ask
from assay.platform.access.policy import JOB_TABLE, Action, Resource, ResourceKind
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

JOBS_PER_PAGE = 50
_MOST_JOBS = 500

_JOB = """
    SELECT j.id, j.title, j.problem, j.location, j.status, j.is_confidential, j.created_at, j.closed_at,
        r.id, r.role_key, r.title, r.version,
        (SELECT coalesce(json_agg(json_build_array(s.id, s.name, s."group", s.position,
            s.retired_at IS NOT NULL) ORDER BY s.position), '[]')
            FROM pipeline_stage s WHERE s.job_id = j.id),
        (SELECT coalesce(json_agg(json_build_array(m.user_id, coalesce(nullif(u.name, ''), u.email), m.team_role)
            ORDER BY m.id), '[]') FROM pipeline_jobmember m JOIN accounts_user u ON u.id = m.user_id
            WHERE m.job_id = j.id),
        (SELECT coalesce(json_agg(json_build_array(f.id, f.name, f.query) ORDER BY f.name, f.id), '[]')
            FROM pipeline_savedfilter f WHERE f.job_id = j.id AND f.owner_id = %s),
        (SELECT count(*) FROM pipeline_opening o WHERE o.job_id = j.id),
        (SELECT count(*) FROM pipeline_opening o WHERE o.job_id = j.id AND o.state = 'filled'),
        (SELECT p.body FROM pipeline_posting p WHERE p.job_id = j.id ORDER BY p.id LIMIT 1),
        (SELECT coalesce(json_agg(json_build_array(t.id, t.name, t.query, t.is_default) ORDER BY t.name, t.id), '[]')
            FROM pipeline_teamfilter t WHERE t.job_id = j.id)
    FROM pipeline_job j JOIN roles_roleversion r ON r.id = j.role_id WHERE j.id = %s
"""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in a list."""

    id: int
    title: str
    role_title: str
    location: str
    is_open: bool
    is_confidential: bool
    is_mine: bool
    opened_at: datetime
    closed_at: datetime | None
    openings: int
    openings_filled: int
    numbers: JobNumbers


@dataclass(frozen=True, slots=True)
class JobPage:
    """One page of jobs; ``next_before`` is the id to ask the following page with, if there is one."""

    rows: tuple[JobRow, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of a job's plan, or one that was taken out of it (``is_retired``)."""

    id: int
    name: str
    group: str
    position: int
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody's seat on a hiring team."""

    user_id: int
    name: str
    team_role: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """A list that somebody saved under a name, for themselves or for the team; one of the team's is the default."""

    id: int
    name: str
    query: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with all that stands around its pages, as one person sees it. ``can`` holds what that person may do,
    ``why_not`` a sentence for each thing they may not. ``retired`` are stages that left the plan, in which somebody may
    still stand. ``team_filters`` are the team's views, ``filters`` the person's own."""

    id: int
    title: str
    problem: str
    location: str
    is_open: bool
    is_confidential: bool
    opened_at: datetime
    closed_at: datetime | None
    role_version_id: int
    role_key: str
    role_title: str
    role_version: int
    openings: int
    openings_filled: int
    posting: str
    stages: tuple[StageView, ...]
    retired: tuple[StageView, ...]
    team: tuple[MemberView, ...]
    filters: tuple[FilterView, ...]
    team_filters: tuple[FilterView, ...]
    can: frozenset[Action]
    why_not: Mapping[Action, str]

    @property
    def stage_names(self) -> Mapping[int, str]:
        """The name of every stage by its id, those that left the plan too."""
        return {stage.id: stage.name for stage in (*self.stages, *self.retired)}


def list_jobs(*, actor: User, status: JobStatus | None, mine: bool, before: int | None = None) -> JobPage:
    """Return jobs that ``actor`` may see, newest first, fifty a page. ``mine`` keeps those where they have a seat."""
    jobs = visible_jobs(user=actor).select_related("role").defer("role__definition", "problem")
    if status is not None:
        jobs = jobs.filter(status=status)
    if mine:
        jobs = jobs.filter(members__user=actor).distinct()
    if before is not None:
        jobs = jobs.filter(pk__lt=before)
    annotated = jobs.annotate(
        seats=ArraySubquery(JobMember.objects.filter(job=OuterRef("pk"), user=actor).values("id")),
        opening_states=ArraySubquery(Opening.objects.filter(job=OuterRef("pk")).values("state")),
    )
    found = list(annotated.order_by("-id")[: JOBS_PER_PAGE + 1])
    numbers = count_applicants(job_ids=[job.pk for job in found[:JOBS_PER_PAGE]])
    rows = tuple(_row(job, numbers[job.pk]) for job in found[:JOBS_PER_PAGE])
    return JobPage(rows=rows, next_before=rows[-1].id if len(found) > JOBS_PER_PAGE else None)


def get_job(*, actor: User, job_id: int, action: Action = Action.SEE_JOB) -> JobView:
    """Return a job in one query. Raises ``Http404`` when ``actor`` may not see it, ``Forbidden`` for ``action``."""
    record = None
    if job_id <= LARGEST_ID:
        with connection.cursor() as cursor:
            cursor.execute(_JOB, [actor.pk, job_id])
            record = cursor.fetchone()
    if record is None:
        raise Http404("There is no such job.")
    view = _view(record, actor)
    if Action.SEE_JOB not in view.can:
        raise Http404("There is no such job.")
    if action not in view.can:
        raise Forbidden(view.why_not[action])
    return view


def list_choosable_people() -> tuple[MemberView, ...]:
    """Return everybody with a working account, for choosing a hiring team from."""
    rows = User.objects.filter(is_active=True).order_by("name", "email")
    return tuple(MemberView(user_id=row.pk, name=row.display_name, team_role=row.role) for row in rows)


def _view(record: Any, actor: User) -> JobView:
    stages = [StageView(*stage) for stage in record[12]]
    team = tuple(MemberView(*seat) for seat in record[13])
    seats = frozenset(seat.team_role for seat in team if seat.user_id == actor.pk)
    resource = Resource(kind=ResourceKind.JOB, is_confidential=record[5], team_roles=seats)
    answers = {action: ask(actor=actor, action=action, resource=resource) for action in JOB_TABLE}
    return JobView(
        id=record[0],
        title=record[1],
        problem=record[2],
        location=record[3],
        is_open=record[4] == JobStatus.OPEN,
        is_confidential=record[5],
        opened_at=record[6],
        closed_at=record[7],
        role_version_id=record[8],
        role_key=record[9],
        role_title=record[10],
        role_version=record[11],
        stages=tuple(stage for stage in stages if not stage.is_retired),
        retired=tuple(stage for stage in stages if stage.is_retired),
        team=team,
        filters=tuple(FilterView(*saved) for saved in record[14]),
        team_filters=tuple(FilterView(*saved) for saved in record[18]),
        openings=record[15],
        openings_filled=record[16],
        posting=record[17] or "",
        can=frozenset(action for action, answer in answers.items() if answer.allowed),
        why_not={action: answer.why for action, answer in answers.items() if not answer.allowed},
    )


def _row(job: Any, numbers: JobNumbers) -> JobRow:
    return JobRow(
        id=job.pk,
        title=job.title,
        role_title=job.role.title,
        location=job.location,
        is_open=job.status == JobStatus.OPEN,
        is_confidential=job.is_confidential,
        is_mine=bool(job.seats),
        opened_at=job.created_at,
        closed_at=job.closed_at,
        openings=len(job.opening_states),
        openings_filled=job.opening_states.count(OpeningState.FILLED),
        numbers=numbers,
    )


@dataclass(frozen=True, slots=True)
class PinnedJob:
    """A job that is held to some version of a role."""

    id: int
    title: str
    version: int
    is_open: bool


def list_jobs_of_role(*, actor: User, role_key: str) -> tuple[PinnedJob, ...]:
    """Return the jobs that ``actor`` may see and that are held to any version of a role, the newest first."""
    rows = visible_jobs(user=actor).filter(role__role_key=role_key).order_by("-id")[:JOBS_PER_PAGE]
    values = rows.values_list("id", "title", "role__version", "status")
    return tuple(PinnedJob(pk, title, version, status == JobStatus.OPEN) for pk, title, version, status in values)


def list_jobs_to_add_to(*, actor: User, besides: int) -> tuple[PinnedJob, ...]:
    """Return the open jobs, but one, to which ``actor`` may add applicants, by name."""
    jobs = visible_jobs(user=actor).filter(status=JobStatus.OPEN).exclude(pk=besides)
    seats = ArraySubquery(JobMember.objects.filter(job=OuterRef("pk"), user=actor).values("team_role"))
    rows = jobs.annotate(seats=seats).order_by("title", "id")
    values = rows.values_list("id", "title", "role__version", "is_confidential", "seats")[:_MOST_JOBS]
    return tuple(
        PinnedJob(pk, title, version, is_open=True)
        for pk, title, version, is_confidential, team_roles in values
        if ask(
            actor=actor,
            action=Action.ADD_APPLICANTS,
            resource=Resource(ResourceKind.JOB, is_confidential, frozenset(team_roles)),
        ).allowed
    )


def list_stage_names(*, job_id: int) -> Mapping[int, str]:
    """Return the name of every stage that a job has or had, by its id. Whoever calls this has asked the policy."""
    return dict(Stage.objects.filter(job_id=job_id).values_list("id", "name"))
