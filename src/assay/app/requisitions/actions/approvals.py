"""The way of a request: put forward, approved or sent back, withdrawn, talked about."""

from collections.abc import Mapping

from django.db import transaction

from assay.app.readiness.actions.assessments import close_for_submission
from assay.app.readiness.step_queries import has_sheet_due
from assay.app.requisitions.actions.drafts import lock_requisition
from assay.app.requisitions.completing import gaps_of
from assay.app.requisitions.desks import desk_results
from assay.app.requisitions.models import (
    ApprovalVerdict,
    Requisition,
    RequisitionComment,
    RequisitionMember,
    Withdrawal,
)
from assay.app.requisitions.models import Submission as SubmissionRow
from assay.app.requisitions.own_approval import ASK_SOMEBODY, may_approve_own
from assay.app.requisitions.standing import Standing, find_standing, plan_to_json
from assay.app.requisitions.veiling import gaps_seen
from assay.app.requisitions.visibility import require_requisition
from assay.core.requisitions.approval import ApprovalState, VerdictKind, VerdictRefused, check_verdict
from assay.core.requisitions.completeness import Gap, is_complete
from assay.core.requisitions.plan import PlanError, allows_own_approval, check_submitter
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.access.policy import Action
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

LONGEST_REASON = 2000
LONGEST_COMMENT = 4000
_VERBS = {
    VerdictKind.APPROVE: "requisition.approved_by",
    VerdictKind.SEND_BACK: "requisition.sent_back",
}


class SubmitRefused(ValueError):
    """Raised when a request cannot be put forward as it is; ``gaps`` say what is missing."""

    def __init__(self, message: str, *, gaps: tuple[Gap, ...] = ()) -> None:
        super().__init__(message)
        self.gaps = gaps


@transaction.atomic
def submit_requisition(*, actor: User, requisition_id: int) -> int:
    """Put a request forward with a snapshot of its facts and plan, and return the submission's number.

    Approvals given earlier on exactly these facts count. Its readiness assessment is closed with it.
    Raises ``SubmitRefused``, ``Http404``, ``Forbidden``.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    close_for_submission(actor=actor, requisition_id=row.pk)
    standing = find_standing(row=row)
    is_due = has_sheet_due(actor=actor, requisition_id=row.pk)
    gaps = gaps_seen(row=row, gaps=gaps_of(row=row, standing=standing), is_due=is_due)
    if not is_complete(gaps=gaps) or standing.plan_now is None:
        raise SubmitRefused("Something is missing before this can be submitted.", gaps=gaps)
    if standing.approval.state in (ApprovalState.WAITING, ApprovalState.APPROVED) and not _asks_others(standing):
        raise SubmitRefused("This is submitted already, and nothing has changed since.")
    try:
        check_submitter(plan=standing.plan_now, submitter=actor.pk)
    except PlanError as error:
        raise SubmitRefused(str(error)) from error
    if allows_own_approval(plan=standing.plan_now, submitter=actor.pk) and not may_approve_own(actor=actor):
        raise SubmitRefused(ASK_SOMEBODY)
    number = _put_forward(row, standing, actor)
    record(
        actor=actor,
        verb="requisition.submitted",
        object_type="requisition",
        object_id=row.pk,
        data={"number": number, "facts": standing.basis.hash},
    )
    return number


@transaction.atomic
def give_verdict(*, actor: User, requisition_id: int, kind: VerdictKind, seen_hash: str, reason: str = "") -> None:
    """Approve what is put forward, or send it back with a reason. Sent twice, it counts once.

    Raises ``VerdictRefused`` in words when this word is not asked for now, ``Http404``, ``Forbidden``.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id, action=Action.APPROVE_REQUISITION)
    standing = find_standing(row=row)
    newest = row.submissions.order_by("-number").first()
    if newest is None:
        raise VerdictRefused("Nothing has been put forward yet.")
    if newest.verdicts.filter(person=actor, kind=kind, facts_hash=seen_hash).exists():
        return
    check_verdict(
        approval=standing.approval, person=actor.pk, kind=kind, seen_hash=seen_hash, facts_hash=newest.facts_hash
    )
    is_own = newest.submitted_by_id == actor.pk and kind is VerdictKind.APPROVE
    if is_own and not may_approve_own(actor=actor):
        raise VerdictRefused(ASK_SOMEBODY)
    reason = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if kind is VerdictKind.SEND_BACK and not reason:
        raise VerdictRefused("Say what has to change: whoever asked reads it.")
    verdict = ApprovalVerdict(submission=newest, person=actor, kind=kind, reason=reason, facts_hash=seen_hash)
    verdict.save(force_insert=True)
    _note_status(row)
    record(
        actor=actor,
        verb=_VERBS[kind],
        object_type="requisition",
        object_id=row.pk,
        data={"number": newest.number, "facts": seen_hash, "status": row.status, "approved_by_whoever_asked": is_own},
    )


