"""Who runs the desk, who may keep own pay, and who may only look."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def recruiter(db: None) -> User:
    return User.objects.create_user("rita@assay.example", "a long password", name="Rita", role=Role.RECRUITER)


@pytest.fixture
def viewer(db: None) -> User:
    return User.objects.create_user("vera@assay.example", "a long password", name="Vera", role=Role.VIEWER)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
