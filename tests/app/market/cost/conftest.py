"""Somebody who plans, for another team."""

from collections.abc import Callable

import pytest

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def other_manager(account: Callable[[str, Role], User]) -> User:
    return account("Mo", Role.HIRING_MANAGER)
