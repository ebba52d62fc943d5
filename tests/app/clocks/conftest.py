"""The cast around one job whose clocks run."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.pipeline.cast import approve_band, make_job

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Job
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def account(db: None) -> Callable[[str, Role], User]:
    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)

    return make


@pytest.fixture
def admin(account: Callable[[str, Role], User]) -> User:
    return account("Ada", Role.ADMIN)


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
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.HIRING_MANAGER)


@pytest.fixture
def job(recruiter: User, manager: User, interviewer: User) -> Job:
    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(interviewer.pk, TeamRole.INTERVIEWER),
    ]
    return make_job(recruiter, team=team)


@pytest.fixture
def open_job(job: Job, recruiter: User) -> Job:
    """The job with its band approved, so that interviews may begin."""
    approve_band(job, recruiter)
    return job


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
