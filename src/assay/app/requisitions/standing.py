"""Where the approval of a requisition stands: read from what was put forward and said, held against the facts now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max

from assay.app.requisitions.basis import Basis, find_bases
from assay.app.requisitions.models import ApprovalStep, ApprovalVerdict, Requisition, Withdrawal
from assay.app.requisitions.models import Submission as SubmissionRow
from assay.app.requisitions.rules import guarded_fields
from assay.core.requisitions.approval import Approval, ApprovalState, Submission, Verdict, VerdictKind, derive_approval
from assay.core.requisitions.facts import Change, Facts, find_changes
from assay.core.requisitions.gate import GateAnswer, ask_gate
from assay.core.requisitions.plan import Plan, PlanError, Step, make_plan


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
    """A requisition's approval. ``submission`` is the newest and ``put_forward`` its facts; ``plan_now`` is what the
    next one would follow."""

    approval: Approval
    basis: Basis
    submission: Submission | None
    submitted_at: datetime | None
    submitted_by: str
    said: tuple[Said, ...]
    plan_now: Plan | None
    put_forward: Facts = field(default_factory=dict)

    @property
    def has_other_plan(self) -> bool:
        """Tell whether the people who approve were changed since the submission."""
        return self.submission is not None and self.plan_now is not None and self.plan_now != self.submission.plan

    @property
    def approved_headcount(self) -> int:
        """How many people may be hired under it: the number that was approved, 0 while no approval stands."""
        is_approved = self.approval.state is ApprovalState.APPROVED
        return int(self.put_forward.get("headcount", "0")) if is_approved else 0


def find_standing(*, row: Requisition) -> Standing:
    """Return where a requisition's approval stands; asks no one's permission."""
    return find_standings(rows=[row])[row.pk]


def find_standings(*, rows: Sequence[Requisition]) -> dict[int, Standing]:
    """Return where the approval of each requisition stands, by id, in eight queries; asks no one's permission.

    Load ``role_version`` with the rows: it is read of each.
    """
    ids = [row.pk for row in rows]
    bases, plans, said, withdrawn = find_bases(rows=rows), _plans(ids), _said(ids), _withdrawn(ids)
    newest = SubmissionRow.objects.filter(requisition_id__in=ids).order_by("requisition_id", "-number")
    submissions = {one.requisition_id: one for one in newest.distinct("requisition_id").select_related("submitted_by")}
    return {
        row.pk: _standing(
            bases[row.pk],
            submissions.get(row.pk),
            tuple(said.get(row.pk, ())),
            withdrawn.get(row.pk, 0),
            plans.get(row.pk),
        )
        for row in rows
    }


def _standing(
    basis: Basis, newest: SubmissionRow | None, said: tuple[Said, ...], withdrawn: int, plan: Plan | None
) -> Standing:
    changes: tuple[Change, ...] = ()
    if newest is not None:
        asked = [one for one in guarded_fields() if one.key in newest.facts]
        changes = find_changes(approved=newest.facts, current=basis.facts, guarded=asked)
    submission = _submission(newest) if newest is not None else None
    verdicts = [Verdict(one.person_id, one.kind, one.facts_hash, one.submission) for one in said]
    return Standing(
        approval=derive_approval(submission=submission, verdicts=verdicts, changes=changes, withdrawn=withdrawn),
        basis=basis,
        submission=submission,
        submitted_at=newest.submitted_at if newest else None,
        submitted_by=newest.submitted_by.display_name if newest else "",
        said=said,
        plan_now=plan,
        put_forward=newest.facts if newest else {},
    )


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
    """Answer whether a job's applicants may be moved into interviews; asks no one's permission.

    For whoever works on the job: the answer holds no value of the request, whose people may be others.
    """
    standing = standing_of_job(job_id=job_id)
    if standing is None:
        return ask_gate(has_requisition=False, has_band=False, approval=derive_approval(submission=None, verdicts=()))
    return gate_of(standing=standing)


def standing_of_job(*, job_id: int) -> Standing | None:
    """Return where the approval of a job's request stands, ``None`` without one; asks no one's permission."""
    row = Requisition.objects.select_related("role_version").filter(job_id=job_id).first()
    return find_standing(row=row) if row is not None else None


def gate_of(*, standing: Standing, with_values: bool = False) -> GateAnswer:
    """Answer whether interviews may start under a requisition; ``with_values`` only to who may see it."""
    return ask_gate(
        has_requisition=True,
        has_band=standing.basis.band is not None,
        approval=standing.approval,
        with_values=with_values,
    )


def _plans(ids: Sequence[int]) -> dict[int, Plan | None]:
    """Return the plan that the next submission of each would follow, ``None`` while it names too few people."""
    rows = ApprovalStep.objects.filter(requisition_id__in=ids).order_by("requisition_id", "position")
    steps: dict[int, list[Step]] = {}
    for row in rows.annotate(named=ArrayAgg("places__user_id", order_by="places__id")):
        people = tuple(one for one in row.named if one is not None)
        step = Step(row.key, row.title, people, row.needed, row.submitter_counts)
        steps.setdefault(row.requisition_id, []).append(step)
    return {requisition_id: _plan(found) for requisition_id, found in steps.items()}


def _plan(steps: Sequence[Step]) -> Plan | None:
    try:
        return make_plan(steps=steps)
    except PlanError:
        return None


def _withdrawn(ids: Sequence[int]) -> Mapping[int, int]:
    rows = Withdrawal.objects.filter(requisition_id__in=ids).order_by().values_list("requisition_id")
    return dict(rows.annotate(newest=Max("number")))


def _submission(row: SubmissionRow) -> Submission:
    steps = (Step(**{**step, "approvers": tuple(step["approvers"])}) for step in row.plan)
    return Submission(row.number, row.submitted_by_id, row.facts_hash, Plan(tuple(steps)))


def _said(ids: Sequence[int]) -> dict[int, list[Said]]:
    """Return what was said about each, in the order it was said."""
    rows = ApprovalVerdict.objects.filter(submission__requisition_id__in=ids).select_related("submission", "person")
    found: dict[int, list[Said]] = {}
    for one in rows.order_by("pk"):
        said = Said(
            person_id=one.person_id,
            name=one.person.display_name,
            kind=VerdictKind(one.kind),
            reason=one.reason,
            given_at=one.given_at,
            submission=one.submission.number,
            facts_hash=one.facts_hash,
        )
        found.setdefault(one.submission.requisition_id, []).append(said)
    return found
