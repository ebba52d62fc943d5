"""The cast around one job, an applicant who can be written to, and what is in the outbox."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.pipeline.cast import make_job, screened

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Application, Job
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def account(db: None) -> Callable[[str, Role], User]:
    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)

    return make


@pytest.fixture
def recruiter(account: Callable[[str, Role], User]) -> User:
    return account("Rita", Role.RECRUITER)


@pytest.fixture
def manager(account: Callable[[str, Role], User]) -> User:
    return account("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def interviewer(account: Callable[[str, Role], User]) -> User:
    return account("Ivo", Role.INTERVIEWER)


@pytest.fixture
def viewer(account: Callable[[str, Role], User]) -> User:
    return account("Vera", Role.VIEWER)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.HIRING_MANAGER)


@pytest.fixture
def job(recruiter: User, manager: User, interviewer: User, viewer: User) -> Job:
    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(interviewer.pk, TeamRole.INTERVIEWER),
        Seat(viewer.pk, TeamRole.INTERVIEWER),
    ]
    return make_job(recruiter, team=team)


@pytest.fixture
def ada(job: Job) -> Application:
    """An applicant whose résumé was screened."""
    return screened(job, "Ada Byron", email="ada@applicant.example")


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
