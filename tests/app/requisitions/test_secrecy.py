"""A request is as confidential as its job: a job made secret takes the request and what the desks found with it."""

import pytest
from tests.access_matrix import Outcome, list_routes, try_address
from tests.app.desk_things import make_desk_things
from tests.app.postings.adverts import TODAY
from tests.app.requisitions.cast import approve, make_requisition, submit

from assay.app.pipeline.models import Job, JobMember
from assay.app.pipeline.plans import planned_stages
from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.models import Advert
from assay.app.postings.queries import list_adverts
from assay.app.requisitions.actions.jobs import open_approved_job
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.listing import list_requisitions
from assay.app.requisitions.queries import get_requisition
from assay.core.requisitions.draft import DraftError
from assay.platform.access.roles import RequisitionSeat, Role


@pytest.fixture
def secret(manager, lead):
    """Every desk's thing for an approved request whose job was made confidential after it was opened."""
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    job_id = open_approved_job(actor=manager, requisition_id=row.pk, plan=planned_stages(plan_id="standard"))
    things = make_desk_things(manager, people=[manager], requisition_id=row.pk)
    Job.objects.filter(pk=job_id).update(is_confidential=True)
    return {**things, "requisition_id": row.pk, "job_id": job_id}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.RECRUITER])
def test_a_job_made_confidential_takes_its_request_and_every_result_with_it(secret, account, browse, role):
    actor = account("Nobody", role)
    browser = browse(actor)
    routes = [
        one
        for one in list_routes()
        if one.parameters and set(one.parameters) <= set(secret) - {"job_id"} and not one.is_public
    ]
    assert {name for one in routes for name in one.parameters} >= {"requisition_id", "band_id", "advert_id"}
    for route in routes:
        got = try_address(client=browser, address=route.address(secret), fields={})
        assert got is Outcome.NOT_FOUND, route.route
    for path in ("", "brief", "brief.pdf", "edit"):
        assert browser.get(f"/requisitions/{secret['requisition_id']}/{path}").status_code == 404
    assert list_requisitions(actor=actor).rows == ()
    assert list_adverts(actor=actor) == ()
    for address in ("/market/bands/", "/market/cost/", "/market/model/", "/requisitions/", "/adverts/", "/readiness/"):
        assert "Arrival times" not in browser.get(address).content.decode(), address


def test_its_people_see_it_as_confidential_and_cannot_lose_it(secret, manager, lead, browse):
    assert get_requisition(actor=manager, requisition_id=secret["requisition_id"]).is_confidential
    assert [row.is_confidential for row in list_requisitions(actor=manager).rows] == [True]
    assert [row.is_confidential for row in list_adverts(actor=manager)] == [True]
    with pytest.raises(DraftError, match="no longer see"):
        set_people(
            actor=manager,
            requisition_id=secret["requisition_id"],
            places=[Place(lead.pk, RequisitionSeat.OWNER)],
            steps=(),
            seen_revision=get_requisition(actor=manager, requisition_id=secret["requisition_id"]).revision,
        )
    page = browse(manager).get(f"/requisitions/{secret['requisition_id']}/edit").content.decode()
    assert "on the job&#39;s page" in page


def test_an_advert_of_a_request_and_a_job_takes_seeing_both(secret, manager, recruiter, lead):
    made = create_advert(actor=manager, as_of=TODAY, requisition_id=secret["requisition_id"])
    assert Advert.objects.get(pk=made).job_id == secret["job_id"]
    JobMember.objects.create(job_id=secret["job_id"], user=recruiter, team_role="recruiter")
    assert made not in {row.id for row in list_adverts(actor=recruiter)}
    JobMember.objects.filter(user=lead).delete()
    assert made not in {row.id for row in list_adverts(actor=lead)}
    assert made in {row.id for row in list_adverts(actor=manager)}
    JobMember.objects.filter(user=manager).delete()
    other = create_advert(actor=manager, as_of=TODAY, requisition_id=secret["requisition_id"])
    assert other in {row.id for row in list_adverts(actor=manager)}
