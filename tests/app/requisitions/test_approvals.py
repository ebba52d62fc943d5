"""A request on its way: put forward, approved in order, sent back, lapsed, turned into a job."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from tests.app.pipeline.cast import set_band
from tests.app.requisitions.cast import DRAFT, approve, make_requisition, steps_for, submit

from assay.app.pipeline.actions.jobs import JobDraft, JobError, edit_job
from assay.app.pipeline.models import Job
from assay.app.pipeline.plans import planned_stages
from assay.app.requisitions.actions.approvals import (
    SubmitRefused,
    give_verdict,
    submit_requisition,
    withdraw_requisition,
)
from assay.app.requisitions.actions.drafts import RequisitionConflict, create_requisition, edit_requisition
from assay.app.requisitions.actions.jobs import open_approved_job
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.models import ApprovalVerdict, Requisition
from assay.app.requisitions.queries import get_requisition
from assay.app.requisitions.standing import find_standing
from assay.core.requisitions.approval import ApprovalState, VerdictKind, VerdictRefused
from assay.core.requisitions.draft import DraftError
from assay.core.requisitions.status import ReadinessGate
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

pytestmark = pytest.mark.django_db


def state_of(row: Requisition) -> ApprovalState:
    return find_standing(row=Requisition.objects.get(pk=row.pk)).approval.state


def test_what_is_missing_is_said_and_keeps_a_request_from_being_submitted(manager: User) -> None:
    made = create_requisition(actor=manager, draft=replace(DRAFT, budget=None, readiness_gate=ReadinessGate.BLOCK))
    with pytest.raises(SubmitRefused) as refused:
        submit_requisition(actor=manager, requisition_id=made)
    blocking = [gap.key for gap in refused.value.gaps if gap.weight == "blocks"]
    assert blocking == ["ready", "role", "market", "request", "request"]


def test_two_people_approve_one_after_the_other(manager: User, lead: User, finance: User) -> None:
    row = make_requisition(manager, lead, finance)
    facts = submit(row, manager)
    with pytest.raises(VerdictRefused, match="Your turn comes"):
        give_verdict(actor=finance, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=facts)
    approve(row, lead)
    assert row.status == "submitted"
    approve(row, finance)
    assert row.status == "approved" and state_of(row) is ApprovalState.APPROVED
    assert Event.objects.filter(verb="requisition.approved_by").count() == 2


def test_approving_twice_counts_once(manager: User, lead: User, finance: User) -> None:
    row = make_requisition(manager, lead, finance)
    submit(row, manager)
    approve(row, lead, lead)
    assert ApprovalVerdict.objects.count() == 1


def test_whoever_submits_does_not_approve_their_own_request(manager: User) -> None:
    row = make_requisition(manager, manager)
    with pytest.raises(SubmitRefused, match="does not approve their own request"):
        submit_requisition(actor=manager, requisition_id=row.pk)


def test_sent_back_it_says_why_and_may_be_submitted_again(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    facts = submit(row, manager)
    with pytest.raises(VerdictRefused, match="Say what has to change"):
        give_verdict(actor=lead, requisition_id=row.pk, kind=VerdictKind.SEND_BACK, seen_hash=facts, reason=" \0")
    give_verdict(actor=lead, requisition_id=row.pk, kind=VerdictKind.SEND_BACK, seen_hash=facts, reason="Too high")
    assert state_of(row) is ApprovalState.SENT_BACK
    submit(row, manager)
    approve(row, lead)
    assert row.status == "approved"


def test_an_approval_of_what_was_on_the_screen_before_does_not_count(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    old = submit(row, manager)
    set_band(row.pk, by=manager, high=130_000)
    with pytest.raises(VerdictRefused, match="Band changed from EUR 80,000 to 100,000 to EUR 80,000 to 130,000"):
        give_verdict(actor=lead, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=old)
    submit(row, manager)
    with pytest.raises(VerdictRefused, match="changed while you looked"):
        give_verdict(actor=lead, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=old)


def test_words_may_change_after_approval_but_not_the_headcount(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    better = replace(DRAFT, problem="Said better.")
    edit_requisition(actor=manager, requisition_id=row.pk, draft=better, seen_revision=row.revision)
    assert state_of(row) is ApprovalState.APPROVED
    more = replace(better, headcount=3)
    edit_requisition(actor=manager, requisition_id=row.pk, draft=more, seen_revision=row.revision + 1)
    standing = find_standing(row=Requisition.objects.get(pk=row.pk))
    assert standing.approval.state is ApprovalState.LAPSED
    assert [change.sentence for change in standing.approval.changes] == ["Headcount changed from 2 to 3"]


def test_nobody_is_asked_twice_about_the_same_facts(manager: User, lead: User, finance: User, recruiter: User) -> None:
    row = make_requisition(manager, lead, finance)
    submit(row, manager)
    approve(row, lead)
    steps = steps_for(lead, recruiter)
    places = [Place(manager.pk, RequisitionSeat.OWNER)]
    set_people(actor=manager, requisition_id=row.pk, places=places, steps=steps, seen_revision=row.revision)
    submit(row, manager)
    assert find_standing(row=Requisition.objects.get(pk=row.pk)).approval.waits_for == (recruiter.pk,)
    approve(row, recruiter)
    assert row.status == "approved"


def test_two_who_edit_at_the_same_time_are_told_and_nothing_is_lost(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    first, second = replace(DRAFT, team="Pricing"), replace(DRAFT, team="Support")
    assert edit_requisition(actor=manager, requisition_id=row.pk, draft=first, seen_revision=row.revision)
    with pytest.raises(RequisitionConflict):
        edit_requisition(actor=manager, requisition_id=row.pk, draft=second, seen_revision=row.revision)
    assert Requisition.objects.get(pk=row.pk).team == "Pricing"


def test_a_job_opened_from_a_request_has_its_role_team_and_numbered_openings(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    plan = planned_stages(plan_id="standard")
    with pytest.raises(SubmitRefused):
        open_approved_job(actor=manager, requisition_id=row.pk, plan=plan)
    submit(row, manager)
    approve(row, lead)
    job = Job.objects.get(pk=open_approved_job(actor=manager, requisition_id=row.pk, plan=plan))
    assert open_approved_job(actor=manager, requisition_id=row.pk, plan=plan) == job.pk
    assert [one.code for one in job.openings.order_by("id")] == [f"{row.code}-1", f"{row.code}-2"]
    assert (job.title, job.role_id, job.requisition.pk) == (row.title, row.role_version_id, row.pk)
    assert {one.user_id: one.team_role for one in job.members.all()} == {
        manager.pk: "hiring_manager",
        lead.pk: "approver",
    }


def test_a_job_gets_no_more_openings_than_were_approved(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    job_id = open_approved_job(actor=manager, requisition_id=row.pk, plan=planned_stages(plan_id="short"))
    draft = JobDraft(row.title, row.problem, row.location, False, 3, posting="")
    with pytest.raises(JobError, match="approved for 2"):
        edit_job(actor=manager, job_id=job_id, draft=draft)


def test_raising_the_headcount_alone_gives_a_job_no_more_openings(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    job_id = open_approved_job(actor=manager, requisition_id=row.pk, plan=planned_stages(plan_id="short"))
    edit_requisition(
        actor=manager, requisition_id=row.pk, draft=replace(DRAFT, headcount=5), seen_revision=row.revision
    )
    draft = JobDraft(row.title, row.problem, row.location, False, 5, posting="")
    with pytest.raises(JobError, match="not approved as it stands"):
        edit_job(actor=manager, job_id=job_id, draft=draft)
    submit(row, manager)
    approve(row, lead)
    edit_job(actor=manager, job_id=job_id, draft=draft)
    assert Job.objects.get(pk=job_id).openings.count() == 5


def test_a_withdrawn_request_is_asked_for_again_although_the_facts_are_the_same(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    withdraw_requisition(actor=manager, requisition_id=row.pk, why="Not this year")
    assert state_of(row) is ApprovalState.NOT_SUBMITTED
    submit(row, manager)
    assert state_of(row) is ApprovalState.WAITING
    history = [(one.what, one.text) for one in get_requisition(actor=lead, requisition_id=row.pk).history]
    assert ("withdrew it", "Not this year") in history
    approve(row, lead)
    assert state_of(row) is ApprovalState.APPROVED


def test_only_seats_open_a_request(manager: User, lead: User, outsider: User, recruiter: User) -> None:
    row = make_requisition(manager, lead)
    facts = submit(row, manager)
    with pytest.raises(Http404):
        submit_requisition(actor=outsider, requisition_id=row.pk)
    for somebody in (manager, recruiter):
        with pytest.raises(Forbidden):
            give_verdict(actor=somebody, requisition_id=row.pk, kind=VerdictKind.APPROVE, seen_hash=facts)
    with pytest.raises(Forbidden):
        edit_requisition(actor=lead, requisition_id=row.pk, draft=DRAFT, seen_revision=2)


def test_a_confidential_request_needs_a_seat_of_whoever_hides_it(manager: User, lead: User, recruiter: User) -> None:
    row = make_requisition(manager, lead)
    with pytest.raises(DraftError, match="Take a seat"):
        edit_requisition(
            actor=recruiter,
            requisition_id=row.pk,
            draft=replace(DRAFT, is_confidential=True),
            seen_revision=row.revision,
        )


def test_how_far_readiness_binds_and_that_nobody_assessed_it_are_approved_with_the_rest(
    manager: User, lead: User
) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    facts = row.submissions.get().facts
    assert (facts["readiness"], facts["readiness_gate"]) == ("not assessed", "not asked")
    approve(row, lead)
    advised = replace(DRAFT, readiness_gate=ReadinessGate.WARN)
    edit_requisition(actor=manager, requisition_id=row.pk, draft=advised, seen_revision=row.revision)
    changes = find_standing(row=Requisition.objects.get(pk=row.pk)).approval.changes
    assert [one.sentence for one in changes] == ["Readiness assessment changed from not asked to advised"]


@pytest.mark.parametrize(
    "table", ["requisitions_approvalverdict", "requisitions_submission", "requisitions_withdrawal"]
)
def test_the_database_lets_nobody_rewrite_an_approval(manager: User, lead: User, table: str) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    withdraw_requisition(actor=manager, requisition_id=row.pk, why="Not this year")
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_takes_no_verdict_about_other_facts(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    with pytest.raises(IntegrityError, match="facts of its own submission"), transaction.atomic():
        ApprovalVerdict.objects.create(
            submission=row.submissions.get(), person=lead, kind="approve", facts_hash="f" * 64
        )


def test_codes_count_up_within_the_year(manager: User) -> None:
    made = [create_requisition(actor=manager, draft=DRAFT) for _ in range(3)]
    codes = [Requisition.objects.get(pk=pk).code[-3:] for pk in made]
    assert codes == ["001", "002", "003"]
