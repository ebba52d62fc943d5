"""The cast around one job's interviews: who runs it, who decides and interviews, who only interviews."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.pipeline.cast import advance, approve_band, make_job, screened

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
def ivo(account: Callable[[str, Role], User]) -> User:
    return account("Ivo", Role.INTERVIEWER)


@pytest.fixture
def ines(account: Callable[[str, Role], User]) -> User:
    return account("Ines", Role.INTERVIEWER)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.HIRING_MANAGER)


@pytest.fixture
def job(recruiter: User, manager: User, ivo: User, ines: User) -> Job:
    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(ivo.pk, TeamRole.INTERVIEWER),
        Seat(ines.pk, TeamRole.INTERVIEWER),
    ]
    made = make_job(recruiter, team=team)
    approve_band(made, recruiter)
    return made


@pytest.fixture
def candidate(job: Job) -> Application:
    return advance(screened(job, "Mara Lind", email="mara@example.org"), 3)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
