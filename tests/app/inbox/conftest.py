"""The cast and the job that the pipeline's tests use."""

from tests.app.pipeline.conftest import (
    account,
    browse,
    fresh_numbers,
    interviewer,
    job,
    manager,
    outsider,
    recruiter,
)

__all__ = ["account", "browse", "fresh_numbers", "interviewer", "job", "manager", "outsider", "recruiter"]
