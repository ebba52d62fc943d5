"""The reader of one requisition, with everything that an approver needs in sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.app.readiness.step_queries import due_for_requisition, has_sheet_due
from assay.app.requisitions.actions.drafts import draft_of
from assay.app.requisitions.completing import budget_of, gaps_of
from assay.app.requisitions.desks import results_seen
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.standing import Said, Standing, find_standing, gate_of, gate_of_job
from assay.app.requisitions.steps import StepResult
from assay.app.requisitions.veiling import gaps_seen, standing_seen
from assay.app.requisitions.visibility import is_confidential, require_requisition, requisition_resource, resource_of
from assay.app.roles.queries import RoleVersionView, get_role_version
from assay.core.requisitions.approval import ApprovalState, StepState
from assay.core.requisitions.budget import BudgetCheck
from assay.core.requisitions.completeness import Gap, is_complete
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.gate import GateAnswer
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.access.gate import actor_of, ask
from assay.platform.access.policy import REQUISITION_TABLE, Action, can_see
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody's seat at a requisition."""

    user_id: int
    name: str
    seat: RequisitionSeat


@dataclass(frozen=True, slots=True)
class OpeningView:
    """One seat to fill."""

    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something in the history of a request: a submission, a word of an approver, a comment."""

    icon: str
    who: str
    what: str
    text: str
    at: datetime
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class RequisitionView:
    """A requisition as one person sees it. ``names`` are of everybody whom its steps mention, by account id."""

    id: int
    code: str
    draft: RequisitionDraft
    revision: int
    status: RequisitionStatus
    created_by: str
    created_at: datetime
    members: tuple[MemberView, ...]
    names: Mapping[int, str]
    standing: Standing
    gaps: tuple[Gap, ...]
    budget: BudgetCheck
    gate: GateAnswer
    results: Mapping[str, StepResult]
    role: RoleVersionView | None
    job_id: int | None
    openings: tuple[OpeningView, ...]
    history: tuple[Happening, ...]
    can: frozenset[Action]
    is_asked: bool
    is_confidential: bool

    @property
    def state(self) -> ApprovalState:
        """Where its approval stands."""
        return self.standing.approval.state

    @property
    def steps(self) -> tuple[StepState, ...]:
        """The steps of what was put forward; nothing before that."""
        return self.standing.approval.steps

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether it was taken back."""
        return self.status is RequisitionStatus.WITHDRAWN

    @property
    def can_submit(self) -> bool:
        """Tell whether it could be put forward now, by somebody who may."""
        is_free = self.state not in (ApprovalState.WAITING, ApprovalState.APPROVED)
        asks_others = self.state is ApprovalState.WAITING and self.standing.has_other_plan
        return is_complete(gaps=self.gaps) and (is_free or asks_others)

    @property
    def facts_hash(self) -> str:
        """The hash of what was put forward: an approval names it."""
        return self.standing.submission.facts_hash if self.standing.submission else ""


def get_requisition(*, actor: User, requisition_id: int, action: Action = Action.SEE_REQUISITION) -> RequisitionView:
    """Return a requisition whole. Raises ``Http404`` or ``Forbidden`` for what ``actor`` may not do."""
    row = require_requisition(actor=actor, requisition_id=requisition_id, action=action)
    members = _members(row)
    resource = resource_of(requisition=row, seats=(one.seat for one in members if one.user_id == actor.pk))
    due = due_for_requisition(actor=actor, requisition_id=row.pk)
    true = find_standing(row=row)
    standing = standing_seen(standing=true, is_due=due is not None)
    role = standing.basis.role
    return RequisitionView(
        id=row.pk,
        code=row.code,
        draft=draft_of(row=row),
        revision=row.revision,
        status=RequisitionStatus(row.status),
        created_by=row.created_by.display_name,
        created_at=row.created_at,
        members=members,
        names=_names(standing),
        standing=standing,
        gaps=gaps_seen(row=row, gaps=gaps_of(row=row, standing=true), is_due=due is not None),
        budget=budget_of(row=row, basis=standing.basis),
        gate=gate_of(standing=standing, with_values=True),
        results=results_seen(requisition_id=row.pk, due=due),
        role=get_role_version(role_version_id=role.version_id) if role else None,
        job_id=row.job_id,
        openings=_openings(row),
        history=_history(row, standing.said),
        can=frozenset(one for one in REQUISITION_TABLE if ask(actor=actor, action=one, resource=resource).allowed),
        is_asked=actor.pk in standing.approval.waits_for,
        is_confidential=is_confidential(requisition=row),
    )


@dataclass(frozen=True, slots=True)
class JobBand:
    """The band of a job as its page shows it. Who may not see its request learns whether interviews may start and,
    by their names, which facts changed: no value, no code (``band``, ``code`` and ``requisition_id`` stay empty)."""

    gate: GateAnswer
    has_requisition: bool = False
    band: str = ""
    code: str = ""
    requisition_id: int | None = None


def find_job_band(*, actor: User, job_id: int) -> JobBand:
    """Return how a job's band stands. The caller has asked whether ``actor`` may see the job."""
    row = Requisition.objects.select_related("role_version").filter(job_id=job_id).first()
    if row is None:
        return JobBand(gate_of_job(job_id=job_id))
    is_due = has_sheet_due(actor=actor, requisition_id=row.pk)
    standing = standing_seen(standing=find_standing(row=row), is_due=is_due)
    is_seen = can_see(actor=actor_of(actor), resource=requisition_resource(requisition=row, user=actor))
    if not is_seen:
        return JobBand(gate_of(standing=standing), has_requisition=True)
    gate = gate_of(standing=standing, with_values=True)
    return JobBand(gate, True, standing.basis.facts["band"], row.code, row.pk)


def _members(row: Requisition) -> tuple[MemberView, ...]:
    rows = row.members.select_related("user").order_by("id")
    return tuple(MemberView(one.user_id, one.user.display_name, RequisitionSeat(one.seat)) for one in rows)


def _names(standing: Standing) -> dict[int, str]:
    plans = (standing.submission.plan if standing.submission else None, standing.plan_now)
    ids = {person for plan in plans if plan for person in plan.people}
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=ids)}


def _openings(row: Requisition) -> tuple[OpeningView, ...]:
    if row.job is None:
        return ()
    return tuple(OpeningView(one.code, one.state) for one in row.job.openings.order_by("id"))


def _history(row: Requisition, said: tuple[Said, ...]) -> tuple[Happening, ...]:
    """Return what happened, the newest first."""
    found = [Happening("circle-plus", row.created_by.display_name, "began this request", "", row.created_at)]
    asked_by = {}
    for one in row.submissions.select_related("submitted_by"):
        asked_by[one.number] = one.submitted_by_id
        what = "submitted it for approval" if one.number == 1 else f"submitted it again (no. {one.number})"
        found.append(Happening("arrow-right", one.submitted_by.display_name, what, "", one.submitted_at))
    for word in said:
        icon, what = ("badge-check", "approved it") if word.kind == "approve" else ("undo-2", "sent it back")
        if word.kind == "approve" and word.person_id == asked_by.get(word.submission):
            what = "approved their own request"
        found.append(Happening(icon, word.name, what, word.reason, word.given_at))
    for gone in row.withdrawals.select_related("withdrawn_by"):
        found.append(Happening("x", gone.withdrawn_by.display_name, "withdrew it", gone.why, gone.withdrawn_at))
    for comment in row.comments.select_related("author"):
        found.append(Happening("megaphone", comment.author.display_name, "said", comment.text, comment.said_at))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))
