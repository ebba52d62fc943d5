"""The cast that every desk knows, the job they work on, and the browsers that they sit at.

A folder whose people or job are really others says so in a ``conftest.py`` of its own.
"""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.app.pipeline.cast import make_job, screened
from tests.tabs import PATIENCE_MS, OpenTab, complaints_of, viewport

from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Application, Job
from assay.app.pipeline.queries.numbers import forget_kept_numbers
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


@pytest.fixture(autouse=True)
def fresh_numbers() -> None:
    """Let no test see what was counted for another."""
    forget_kept_numbers()


@pytest.fixture
def account(db: None) -> Callable[[str, Role], User]:
    """Make an account by a person's name."""

    def make(name: str, role: Role) -> User:
        return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)

    return make


@pytest.fixture
def admin(account: Callable[[str, Role], User]) -> User:
    return account("Ada", Role.ADMIN)


@pytest.fixture
def recruiter(account: Callable[[str, Role], User]) -> User:
    return account("Rita", Role.RECRUITER)


@pytest.fixture
def manager(account: Callable[[str, Role], User]) -> User:
    return account("Hanna", Role.HIRING_MANAGER)


@pytest.fixture
def interviewer(account: Callable[[str, Role], User]) -> User:
    return account("Ivo", Role.INTERVIEWER)


@pytest.fixture
def viewer(account: Callable[[str, Role], User]) -> User:
    return account("Vera", Role.VIEWER)


@pytest.fixture
def outsider(account: Callable[[str, Role], User]) -> User:
    """Somebody without a seat at anything."""
    return account("Otto", Role.HIRING_MANAGER)


@pytest.fixture
def job(recruiter: User, manager: User, interviewer: User) -> Job:
    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(interviewer.pk, TeamRole.INTERVIEWER),
    ]
    return make_job(recruiter, team=team)


@pytest.fixture
def ada(job: Job) -> Application:
    """An applicant whose résumé was screened."""
    return screened(job, "Ada Byron", email="ada@applicant.example")


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    """A browser in which somebody is signed in; ``None`` is a stranger's."""

    def sit_down(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sit_down


def _let_the_server_finish() -> None:
    """Wait until what closed tabs still had asked for is answered: the database is emptied next, at rest."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE_MS / 1000)
            assert not thread.is_alive(), "the server is still answering a tab that is closed"


@pytest.fixture
def open_tab(chromium: Browser, live_server: LiveServer, browse: Callable[[User | None], Client]) -> Iterator[OpenTab]:
    """Open a tab of somebody's in a Chromium of their own: ``open_tab(recruiter, width=390)``; of a stranger's without
    a name. A tab that the browser complained in fails its test, though ``may_be_refused`` lets requests fail.
    """
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_one(who: User | None = None, *, width: int = 1440, may_be_refused: bool = False) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport=viewport(width))
        context.set_default_timeout(PATIENCE_MS)
        for cookie in browse(who).cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        opened.append((context, complaints_of(page, may_be_refused=may_be_refused)))
        return page

    yield open_one
    for context, _ in opened:
        context.close()
    _let_the_server_finish()
    assert [complaint for _, complaints in opened for complaint in complaints] == []
