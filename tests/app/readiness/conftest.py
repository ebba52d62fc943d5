"""Who begins an assessment, who is asked, and who is not."""

from collections.abc import Callable

import pytest

from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.actions.sheets import GivenAnswer
from assay.app.readiness.questions import load_questionnaire
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture
def hanna(manager: User) -> User:
    return manager


@pytest.fixture
def tom(account: Callable[[str, Role], User]) -> User:
    return account("Tom", Role.INTERVIEWER)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    return account("Olga", Role.INTERVIEWER)


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
