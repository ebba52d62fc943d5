"""The people around one requisition."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def account(db: None) -> Callable[[str, Role], User]:
    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)

    return make


@pytest.fixture
def manager(account: Callable[[str, Role], User]) -> User:
    """Who asks for the hire."""
    return account("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def lead(account: Callable[[str, Role], User]) -> User:
    """Who approves first."""
    return account("Lena", Role.APPROVER)


@pytest.fixture
def finance(account: Callable[[str, Role], User]) -> User:
    """Who approves second."""
    return account("Finn", Role.APPROVER)


@pytest.fixture
def recruiter(account: Callable[[str, Role], User]) -> User:
    return account("Rita", Role.RECRUITER)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    """Somebody without a seat at it."""
    return account("Otto", Role.HIRING_MANAGER)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
