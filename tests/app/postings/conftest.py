"""Who writes adverts, who only reads them, and who has nothing to do with them."""

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
def recruiter(account: Callable[[str, Role], User]) -> User:
    return account("Rita", Role.RECRUITER)


@pytest.fixture
def manager(account: Callable[[str, Role], User]) -> User:
    return account("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def viewer(account: Callable[[str, Role], User]) -> User:
    return account("Otto", Role.VIEWER)


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    """A browser in which somebody is signed in; ``None`` is a stranger's."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
