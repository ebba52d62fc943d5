"""Jobs: opened with a pinned role, a plan of stages, openings and a team."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.pipeline.models import Job, JobMember, Opening, Posting, SavedFilter, Stage
from assay.app.pipeline.news import tell_job_changed
from assay.app.requisitions.standing import standing_of_job
from assay.app.roles.visibility import may_see_version
from assay.core.pipeline.stage import PlannedStage
from assay.core.pipeline.status import JobStatus, OpeningState, TeamRole
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

from ..funnel import find_job, job_resource
from .wall import settle_wall

MOST_OPENINGS = 200


class JobError(ValueError):
    """Raised when a job cannot be stored as asked; ``field`` says which input to change."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place on a hiring team."""

    user_id: int
    team_role: TeamRole


@dataclass(frozen=True, slots=True)
class JobDraft:
    """What someone fills in to open or edit a job."""

    title: str
    problem: str
    location: str
    is_confidential: bool
    openings: int
    posting: str


@transaction.atomic
def open_job(
    *,
    actor: User,
    draft: JobDraft,
    role_version_id: int,
    plan: Sequence[PlannedStage],
    team: Sequence[Seat],
    opening_codes: Sequence[str] = (),
) -> int:
    """Open a job held to one version of a role and return its id. Whoever opens it joins its team as recruiter
    unless they already have a seat. ``opening_codes`` name the openings (``CODE-1``...); else the job's id does.

    Raises ``JobError`` for unusable input and ``Forbidden`` when the actor may not open jobs.
    """
    require(actor=actor, action=Action.OPEN_JOB, resource=ORGANISATION)
    _check_draft(draft=draft)
    if not may_see_version(actor=actor, role_version_id=role_version_id):
        raise JobError(field="role", message="Choose a role from the list.")
    job = Job.objects.create(
        title=draft.title.strip(),
        problem=draft.problem.strip(),
        role_id=role_version_id,
        location=draft.location.strip(),
        is_confidential=draft.is_confidential,
        created_by=actor,
    )
    Stage.objects.bulk_create(
        Stage(job=job, name=stage.name, group=stage.group, position=position) for position, stage in enumerate(plan, 1)
    )
    codes = list(opening_codes) or _numbered(str(job.pk), first=1, count=draft.openings)
    Opening.objects.bulk_create(Opening(job=job, code=code) for code in codes)
    if draft.posting.strip():
        Posting.objects.create(job=job, title=job.title, body=draft.posting.strip())
    seats = list(team)
    if all(seat.user_id != actor.pk for seat in seats):
        seats.append(Seat(actor.pk, TeamRole.RECRUITER))
    _write_team(job=job, seats=seats)
    record(
        actor=actor,
        verb="job.opened",
        object_type="job",
        object_id=job.pk,
        data=_in_the_log(job) | {"role_version": role_version_id, "openings": draft.openings},
    )
    return job.pk


@transaction.atomic
def edit_job(*, actor: User, job_id: int, draft: JobDraft) -> None:
    """Change a job's words, secrecy and number of openings. Its role version stays pinned.

    Raises ``JobError`` for unusable input, and instead of hiding the job from whoever changes it.
    """
    job = job_to_change(actor=actor, job_id=job_id)
    _check_draft(draft=draft)
    if draft.is_confidential and not job.members.filter(user=actor).exists():
        message = "Take a seat on the hiring team first: a confidential job exists for its team alone."
        raise JobError(field="confidential", message=message)
    job.title, job.problem = draft.title.strip(), draft.problem.strip()
    job.location, job.is_confidential = draft.location.strip(), draft.is_confidential
    job.save(update_fields=["title", "problem", "location", "is_confidential"])
    settle_wall(job=job)
    _resize_openings(job=job, count=draft.openings)
    _write_posting(job=job, body=draft.posting.strip())
    record(actor=actor, verb="job.edited", object_type="job", object_id=job.pk, data=_in_the_log(job))


@transaction.atomic
def set_team(*, actor: User, job_id: int, team: Sequence[Seat]) -> None:
    """Replace a job's hiring team. A job keeps at least one recruiter or hiring manager."""
    job = job_to_change(actor=actor, job_id=job_id)
    if not any(seat.team_role in (TeamRole.RECRUITER, TeamRole.HIRING_MANAGER) for seat in team):
        raise JobError(field="team", message="Keep at least one recruiter or hiring manager on the team.")
    JobMember.objects.filter(job=job).delete()
    _write_team(job=job, seats=team)
    tell_job_changed(job_id=job.pk)
    data = {"seats": [f"{seat.user_id}:{seat.team_role}" for seat in team]}
    record(actor=actor, verb="job.team_set", object_type="job", object_id=job.pk, data=data)


