"""Who begins an assessment, who is asked, and who is not."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.actions.sheets import GivenAnswer
from assay.app.readiness.questions import load_questionnaire
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


def person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)


@pytest.fixture
def hanna(db: None) -> User:
    return person("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def tom(db: None) -> User:
    return person("Tom", Role.INTERVIEWER)


@pytest.fixture
def outsider(db: None) -> User:
    return person("Olga", Role.INTERVIEWER)


@pytest.fixture
def assessment(hanna: User, tom: User) -> int:
    """An assessment that Hanna began and both are asked to answer."""
    draft = AssessmentDraft(subject="Fewer fraudulent orders", team="Payments", people=(hanna.pk, tom.pk))
    return start_assessment(actor=hanna, draft=draft)


@pytest.fixture
def every() -> Callable[..., tuple[GivenAnswer, ...]]:
    """A level for every question, others by name, as a page would send them."""

    def answers(level: int | None, **others: int | None) -> tuple[GivenAnswer, ...]:
        ids = (one.id for one in load_questionnaire().questions)
        return tuple(GivenAnswer(key, True, others.get(key, level), "", 0) for key in ids)

    return answers


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
