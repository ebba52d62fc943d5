"""Every address of the product, tried by everybody, on an open job and on a confidential one."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.access_matrix import Member, Outcome, Route, find_surprises, list_routes, try_address
from tests.app.desk_things import make_desk_things
from tests.app.flow_things import make_flow_things, make_tokens
from tests.app.pipeline.cast import make_job, screened

from assay.app.deciding.actions.deciding import decide
from assay.app.documents.models import Document
from assay.app.pipeline.actions.jobs import Seat, save_filter
from assay.app.pipeline.models import Application, Job, SavedFilter
from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.models import RequisitionMember
from assay.app.sourcing.actions.drafts import begin_import
from assay.core.deciding.decision import DecisionKind
from assay.core.documents.document import DocumentKind
from assay.core.pipeline.status import TeamRole
from assay.core.requisitions.draft import RequisitionDraft
from assay.platform.access.policy import JOB_TABLE, REQUISITION_TABLE
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.actions.invitations import invite
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes

PDF = Path(__file__).parents[1] / "fixtures" / "documents" / "cols_0.pdf"
FIELDS = {"applications/<int:application_id>/decide": {"kind": "advance", "revision": 1}}
# Sessions live on, exports are noted in the audit log, and private addresses count tries and note when they were seen.
NOTED = "django_session|audit_event|applying_attempt|applying_statuslink"
WRITES = re.compile(rf'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(?!{NOTED})\w+')
SEATS = {
    "team hiring manager": (Role.HIRING_MANAGER, TeamRole.HIRING_MANAGER),
    "team recruiter": (Role.RECRUITER, TeamRole.RECRUITER),
    "team coordinator": (Role.HIRING_MANAGER, TeamRole.COORDINATOR),
    "team interviewer": (Role.INTERVIEWER, TeamRole.INTERVIEWER),
    "team approver": (Role.APPROVER, TeamRole.APPROVER),
    "team viewer": (Role.VIEWER, TeamRole.INTERVIEWER),
}
REQUISITION_SEATS = {
    "request owner": (Role.HIRING_MANAGER, RequisitionSeat.OWNER),
    "request collaborator": (Role.RECRUITER, RequisitionSeat.COLLABORATOR),
    "request approver": (Role.APPROVER, RequisitionSeat.APPROVER),
    "request interviewer": (Role.INTERVIEWER, RequisitionSeat.APPROVER),
    "request viewer": (Role.VIEWER, RequisitionSeat.COLLABORATOR),
}


@pytest.fixture
def account(db: None) -> Callable[[str, Role], User]:
    """Make an account by the name of its part in the cast."""

    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.replace(' ', '.')}@assay.example", name=name, role=role)

    return make


@pytest.fixture
def cast(account: Callable[[str, Role], User]) -> list[Member]:
    """One of each role without a seat, one for each seat, and a stranger."""
    seated = [Member(name, account(name, role), frozenset({seat.value})) for name, (role, seat) in SEATS.items()]
    seated += [
        Member(name, account(name, role), requisition_seats=frozenset({seat.value}))
        for name, (role, seat) in REQUISITION_SEATS.items()
    ]
    return [*seated, *(Member(role.value, account(role.value, role)) for role in Role), Member("stranger")]


def make_things(cast: list[Member], *, is_confidential: bool) -> tuple[Job, dict[str, object]]:
    """Make a job with one of everything that an address can name."""
    members = {member.name: member.user for member in cast if member.user is not None}
    recruiter = members["team recruiter"]
    team = [Seat(members[name].pk, seat) for name, (_, seat) in SEATS.items()]
    job = make_job(recruiter, team=team, is_confidential=is_confidential)
    application = screened(job, "Ada Byron", email="ada@applicant.example")
    revision = Application.objects.get(pk=application.pk).revision
    save_filter(actor=recruiter, job_id=job.pk, name="Mine", query="q=kubernetes")
    document = Document.objects.get(application=application)
    document.stored_file, document.kind = store_bytes(content=PDF.read_bytes()), DocumentKind.PDF
    document.save()
    requisition_id = make_request(members, is_confidential=is_confidential)
    people = list(members.values())
    decision_id = decide(
        actor=recruiter, application_id=application.pk, kind=DecisionKind.ADVANCE, expected_revision=revision
    )
    application.refresh_from_db()
    flow = make_flow_things(application=application, panel=people, owner=recruiter)
    issued = invite(actor=members["admin"], email="new@assay.example", role=Role.VIEWER)
    return job, {
        **make_desk_things(recruiter, people=people),
        **flow,
        "requisition_id": requisition_id,
        "job_id": job.pk,
        "application_id": application.pk,
        "document_id": document.pk,
        "number": 1,
        "decision_id": decision_id,
        "filter_id": SavedFilter.objects.get(job=job).pk,
        "batch_id": begin_import(actor=recruiter, job_id=job.pk),
        "role_key": "ml-engineer",
        "user_id": recruiter.pk,
        "invitation_id": issued.invitation_id,
        "token": issued.path.split("/")[-2],
    }


def make_request(members: Mapping[str, User], *, is_confidential: bool) -> int:
    """Make a requisition at which those of the cast sit whose part says so."""
    draft = RequisitionDraft("Arrival times", problem="They are wrong.", is_confidential=is_confidential)
    made = create_requisition(actor=members["request owner"], draft=draft)
    RequisitionMember.objects.bulk_create(
        RequisitionMember(requisition_id=made, user=members[name], seat=seat)
        for name, (_, seat) in REQUISITION_SEATS.items()
        if name != "request owner"
    )
    return made


def by_ident(job: Job, arguments: Mapping[str, object]) -> Iterator[tuple[list[Route], dict[str, object]]]:
    """Sort the addresses by what their ``ident`` is the number of."""
    walled = {*JOB_TABLE, *REQUISITION_TABLE}
    routes = [route for route in list_routes() if route.action in walled or not job.is_confidential]
    of_imports = [route for route in routes if route.route.startswith("imports/<int:ident>")]
    yield of_imports, {**arguments, "ident": arguments["batch_id"]}
    of_columns = [route for route in routes if route.route.startswith("jobs/<int:job_id>/board/<int:stage_id>")]
    yield of_columns, {**arguments, "stage_id": Application.objects.get(pk=arguments["application_id"]).stage_id}
    private: list[Route] = []
    for begins, token in make_tokens(Application.objects.get(pk=arguments["application_id"])).items():
        found = [route for route in routes if route.route.startswith(begins)]
        yield found, {**arguments, "token": token}
        private += found
    others = [route for route in routes if route not in of_imports + of_columns + private]
    yield others, {**arguments, "ident": job.pk}


@pytest.mark.slow
@pytest.mark.parametrize("is_confidential", [False, True], ids=["open job", "confidential job"])
def test_every_address_answers_everybody_as_the_policy_says(cast: list[Member], is_confidential: bool) -> None:
    job, arguments = make_things(cast, is_confidential=is_confidential)
    surprises: list[str] = []
    for routes, filled in by_ident(job, arguments):
        surprises += find_surprises(
            cast=cast, arguments=filled, routes=routes, is_confidential=is_confidential, fields=FIELDS
        )
    assert not surprises, "\n".join(surprises)


@pytest.mark.slow
def test_what_the_desks_made_for_a_confidential_request_is_there_for_its_people_alone(cast: list[Member]) -> None:
    members = {member.name: member.user for member in cast if member.user is not None}
    made = make_request(members, is_confidential=True)
    owner = members["request owner"]
    arguments = make_desk_things(owner, people=[owner], requisition_id=made) | {"number": 1}
    routes = [
        route
        for route in list_routes()
        if route.parameters and set(route.parameters) <= set(arguments) and not route.is_public
    ]
    assert {name for route in routes for name in route.parameters} >= {"assessment_id", "band_id", "advert_id"}
    surprises: list[str] = []
    for name in ("admin", "recruiter", "hiring_manager", "team recruiter", "viewer"):
        browser = Client()
        browser.force_login(members[name])
        for route in routes:
            got = try_address(client=browser, address=route.address(arguments), fields={})
            if got not in (Outcome.NOT_FOUND, Outcome.FORBIDDEN):
                surprises.append(f"{route.route} for {name}: {got.value}")
    assert not surprises, "\n".join(surprises)


@pytest.mark.slow
def test_opening_a_page_changes_nothing_but_what_was_seen(cast: list[Member]) -> None:
    job, arguments = make_things(cast, is_confidential=False)
    browser = Client()
    browser.force_login(next(member.user for member in cast if member.name == "admin" and member.user))
    written: list[str] = []
    for routes, filled in by_ident(job, arguments):
        for route in routes:
            with CaptureQueriesContext(connection) as asked:
                browser.get(route.address(filled))
            written += [f"{route.route}: {found.group(0)}" for query in asked if (found := WRITES.match(query["sql"]))]
    assert not written, "\n".join(written)
