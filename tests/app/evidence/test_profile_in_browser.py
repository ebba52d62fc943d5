"""From a bar to the words it rests on, by keyboard, on a phone: the one path that the profile is for."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.app.evidence.talks import arrange, hand_in

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let this thread reach the database while the browser's driver keeps a loop of its own running in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A narrow tab that fails its test when the browser complained in it."""
    page = chromium.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


@pytest.mark.django_db(transaction=True)
def test_a_piece_of_a_bar_opens_the_words_it_rests_on_and_a_chip_their_source(phone, ada, recruiter, interviewer):
    words = "Told how the alert fired at three and what they changed after."
    hand_in(arrange(ada, interviewer), interviewer, {"monitoring": (3, words)})
    phone.goto("/accounts/login/")
    phone.fill("input[name=login]", recruiter.email)
    phone.fill("input[name=password]", "a long password")
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile(r"^(?!.*login)"))
    phone.goto(f"/applications/{ada.pk}/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    known = phone.locator("#known-monitoring")
    expect(known.get_by_text(words)).to_be_hidden()
    known.locator(".known-segments a").filter(has_text="Ivo").focus()
    phone.keyboard.press("Enter")
    expect(known.get_by_text(words)).to_be_visible()

    known.locator(".known-sources a").filter(has_text="Résumé").click()
    phone.wait_for_url(re.compile(r"tab=documents#k-monitoring$"))
    expect(phone.locator('[data-quote-id~="k-monitoring"]').first).to_be_in_viewport()
