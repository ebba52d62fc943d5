"""Deciding in a real Chromium: where a dialog's focus starts, and how much of a phone the actions take."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.app.deciding.acts import state

from assay.app.pipeline.models import Application
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let this thread reach the database while the browser's driver keeps a loop of its own running in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def tab(chromium: Browser, live_server: LiveServer, recruiter: User) -> Iterator[Callable[[int], Page]]:
    """A tab of the recruiter that is as wide as asked."""
    pages = []

    def open_tab(width: int) -> Page:
        page = chromium.new_page(base_url=live_server.url, viewport={"width": width, "height": 844})
        pages.append(page)
        page.goto("/accounts/login/")
        page.fill("input[name=login]", recruiter.email)
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"^(?!.*login)"))
        return page

    yield open_tab
    for page in pages:
        page.close()


def test_enter_in_a_dialog_answers_it_and_never_closes_it(tab: Callable[[int], Page], ada: Application) -> None:
    page = tab(1280)
    page.goto(f"/applications/{ada.pk}/")
    page.keyboard.press("r")
    expect(page.locator("#reject-dialog input[type=radio]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reject-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("#hold-dialog input[type=radio]:checked")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    assert state(ada)["status"] == "held"


def test_on_a_phone_the_actions_are_one_row_and_cover_no_work(tab: Callable[[int], Page], ada: Application) -> None:
    page = tab(390)
    for path, position in (("", "fixed"), ("interviews", "static"), ("messages", "static")):
        page.goto(f"/applications/{ada.pk}/{path}")
        bar = page.locator(".review-actions")
        box = bar.bounding_box()
        assert box is not None
        assert box["height"] < 70
        assert bar.evaluate("bar => getComputedStyle(bar).position") == position
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(bar.get_by_role("button", name="Withdrew")).to_be_hidden()
        bar.get_by_role("button", name="More").click()
        bar.get_by_role("button", name="Withdrew").click()
        expect(page.locator("#withdraw-dialog")).to_be_visible()
