"""Where the approval of a requisition stands: read from what was put forward and said, held against the facts now."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.requisitions.basis import Basis, find_basis
from assay.app.requisitions.models import ApprovalVerdict, Requisition
from assay.app.requisitions.models import Submission as SubmissionRow
from assay.app.requisitions.rules import guarded_fields
from assay.core.requisitions.approval import Approval, Submission, Verdict, VerdictKind, derive_approval
from assay.core.requisitions.facts import Change, find_changes
from assay.core.requisitions.gate import GateAnswer, ask_gate
from assay.core.requisitions.plan import Plan, PlanError, Step, make_plan
from assay.core.requisitions.status import RequisitionStatus


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word, with their name, as a page shows it."""

    person_id: int
    name: str
    kind: VerdictKind
    reason: str
    given_at: datetime
    submission: int
    facts_hash: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A requisition's approval. ``submission`` is the newest, ``plan_now`` what the next one would follow."""

    approval: Approval
    basis: Basis
    submission: Submission | None
    submitted_at: datetime | None
    submitted_by: str
    said: tuple[Said, ...]
    plan_now: Plan | None

    @property
    def has_other_plan(self) -> bool:
        """Tell whether the people who approve were changed since the submission."""
        return self.submission is not None and self.plan_now is not None and self.plan_now != self.submission.plan


def find_standing(*, row: Requisition, basis: Basis | None = None) -> Standing:
    """Return where a requisition's approval stands; asks no one's permission."""
    basis = basis or find_basis(row=row)
    newest = row.submissions.select_related("submitted_by").order_by("-number").first()
    said = _said(row)
    submission = _submission(newest) if newest is not None else None
    is_out = row.status == RequisitionStatus.WITHDRAWN
    changes: tuple[Change, ...] = ()
    if newest is not None:
        asked = [field for field in guarded_fields() if field.key in newest.facts]
        changes = find_changes(approved=newest.facts, current=basis.facts, guarded=asked)
    verdicts = [Verdict(one.person_id, one.kind, one.facts_hash, one.submission) for one in said]
    approval = derive_approval(submission=None if is_out else submission, verdicts=verdicts, changes=changes)
    return Standing(
        approval=approval,
        basis=basis,
        submission=submission,
        submitted_at=newest.submitted_at if newest else None,
        submitted_by=newest.submitted_by.display_name if newest else "",
        said=said,
        plan_now=plan_of(row=row),
    )


def plan_of(*, row: Requisition) -> Plan | None:
    """Return the plan that the next submission follows, or ``None`` while it names too few people."""
    steps = [
        Step(
            step.key,
            step.title,
            tuple(place.user_id for place in step.places.all()),
            step.needed,
            step.submitter_counts,
        )
        for step in row.steps.prefetch_related("places").order_by("position")
    ]
    try:
        return make_plan(steps=steps)
    except PlanError:
        return None


def plan_to_json(plan: Plan) -> list[dict[str, object]]:
    """Return a plan as it is kept with a submission."""
    return [
        {
            "key": step.key,
            "title": step.title,
            "approvers": list(step.approvers),
            "needed": step.needed,
            "submitter_counts": step.submitter_counts,
        }
        for step in plan.steps
    ]


def gate_of_job(*, job_id: int) -> GateAnswer:
    """Answer whether a job's applicants may be moved into interviews; asks no one's permission."""
    row = Requisition.objects.select_related("role_version").filter(job_id=job_id).first()
    if row is None:
        return ask_gate(has_requisition=False, has_band=False, approval=derive_approval(submission=None, verdicts=()))
    return gate_of(standing=find_standing(row=row))


def gate_of(*, standing: Standing) -> GateAnswer:
    """Answer whether interviews may start under a requisition."""
    return ask_gate(has_requisition=True, has_band=standing.basis.band is not None, approval=standing.approval)


def _submission(row: SubmissionRow) -> Submission:
    steps = (Step(**{**step, "approvers": tuple(step["approvers"])}) for step in row.plan)
    return Submission(row.number, row.submitted_by_id, row.facts_hash, Plan(tuple(steps)))


def _said(row: Requisition) -> tuple[Said, ...]:
    rows = ApprovalVerdict.objects.filter(submission__requisition=row).select_related("submission", "person")
    return tuple(
        Said(
            person_id=one.person_id,
            name=one.person.display_name,
            kind=VerdictKind(one.kind),
            reason=one.reason,
            given_at=one.given_at,
            submission=one.submission.number,
            facts_hash=one.facts_hash,
        )
        for one in sorted(rows, key=lambda one: one.pk)
    )
