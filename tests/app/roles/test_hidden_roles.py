"""A role made for a request repeats what the request is about: whoever may not see the one does not find the other."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.access_matrix import Outcome, list_routes, try_address
from tests.app.postings.adverts import TODAY

from assay.app.pipeline.actions.jobs import JobDraft, JobError, Seat, open_job
from assay.app.pipeline.plans import planned_stages
from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.queries import list_adverts
from assay.app.requisitions.actions.drafts import choose_role, create_requisition
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.roles.actions import adopt_role, make_role, revise_role
from assay.app.roles.choosing import find_choice, list_choices
from assay.app.roles.models import RoleVersion
from assay.app.roles.queries import get_intake, list_own_roles, list_role_versions
from assay.core.pipeline.status import TeamRole
from assay.core.requisitions.draft import DraftError, RequisitionDraft
from assay.core.roles.draft import draft_of
from assay.knowledge.roles.sheets import UnknownRole
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User

SECRET = "quokka"
ANSWERS = {
    "decision": f"Decide whether the {SECRET} works are sold",
    "goal": "product",
    "data": ("tables",),
    "technique": ("classic",),
    "timing": "realtime",
    "team": ("software", "product"),
}
SEATLESS = [Role.ADMIN, Role.RECRUITER, Role.VIEWER, Role.INTERVIEWER, Role.HIRING_MANAGER, Role.APPROVER]
WRITERS = [Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER]


def request_of(owner: User, *, is_confidential: bool) -> int:
    return create_requisition(actor=owner, draft=RequisitionDraft("Hire", is_confidential=is_confidential))


@pytest.fixture
def hidden(manager: User) -> RoleVersion:
    """A role that Hanna described for a confidential request of hers."""
    made = make_role(actor=manager, answers=ANSWERS, requisition_id=request_of(manager, is_confidential=True))
    version = RoleVersion.objects.get(intakes=made)
    assert SECRET in str(version.definition)
    return version


@pytest.fixture
def seatless(db: None) -> Callable[[Role], User]:
    def make(role: Role) -> User:
        return User.objects.create_user(f"{role}@assay.example", "a long password", name=role.title(), role=role)

    return make


def open_with(actor: User, version: RoleVersion, *others: User) -> int:
    draft = JobDraft("ML engineer", "Sell.", "", True, 1, posting="")
    plan = planned_stages(plan_id="standard")
    team = [Seat(one.pk, TeamRole.INTERVIEWER) for one in others]
    return open_job(actor=actor, draft=draft, role_version_id=version.pk, plan=plan, team=team)


@pytest.mark.parametrize("role", SEATLESS)
def test_no_address_of_a_role_answers_whoever_may_not_see_what_it_is_for(hidden, seatless, browse, role):
    browser = browse(seatless(role))
    routes = [one for one in list_routes() if one.parameters == ("role_key",)]
    assert {one.route for one in routes} >= {"roles/<slug:role_key>/", "roles/<slug:role_key>/edit"}
    for route in routes:
        got = try_address(client=browser, address=route.address({"role_key": hidden.role_key}), fields={})
        assert got in (Outcome.NOT_FOUND, Outcome.FORBIDDEN), route.route
    assert browser.get(f"/roles/{hidden.role_key}/").status_code == 404
    for address in (f"/roles/new?from={hidden.role_key}", f"/roles/compile?from={hidden.intakes.get().pk}"):
        assert browser.get(address).status_code in (403, 404), address


@pytest.mark.parametrize("role", SEATLESS)
def test_no_list_and_no_choice_names_it(hidden, seatless, browse, role):
    actor = seatless(role)
    browser = browse(actor)
    own = [f"/requisitions/{request_of(actor, is_confidential=False)}/"] if role in WRITERS else []
    simple = ["/" + one.route for one in list_routes() if one.route.startswith("roles/") and not one.parameters]
    naming = [f"/jobs/new?role={hidden.pk}", f"/jobs/new?role={hidden.role_key}", f"/adverts/new?role=v{hidden.pk}"]
    assert {"/roles/", "/roles/compile", "/roles/intakes/"} <= set(simple)
    for address in [*simple, *naming, "/jobs/new", "/adverts/new", "/define/", "/requisitions/", *own]:
        text = browser.get(address).content.decode()
        assert SECRET not in text, address
        assert f'"v{hidden.pk}"' not in text and hidden.title not in text, address


@pytest.mark.parametrize("role", WRITERS)
def test_nobody_can_name_it_in_what_they_do(hidden, seatless, browse, role):
    actor = seatless(role)
    request = request_of(actor, is_confidential=False)
    with pytest.raises(DraftError):
        choose_role(actor=actor, requisition_id=request, role_version_id=hidden.pk)
    with pytest.raises(DraftError):
        create_requisition(actor=actor, draft=RequisitionDraft("Hire"), role_version_id=hidden.pk)
    with pytest.raises(JobError):
        open_with(actor, hidden)
    with pytest.raises(Http404):
        create_advert(actor=actor, as_of=TODAY, role_version_id=hidden.pk)
    with pytest.raises(UnknownRole):
        adopt_role(actor=actor, role_key=hidden.role_key)
    with pytest.raises(Http404):
        draft = draft_of(role=find_choice(actor=actor, chosen="ml-engineer").role)
        revise_role(actor=actor, role_key=hidden.role_key, draft=draft, seen_version=1)
    for role_named in (f"v{hidden.pk}", hidden.role_key, "\0", "v\0"):
        assert browse(actor).post("/adverts/new", {"role": role_named}).status_code == 404
    assert RoleVersion.objects.filter(role_key=hidden.role_key).count() == 1


def test_its_own_people_use_it_like_any_other(hidden, manager, seatless, browse):
    helper = seatless(Role.RECRUITER)
    request = Requisition.objects.get()
    RequisitionMember.objects.create(requisition=request, user=helper, seat=RequisitionSeat.COLLABORATOR)
    for actor in (manager, helper):
        assert [row.key for row in list_own_roles(actor=actor)] == [hidden.role_key]
        assert SECRET in browse(actor).get(f"/roles/{hidden.role_key}/").content.decode()
        assert list_choices(actor=actor)[0].version_id == hidden.pk
    assert adopt_role(actor=helper, role_key=hidden.role_key) == hidden.pk


def test_who_sees_a_job_or_another_request_held_to_it_sees_the_role(hidden, manager, seatless, interviewer, browse):
    recruiter = seatless(Role.RECRUITER)
    open_with(manager, hidden, interviewer)
    assert browse(interviewer).get(f"/roles/{hidden.role_key}/").status_code == 200
    assert list_role_versions(actor=recruiter, role_key=hidden.role_key) == ()
    another = request_of(manager, is_confidential=False)
    choose_role(actor=manager, requisition_id=another, role_version_id=hidden.pk)
    assert len(list_role_versions(actor=recruiter, role_key=hidden.role_key)) == 1


def test_a_role_is_hidden_from_the_moment_its_request_is(manager, seatless):
    recruiter = seatless(Role.RECRUITER)
    request = request_of(manager, is_confidential=False)
    make_role(actor=manager, answers=ANSWERS, requisition_id=request)
    assert len(list_own_roles(actor=recruiter)) == 1
    Requisition.objects.update(is_confidential=True)
    assert list_own_roles(actor=recruiter) == ()


def test_answers_taken_over_from_another_request_make_a_role_of_their_own(manager, seatless):
    recruiter = seatless(Role.RECRUITER)
    harmless = {**ANSWERS, "decision": "Decide what to pay"}
    first = make_role(actor=manager, answers=harmless, requisition_id=request_of(manager, is_confidential=False))
    secret = request_of(manager, is_confidential=True)
    second = make_role(actor=manager, answers=ANSWERS, requisition_id=secret, follows_id=first, seen_version=1)
    keys = [get_intake(actor=manager, intake_id=one).role_key for one in (first, second)]
    assert keys[0] != keys[1]
    assert [row.key for row in list_own_roles(actor=recruiter)] == [keys[0]]
    assert SECRET not in str(list_role_versions(actor=recruiter, role_key=keys[0]))


def test_an_advert_built_from_it_alone_is_as_hidden(hidden, manager, seatless):
    made = create_advert(actor=manager, as_of=TODAY, role_version_id=hidden.pk)
    assert [row.id for row in list_adverts(actor=manager)] == [made]
    assert list_adverts(actor=seatless(Role.ADMIN)) == ()


def test_the_choices_ask_the_database_as_often_for_many_roles_as_for_one(manager):
    asked = []
    for _ in range(2):
        make_role(actor=manager, answers=ANSWERS, requisition_id=request_of(manager, is_confidential=True))
        with CaptureQueriesContext(connection) as queries:
            assert list_choices(actor=manager) and list_own_roles(actor=manager)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 4


def test_a_role_named_with_a_nul_is_no_role(manager: User, browse: Callable[[User], Client]) -> None:
    browser = browse(manager)
    assert browser.post("/adverts/new", {"role": "\0"}).status_code == 404
    assert browser.post("/jobs/new", {"role": "\0"}).status_code == 200
    with pytest.raises(UnknownRole):
        adopt_role(actor=manager, role_key="\0")