@transaction.atomic
def set_job_status(*, actor: User, job_id: int, status: JobStatus, why: str) -> None:
    """Close a job or open it again; one that is so already stays as it is.

    The reason is kept in the audit log; without one, ``JobError`` is raised.
    """
    job = job_to_change(actor=actor, job_id=job_id)
    if not why.strip():
        raise JobError(field="why", message="Say why in a few words; it is kept in the audit log.")
    if job.status == status:
        return
    job.status = status
    job.closed_at = timezone.now() if status is JobStatus.CLOSED else None
    job.save(update_fields=["status", "closed_at"])
    record(actor=actor, verb=f"job.{status}", object_type="job", object_id=job.pk, why=why)


@transaction.atomic
def save_filter(*, actor: User, job_id: int, name: str, query: str) -> None:
    """Keep a list's query string under a name, for its owner alone. The same name is overwritten."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.SEE_JOB, resource=job_resource(job=job, user=actor))
    name = " ".join(name.replace("\0", " ").split())
    if not 1 <= len(name) <= 60:
        raise JobError(field="name", message="Give the filter a name of 1 to 60 characters.")
    SavedFilter.objects.update_or_create(job=job, owner=actor, name=name, defaults={"query": query[:1000]})
    record(actor=actor, verb="filter.saved", object_type="job", object_id=job.pk, data={"name": name})


@transaction.atomic
def forget_filter(*, actor: User, job_id: int, filter_id: int) -> None:
    """Delete one of the actor's own saved filters."""
    gone, _ = SavedFilter.objects.filter(job_id=job_id, owner=actor, pk=filter_id).delete()
    if gone:
        record(actor=actor, verb="filter.forgotten", object_type="job", object_id=job_id)


def job_to_change(*, actor: User, job_id: int) -> Job:
    """Return a job that nobody else changes until the transaction ends. Raises ``Http404`` or ``Forbidden``."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    return Job.objects.select_for_update(no_key=True).get(pk=job_id)


def _in_the_log(job: Job) -> dict[str, JsonValue]:
    """Return what the audit log says of a job. Its readers may not see confidential jobs, so those stay unnamed."""
    return {"is_confidential": job.is_confidential} | ({} if job.is_confidential else {"title": job.title})


def _check_draft(*, draft: JobDraft) -> None:
    if not draft.title.strip() or len(draft.title.strip()) > 200:
        raise JobError(field="title", message="Give the job a title of 1 to 200 characters.")
    if not draft.problem.strip():
        raise JobError(field="problem", message="Say which problem this person will solve.")
    if len(draft.location.strip()) > 200:
        raise JobError(field="location", message="At most 200 characters fit here.")
    if not 1 <= draft.openings <= MOST_OPENINGS:
        raise JobError(field="openings", message=f"Between 1 and {MOST_OPENINGS} openings fit in one job.")


def _numbered(prefix: str, *, first: int, count: int) -> list[str]:
    return [f"{prefix}-{number}" for number in range(first, first + count)]


def _resize_openings(*, job: Job, count: int) -> None:
    existing = list(job.openings.order_by("id"))
    if count > len(existing):
        _check_approved(job=job, count=count)
        highest = max((int(opening.code.rpartition("-")[2]) for opening in existing), default=0)
        prefix = existing[0].code.rpartition("-")[0] if existing else str(job.pk)
        codes = _numbered(prefix, first=highest + 1, count=count - len(existing))
        Opening.objects.bulk_create(Opening(job=job, code=code) for code in codes)
    surplus = [opening for opening in reversed(existing) if opening.state == OpeningState.OPEN]
    excess = max(0, len(existing) - count)
    if excess > len(surplus):
        raise JobError(field="openings", message="Filled openings cannot be taken away.")
    Opening.objects.filter(pk__in=[opening.pk for opening in surplus[:excess]]).delete()


def _check_approved(*, job: Job, count: int) -> None:
    """Raise ``JobError`` when a job under a request would get more openings than were approved in it."""
    standing = standing_of_job(job_id=job.pk)
    if standing is None or count <= standing.approved_headcount:
        return
    most = standing.approved_headcount
    message = "The request for this job is not approved as it stands. Have it approved before you add openings."
    if most:
        message = f"The request for this job is approved for {most}. Raise its headcount there, and have it approved."
    raise JobError(field="openings", message=message)


def _write_posting(*, job: Job, body: str) -> None:
    posting = job.postings.first()
    if posting is None and body:
        Posting.objects.create(job=job, title=job.title, body=body)
    elif posting is not None:
        posting.title, posting.body = job.title, body
        posting.save(update_fields=["title", "body"])


def _write_team(*, job: Job, seats: Sequence[Seat]) -> None:
    known = set(
        User.objects.filter(pk__in=[seat.user_id for seat in seats], is_active=True).values_list("pk", flat=True)
    )
    for seat in seats:
        if seat.user_id not in known:
            raise JobError(field="team", message="Someone on this team no longer has an account.")
    JobMember.objects.bulk_create(
        JobMember(job=job, user_id=s.user_id, team_role=s.team_role) for s in dict.fromkeys(seats)
    )
