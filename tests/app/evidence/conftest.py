"""The cast of deciding, and interviews whose ratings are in."""

from tests.app.deciding.conftest import *  # noqa: F403 - the same people around the same job
