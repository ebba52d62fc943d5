"""Who compares and keeps, who may only look, and who must not see a confidential plan."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


def person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)


@pytest.fixture
def hanna(db: None) -> User:
    return person("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def viewer(db: None) -> User:
    return person("Vera", Role.VIEWER)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
