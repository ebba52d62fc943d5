"""An advert is begun from what counts: the role just compiled for the request, the job's own words."""

import pytest
from tests.app.pipeline.cast import make_job
from tests.app.postings.adverts import TODAY

from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.checking import check_draft
from assay.app.postings.queries import get_advert
from assay.app.postings.sources import role_of_version
from assay.app.requisitions.actions.drafts import choose_role, create_requisition
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.prefill import prefill
from assay.app.roles.actions import adopt_role, make_role
from assay.app.roles.queries import get_intake
from assay.core.requisitions.draft import RequisitionDraft

ANSWERS = {
    "decision": "Decide whether a payment is fraud",
    "goal": "product",
    "data": ("tables",),
    "technique": ("classic",),
    "timing": "realtime",
    "team": ("software", "product"),
}


@pytest.fixture
def request_id(manager):
    return create_requisition(actor=manager, draft=RequisitionDraft("Fraud", problem="Payments are refused wrongly."))


def test_an_advert_begun_before_the_request_is_submitted_holds_the_compiled_role(manager, request_id, browse):
    made = make_role(actor=manager, answers=ANSWERS, requisition_id=request_id)
    intake = get_intake(actor=manager, intake_id=made)
    role = role_of_version(intake.role_version_id)
    assert Requisition.objects.get().role_version is None
    assert prefill(requisition_id=request_id).role_id == intake.role_version_id
    offered = browse(manager).get(f"/adverts/new?for={request_id}").content.decode()
    assert f"{role.title}, as the requisition has it" in offered
    advert_id = create_advert(actor=manager, as_of=TODAY, requisition_id=request_id)
    view = get_advert(actor=manager, advert_id=advert_id)
    assert view.role_version_id == intake.role_version_id
    advert = view.draft.advert
    assert advert.must_haves == tuple(must.label for must in role.must_haves)
    assert advert.outcomes_90_days == role.outcomes
    heaviest = sorted(role.competencies, key=lambda bar: -bar.weight)[0]
    assert advert.responsibilities[0].startswith(heaviest.label)
    assert "beyond-role" in {one.rule_id for one in check_draft(view.draft, role=role, as_of=TODAY).passed}


def test_a_role_chosen_after_the_compiled_one_is_the_one_that_counts(manager, request_id):
    make_role(actor=manager, answers=ANSWERS, requisition_id=request_id)
    chosen = adopt_role(actor=manager, role_key="forecasting-engineer")
    choose_role(actor=manager, requisition_id=request_id, role_version_id=chosen)
    advert_id = create_advert(actor=manager, as_of=TODAY, requisition_id=request_id)
    assert get_advert(actor=manager, advert_id=advert_id).role_version_id == chosen


def test_the_level_is_that_of_the_role_when_no_desk_says_one(manager, request_id):
    version = adopt_role(actor=manager, role_key="ml-engineer")
    choose_role(actor=manager, requisition_id=request_id, role_version_id=version)
    assert prefill(requisition_id=request_id).level == role_of_version(version).seniority.value


def test_an_advert_for_a_job_begins_with_the_jobs_own_title_and_problem(recruiter):
    job = make_job(recruiter, title="Arrival engineer")
    made = create_advert(actor=recruiter, as_of=TODAY, job_id=job.pk)
    advert = get_advert(actor=recruiter, advert_id=made).draft.advert
    assert advert.title == "Arrival engineer"
    assert advert.problem.startswith("Arrival times are wrong.")
    assert advert.must_haves == tuple(must.label for must in role_of_version(job.role_id).must_haves)


def test_skills_are_called_what_people_call_them(recruiter):
    version = adopt_role(actor=recruiter, role_key="ml-engineer")
    made = create_advert(actor=recruiter, as_of=TODAY, role_version_id=version)
    nice = " ".join(get_advert(actor=recruiter, advert_id=made).draft.advert.nice_to_haves)
    assert "Helpful and learnable here: " in nice
    assert "Python" in nice and "python" not in nice
