"""The job around which is decided: on its team is also somebody who only looks."""

import pytest
from tests.app.pipeline.cast import make_job

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Job
from assay.core.pipeline.status import TeamRole
from assay.platform.accounts.models import User


@pytest.fixture
def job(recruiter: User, manager: User, interviewer: User, viewer: User) -> Job:
    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(interviewer.pk, TeamRole.INTERVIEWER),
        Seat(viewer.pk, TeamRole.INTERVIEWER),
    ]
    return make_job(recruiter, team=team)
