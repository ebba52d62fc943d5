"""The cast around one job's interviews: who runs it, who decides and interviews, who only interviews."""

from collections.abc import Callable

import pytest
from tests.app.pipeline.cast import advance, approve_band, make_job, screened

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Application, Job
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def ivo(interviewer: User) -> User:
    return interviewer


@pytest.fixture
def ines(account: Callable[[str, Role], User]) -> User:
    return account("Ines", Role.INTERVIEWER)


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
