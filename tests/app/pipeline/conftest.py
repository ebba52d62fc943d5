"""The cast: everybody who works on a job, and somebody who does not."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.pipeline.cast import make_job

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Job
from assay.app.pipeline.queries.numbers import forget_kept_numbers
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture(autouse=True)
def fresh_numbers() -> None:
    forget_kept_numbers()


@pytest.fixture
def account(db: None) -> Callable[..., User]:
    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)

    return make


@pytest.fixture
def recruiter(account: Callable[..., User]) -> User:
    return account("Rita", Role.RECRUITER)


@pytest.fixture
def manager(account: Callable[..., User]) -> User:
    return account("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def interviewer(account: Callable[..., User]) -> User:
    return account("Ivo", Role.INTERVIEWER)


@pytest.fixture
def outsider(account: Callable[..., User]) -> User:
    return account("Otto", Role.VIEWER)


@pytest.fixture
def job(recruiter: User, manager: User, interviewer: User) -> Job:
    team = [Seat(manager.pk, TeamRole.HIRING_MANAGER), Seat(interviewer.pk, TeamRole.INTERVIEWER)]
    return make_job(recruiter, team=team)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
