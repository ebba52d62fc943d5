"""The desk in a real Chromium under the real policy: what is typed is checked, a click changes the words."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.app.postings.adverts import TODAY, whole_advert

from assay.app.postings.actions.publishing import Wish, publish
from assay.app.postings.models import Advert, Publication
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let this thread reach the database while the browser's driver keeps a loop of its own running in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def tab(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab that fails its test when the browser complained in it."""
    page = chromium.new_page(base_url=live_server.url)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


@pytest.mark.django_db(transaction=True)
def test_typing_shows_a_finding_and_a_click_on_its_fix_changes_the_words(
    tab: Page, account: Callable[[str, Role], User]
) -> None:
    writer = account("Rita", Role.RECRUITER)
    advert_id = whole_advert(writer)
    publish(actor=writer, advert_id=advert_id, wish=Wish(Advert.objects.get().revision), as_of=TODAY)
    tab.goto(f"/careers/{Publication.objects.get().slug}/")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("arrival times")

    sign_in(tab, writer.email, "a long password")
    tab.goto(f"/adverts/{advert_id}/")
    field = tab.get_by_role("textbox", name="About us")
    field.fill("")
    field.press_sequentially("We want a rockstar here.")
    finding = tab.locator("#findings-about .finding").filter(has_text="rockstar")
    expect(finding).to_be_visible()
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == len("We want a rockstar here.")

    finding.get_by_role("button", name="Replace with").click()
    expect(field).not_to_have_value("We want a rockstar here.")
    expect(finding).to_have_count(0)
    expect(field).to_be_focused()
    tab.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("We want a rockstar here.")
