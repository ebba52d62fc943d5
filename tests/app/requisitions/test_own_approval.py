"""Nobody invents a step that is theirs to approve; who has nobody to ask may, and it is said wherever it is shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests.app.requisitions.cast import approve, make_requisition, steps_for, submit
from tests.app.requisitions.test_brief import words_of

from assay.app.pipeline.plans import planned_stages
from assay.app.requisitions.actions.approvals import SubmitRefused, give_verdict, submit_requisition
from assay.app.requisitions.actions.jobs import open_approved_job
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.models import Requisition
from assay.core.requisitions.approval import VerdictKind, VerdictRefused
from assay.core.requisitions.draft import DraftError
from assay.core.requisitions.plan import Step
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
Account = Callable[[str, Role], User]


def alone(owner: User) -> Requisition:
    """Make a request that its owner approves: the plan of somebody with nobody to ask."""
    row = make_requisition(owner)
    name(row, owner, [Step("founder", "Founder", (owner.pk,), submitter_counts=True)])
    row.refresh_from_db()
    return row


def name(row: Requisition, owner: User, steps: list[Step]) -> None:
    owners = [Place(owner.pk, RequisitionSeat.OWNER)]
    set_people(actor=owner, requisition_id=row.pk, places=owners, steps=steps, seen_revision=row.revision)


def test_a_forged_step_that_counts_for_whoever_submits_approves_nothing(
    browse: Browse, manager: User, recruiter: User
) -> None:
    row = make_requisition(recruiter)
    form = {
        "revision": "1",
        "plan": "one",
        "user_1": str(recruiter.pk),
        "seat_1": "owner",
        "step_1_key": "approver",
        "step_1_title": "Finance",
        "step_1_counts": "on",
        "step_1_person": str(recruiter.pk),
    }
    desk = browse(recruiter)
    assert desk.post(f"/requisitions/{row.pk}/people", form).status_code == 302
    step = row.steps.get()
    assert (step.title, step.submitter_counts) == ("Approver", False)
    answer = desk.post(f"/requisitions/{row.pk}/submit")
    assert answer.status_code == 422 and "does not approve their own request" in answer.content.decode()
    for forged in ({"plan": "founder", "step_1_key": "founder"}, {"plan": "mine"}, {"plan": ""}):
        answer = desk.post(f"/requisitions/{row.pk}/people", {**form, "revision": "2", **forged})
        assert answer.status_code == 422
    assert row.steps.get().key == "approver"


@pytest.mark.parametrize("change", [{"title": "Finance"}, {"key": "mine"}, {"submitter_counts": True}])
def test_steps_are_those_of_a_plan_word_for_word(manager: User, lead: User, change: dict[str, object]) -> None:
    row = make_requisition(manager)
    step = replace(steps_for(lead)[0], **change)  # type: ignore[arg-type]
    with pytest.raises(DraftError, match="Choose one of the plans"):
        name(row, manager, [step])


def test_with_somebody_to_ask_the_plan_of_a_founder_is_neither_offered_nor_taken(
    browse: Browse, manager: User, lead: User
) -> None:
    row = make_requisition(manager)
    assert "On your own" not in browse(manager).get(f"/requisitions/{row.pk}/people").content.decode()
    with pytest.raises(DraftError, match="There are others"):
        alone(manager)


def test_somebody_who_joins_before_it_is_approved_is_asked_instead(manager: User, account: Account) -> None:
    row = alone(manager)
    facts = submit(row, manager)
    newcomer = account("Nia", Role.APPROVER)
    with pytest.raises(VerdictRefused, match="There are others"):
        give_verdict(actor=manager, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=facts)
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    approve(row, manager)
    assert row.status == "approved"


def test_a_plan_of_self_approval_set_by_an_administrator_is_not_everybodys(manager: User, account: Account) -> None:
    row = alone(manager)
    account("Ada", Role.ADMIN)
    with pytest.raises(SubmitRefused, match="There are others"):
        submit_requisition(actor=manager, requisition_id=row.pk)


def test_an_administrator_may_and_a_viewer_or_interviewer_is_nobody_to_ask(account: Account) -> None:
    admin, founder = account("Ada", Role.ADMIN), account("Ingo", Role.VIEWER)
    account("Ian", Role.INTERVIEWER)
    approve_alone(admin)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    User.objects.filter(pk=founder.pk).update(role=Role.HIRING_MANAGER)
    approve_alone(User.objects.get(pk=founder.pk))


def approve_alone(owner: User) -> Requisition:
    row = alone(owner)
    submit(row, owner)
    approve(row, owner)
    assert row.status == "approved"
    return row


def test_wherever_the_approval_is_shown_it_says_that_whoever_asked_gave_it(browse: Browse, manager: User) -> None:
    row = approve_alone(manager)
    job_id = open_approved_job(actor=manager, requisition_id=row.pk, plan=planned_stages(plan_id="short"))
    desk = browse(manager)
    for address in (f"/requisitions/{row.pk}/", f"/requisitions/{row.pk}/brief", f"/jobs/{job_id}/band"):
        assert "approved by whoever asked" in desk.get(address).content.decode().lower(), address
    _, words = words_of(desk.get(f"/requisitions/{row.pk}/brief.pdf").content)
    assert "approved by whoever asked" in " ".join(words.split())
    assert Event.objects.get(verb="requisition.approved_by").data["approved_by_whoever_asked"] is True


def test_what_somebody_else_approved_says_nothing_of_the_kind(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    assert "whoever asked" not in browse(manager).get(f"/requisitions/{row.pk}/").content.decode()
    assert Event.objects.get(verb="requisition.approved_by").data["approved_by_whoever_asked"] is False
