"""Who plans, who only looks, and who has nothing to look for here."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def manager(db: None) -> User:
    return User.objects.create_user("hanna@assay.example", "a long password", name="Hanna", role=Role.HIRING_MANAGER)


@pytest.fixture
def other_manager(db: None) -> User:
    return User.objects.create_user("mo@assay.example", "a long password", name="Mo", role=Role.HIRING_MANAGER)


@pytest.fixture
def viewer(db: None) -> User:
    return User.objects.create_user("vera@assay.example", "a long password", name="Vera", role=Role.VIEWER)


@pytest.fixture
def interviewer(db: None) -> User:
    return User.objects.create_user("ivo@assay.example", "a long password", name="Ivo", role=Role.INTERVIEWER)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
