"""The cast: one account for each role, as every test of accounts and access knows them."""

from collections.abc import Callable

import pytest

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

PASSWORD = "a long quiet sentence"


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Make an account for a role; its address is the role's name unless one is given."""

    def make(role: Role, email: str = "", *, name: str = "") -> User:
        address = email or f"{role.value}@example.org"
        return User.objects.create_user(address, PASSWORD, name=name or role.label, role=role)

    return make


@pytest.fixture
def admin(make_user: Callable[..., User]) -> User:
    """The administrator."""
    return make_user(Role.ADMIN)


@pytest.fixture
def recruiter(make_user: Callable[..., User]) -> User:
    """Somebody who may not manage people."""
    return make_user(Role.RECRUITER)