@transaction.atomic
def withdraw_requisition(*, actor: User, requisition_id: int, why: str) -> None:
    """Take a request back: nothing approved until now counts any more, even if it is submitted again unchanged.

    One that is withdrawn stays so.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    why = why.replace("\0", "").strip()[:LONGEST_COMMENT]
    if not why:
        raise SubmitRefused("Say in a few words why it is withdrawn.")
    if row.status == RequisitionStatus.WITHDRAWN:
        return
    row.status = RequisitionStatus.WITHDRAWN
    row.save(update_fields=["status"])
    number = row.submissions.order_by("-number").values_list("number", flat=True).first() or 0
    Withdrawal(requisition=row, number=number, why=why, withdrawn_by=actor).save(force_insert=True)
    data = {"number": number}
    record(actor=actor, verb="requisition.withdrawn", object_type="requisition", object_id=row.pk, data=data)


@transaction.atomic
def comment_on(*, actor: User, requisition_id: int, text: str) -> None:
    """Say something about a requisition; nothing depends on it. Empty text says nothing."""
    row = require_requisition(actor=actor, requisition_id=requisition_id)
    text = text.replace("\0", "").strip()[:LONGEST_COMMENT]
    if not text:
        return
    comment = RequisitionComment.objects.create(requisition=row, author=actor, text=text)
    data: Mapping[str, int] = {"comment": comment.pk}
    record(actor=actor, verb="requisition.commented", object_type="requisition", object_id=row.pk, data=data)


def _put_forward(row: Requisition, standing: Standing, actor: User) -> int:
    """Write the submission of a locked row, pin its role, and seat everybody whom it asks."""
    plan, role = standing.plan_now, standing.basis.role
    assert plan is not None and role is not None
    number = (standing.submission.number if standing.submission else 0) + 1
    SubmissionRow.objects.create(
        requisition=row,
        number=number,
        facts=dict(standing.basis.facts),
        facts_hash=standing.basis.hash,
        plan=plan_to_json(plan),
        shown=_shown(row),
        submitted_by=actor,
    )
    row.role_version_id, row.status = role.version_id, RequisitionStatus.SUBMITTED
    row.save(update_fields=["role_version", "status"])
    seats = (RequisitionMember(requisition=row, user_id=one, seat=RequisitionSeat.APPROVER) for one in plan.people)
    RequisitionMember.objects.bulk_create(seats, ignore_conflicts=True)
    _note_status(row)
    return number


def _shown(row: Requisition) -> dict[str, object]:
    """Return what the desks said when the request was put forward, to be read later beside what was approved."""
    results = desk_results(requisition_id=row.pk)
    said = {key: {"headline": one.headline, "lines": list(one.lines)} for key, one in results.items()}
    return {"revision": row.revision, "title": row.title, "problem": row.problem, "desks": said}


def _asks_others(standing: Standing) -> bool:
    return standing.approval.state is ApprovalState.WAITING and standing.has_other_plan


def _note_status(row: Requisition) -> None:
    """Repeat the derived state on the row, so that lists need one table."""
    state = find_standing(row=row).approval.state
    words = {ApprovalState.APPROVED: RequisitionStatus.APPROVED, ApprovalState.SENT_BACK: RequisitionStatus.REJECTED}
    row.status = words.get(state, RequisitionStatus.SUBMITTED)
    row.save(update_fields=["status"])
