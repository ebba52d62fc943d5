"""Who compares and keeps."""

import pytest

from assay.platform.accounts.models import User


@pytest.fixture
def hanna(manager: User) -> User:
    return manager
