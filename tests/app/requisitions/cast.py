"""What tests of requisitions share: one that is complete, and its way to approval."""

from decimal import Decimal

from tests.app.pipeline.cast import set_band

from assay.app.requisitions.actions.approvals import give_verdict, submit_requisition
from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.rules import plan_named
from assay.app.roles.actions import adopt_role
from assay.core.requisitions.approval import VerdictKind
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.plan import Step
from assay.core.requisitions.status import ReadinessGate
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User

DRAFT = RequisitionDraft(
    title="Arrival times",
    problem="Arrival times are wrong and passengers leave.",
    team="Operations",
    location="Utrecht",
    headcount=2,
    budget=Decimal(300_000),
    currency="EUR",
    readiness_gate=ReadinessGate.OFF,
)


PLANS = {1: "one", 2: "standard", 3: "with-people"}


def steps_for(*approvers: User) -> list[Step]:
    """Name one person in each step of the plan that has as many."""
    plan = plan_named(plan_id=PLANS.get(len(approvers), ""))
    notes = plan.steps if plan else ()
    return [Step(note.key, note.title, (one.pk,)) for note, one in zip(notes, approvers, strict=True)]


def make_requisition(owner: User, *approvers: User, draft: RequisitionDraft = DRAFT) -> Requisition:
    """Make a requisition that could be submitted: role, band, and one step for each approver (one, two or three)."""
    made = create_requisition(actor=owner, draft=draft, role_version_id=adopt_role(actor=owner, role_key="ml-engineer"))
    set_band(made, by=owner)
    steps = steps_for(*approvers)
    if steps:
        owners = [Place(owner.pk, RequisitionSeat.OWNER)]
        set_people(actor=owner, requisition_id=made, places=owners, steps=steps, seen_revision=1)
    return Requisition.objects.get(pk=made)


def submit(row: Requisition, owner: User) -> str:
    """Submit it and return the hash of what was put forward."""
    submit_requisition(actor=owner, requisition_id=row.pk)
    newest = row.submissions.order_by("-number").first()
    assert newest is not None
    return newest.facts_hash


def approve(row: Requisition, *people: User) -> None:
    """Let people approve what is put forward."""
    newest = row.submissions.order_by("-number").first()
    assert newest is not None
    for one in people:
        give_verdict(actor=one, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=newest.facts_hash)
    row.refresh_from_db()
