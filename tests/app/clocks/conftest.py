"""A job whose clocks run to the end."""

import pytest
from tests.app.pipeline.cast import approve_band

from assay.app.pipeline.models import Job
from assay.platform.accounts.models import User


@pytest.fixture
def open_job(job: Job, recruiter: User) -> Job:
    """The job with its band approved, so that interviews may begin."""
    approve_band(job, recruiter)
    return job
