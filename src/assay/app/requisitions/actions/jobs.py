"""Between requisitions and jobs: the job opened from an approved request, the request made for a job that has none."""

from collections.abc import Sequence

from django.db import transaction

from assay.app.pipeline.actions.jobs import JobDraft, Seat, open_job
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.app.requisitions.actions.approvals import SubmitRefused
from assay.app.requisitions.actions.drafts import create_requisition, lock_requisition
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.standing import find_standing
from assay.core.pipeline.stage import PlannedStage
from assay.core.pipeline.status import TeamRole
from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.code import opening_codes
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.status import ReadinessGate, RequisitionReason
from assay.platform.access.policy import Action
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

_JOB_SEATS = {
    RequisitionSeat.OWNER: TeamRole.HIRING_MANAGER,
    RequisitionSeat.COLLABORATOR: TeamRole.HIRING_MANAGER,
    RequisitionSeat.APPROVER: TeamRole.APPROVER,
}
_RECRUITS = (Role.ADMIN, Role.RECRUITER)
_WRITERS = (TeamRole.HIRING_MANAGER, TeamRole.RECRUITER)


@transaction.atomic
def open_approved_job(*, actor: User, requisition_id: int, plan: Sequence[PlannedStage]) -> int:
    """Open the job that a request was approved for and return its id. One that has its job returns that job's id.

    The job is held to the approved role version; its openings are numbered after the request. Raises
    ``SubmitRefused`` unless the approval stands, ``Http404``, ``Forbidden``.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    if row.job_id is not None:
        return row.job_id
    standing = find_standing(row=row)
    if standing.approval.state is not ApprovalState.APPROVED or standing.basis.role is None:
        raise SubmitRefused("A job is opened once the request is approved.")
    seats = standing.approved_headcount
    draft = JobDraft(row.title, row.problem, row.location, row.is_confidential, seats, posting="")
    row.job_id = open_job(
        actor=actor,
        draft=draft,
        role_version_id=standing.basis.role.version_id,
        plan=plan,
        team=_team(row),
        opening_codes=opening_codes(code=row.code, first=1, count=seats),
    )
    row.save(update_fields=["job"])
    data = {"job": row.job_id, "openings": seats}
    record(actor=actor, verb="requisition.job_opened", object_type="requisition", object_id=row.pk, data=data)
    return row.job_id


@transaction.atomic
def request_for_job(*, actor: User, job_id: int) -> int:
    """Begin a requisition for a job that has none and return its id; one that has a requisition returns that one's.

    The team of the job sits at it too. Readiness only warns: the job is open already.
    """
    job = get_job(actor=actor, job_id=job_id, action=Action.EDIT_JOB)
    known = Requisition.objects.filter(job_id=job_id).values_list("pk", flat=True).first()
    if known is not None:
        return known
    draft = RequisitionDraft(
        title=job.title,
        problem=job.problem,
        location=job.location,
        reason=RequisitionReason.GROWTH,
        headcount=job.openings,
        is_confidential=job.is_confidential,
        readiness_gate=ReadinessGate.WARN,
    )
    made = create_requisition(actor=actor, draft=draft, role_version_id=job.role_version_id, job_id=job_id)
    seats = [
        RequisitionMember(requisition_id=made, user_id=person, seat=RequisitionSeat.COLLABORATOR)
        for person in _writers(job)
        if person != actor.pk
    ]
    RequisitionMember.objects.bulk_create(seats, ignore_conflicts=True)
    return made


def _writers(job: JobView) -> list[int]:
    return sorted({member.user_id for member in job.team if member.team_role in _WRITERS})


def _team(row: Requisition) -> list[Seat]:
    seats = []
    for member in row.members.select_related("user").order_by("id"):
        seat = _JOB_SEATS[RequisitionSeat(member.seat)]
        if seat is TeamRole.HIRING_MANAGER and member.user.role in _RECRUITS:
            seat = TeamRole.RECRUITER
        if member.user.is_active:
            seats.append(Seat(member.user_id, seat))
    return list(dict.fromkeys(seats))
