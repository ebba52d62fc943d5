"""Rules and a role as they ship, and plain text as a document."""

from collections.abc import Callable

import pytest

from assay.app.roles.catalogue import get_role
from assay.app.screening.rules import load_rules
from assay.core.documents.document import Document, DocumentKind, HiddenSpan, Page
from assay.core.roles.role import Role
from assay.core.screening.result import ScreeningResult
from assay.core.screening.rules import Rules
from assay.core.screening.screen import screen

Screener = Callable[..., ScreeningResult]


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def role() -> Role:
    return get_role("ml-engineer")


def document_of(text: str, *hidden: HiddenSpan) -> Document:
    page = Page(number=1, width=0.0, height=0.0, start=0, end=len(text))
    return Document(kind=DocumentKind.TEXT, text=text, pages=(page,), hidden=hidden)


@pytest.fixture(scope="session")
def screened(rules: Rules, role: Role) -> Screener:
    def run(text: str, *hidden: HiddenSpan, under: Role = role) -> ScreeningResult:
        return screen(document=document_of(text, *hidden), role=under, rules=rules)

    return run


@pytest.fixture(scope="session")
def resume() -> Callable[..., str]:
    def write(*statements: str, name: str = "Jo Doe", title: str = "Engineer", school: str = "Northern College") -> str:
        work = "".join(f"- {statement}\n" for statement in statements)
        return (
            f"{name}\n{name.split()[0].lower()}@example.org\n\nEXPERIENCE\n{title}, Acme  2019-03 - 2022-05\n{work}"
            f"\nEDUCATION\nBSc Physics, {school}, 2014\n"
        )

    return write
