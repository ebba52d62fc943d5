"""Somebody who has nothing to do with the job and may change nothing anywhere."""

from collections.abc import Callable

import pytest

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.VIEWER)
