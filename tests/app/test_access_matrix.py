"""Every address of the product, tried by everybody, on an open job and on a confidential one."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.access_matrix import Member, Route, find_surprises, list_routes
from tests.app.pipeline.cast import make_job, screened

from assay.app.deciding.actions import decide
from assay.app.documents.models import Document
from assay.app.pipeline.actions.jobs import Seat, save_filter
from assay.app.pipeline.models import Application, Job, SavedFilter
from assay.app.sourcing.actions.drafts import begin_import
from assay.core.deciding.decision import DecisionKind
from assay.core.documents.document import DocumentKind
from assay.core.pipeline.status import TeamRole
from assay.platform.access.policy import JOB_TABLE
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import invite
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes

PDF = Path(__file__).parents[1] / "fixtures" / "documents" / "cols_0.pdf"
FIELDS = {"applications/<int:application_id>/decide": {"kind": "advance", "revision": 1}}
# Sessions live on, and exports are noted in the audit log.
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(?!django_session|audit_event)\w+')
SEATS = {
    "team hiring manager": (Role.HIRING_MANAGER, TeamRole.HIRING_MANAGER),
    "team recruiter": (Role.RECRUITER, TeamRole.RECRUITER),
    "team coordinator": (Role.HIRING_MANAGER, TeamRole.COORDINATOR),
    "team interviewer": (Role.INTERVIEWER, TeamRole.INTERVIEWER),
    "team approver": (Role.APPROVER, TeamRole.APPROVER),
    "team viewer": (Role.VIEWER, TeamRole.INTERVIEWER),
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
    issued = invite(actor=members["admin"], email="new@assay.example", role=Role.VIEWER)
    return job, {
        "job_id": job.pk,
        "application_id": application.pk,
        "document_id": document.pk,
        "number": 1,
        "decision_id": decide(
            actor=recruiter, application_id=application.pk, kind=DecisionKind.ADVANCE, expected_revision=revision
        ),
        "filter_id": SavedFilter.objects.get(job=job).pk,
        "batch_id": begin_import(actor=recruiter, job_id=job.pk),
        "role_key": "ml-engineer",
        "user_id": recruiter.pk,
        "invitation_id": issued.invitation_id,
        "token": issued.path.split("/")[-2],
    }


def by_ident(job: Job, arguments: Mapping[str, object]) -> Iterator[tuple[list[Route], dict[str, object]]]:
    """Sort the addresses by what their ``ident`` is the number of."""
    routes = [route for route in list_routes() if route.action in JOB_TABLE or not job.is_confidential]
    of_imports = [route for route in routes if route.route.startswith("imports/<int:ident>")]
    yield of_imports, {**arguments, "ident": arguments["batch_id"]}
    yield [route for route in routes if route not in of_imports], {**arguments, "ident": job.pk}


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
