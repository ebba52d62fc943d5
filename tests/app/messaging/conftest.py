"""The job and its team as deciding knows them, with somebody on it who only looks."""

from tests.app.deciding.conftest import job

__all__ = ["job"]
