"""Who approves a requisition."""

from collections.abc import Callable

import pytest

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def lead(account: Callable[[str, Role], User]) -> User:
    """Who approves first."""
    return account("Lena", Role.APPROVER)


@pytest.fixture
def finance(account: Callable[[str, Role], User]) -> User:
    """Who approves second."""
    return account("Finn", Role.APPROVER)
