"""Writing a letter in a real Chromium, as wide as a phone: kept while one types, sent by key, called back."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assay.app.messaging.models import Draft, Message
from assay.core.messaging.states import MessageState

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let this thread reach the database while the browser's driver keeps a loop of its own running in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def phone(transactional_db: None, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A narrow tab that fails its test when the browser complained in it."""
    page = chromium.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def test_a_letter_is_kept_while_typed_sent_by_key_and_called_back(phone: Page, ada: Any, recruiter: Any) -> None:
    phone.goto("/accounts/login/")
    phone.get_by_label("Email").fill(recruiter.email)
    phone.get_by_label("Password").fill("a long password")
    phone.get_by_label("Password").press("Enter")
    phone.wait_for_url(lambda address: "login" not in address)

    phone.goto(f"/applications/{ada.pk}/")
    phone.wait_for_load_state("networkidle")
    phone.keyboard.press("m")
    phone.wait_for_url("**/messages")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_label("Start from").select_option("more_information")
    body = phone.get_by_label("Letter", exact=True)
    expect(body).to_have_value(re.compile("understand one thing"))
    body.fill("Hello Ada,\n\nwhich part was yours?\n\nRita")
    expect(phone.locator("[data-saved]")).to_contain_text("Draft kept")
    phone.reload()
    expect(body).to_have_value("Hello Ada,\n\nwhich part was yours?\n\nRita")

    phone.get_by_role("button", name="Preview").click()
    expect(phone.locator("#preview")).to_contain_text("As it will look")
    assert not Message.objects.exists()

    body.press("Control+Enter")
    expect(phone.locator(".letter.is-ours .letter-state")).to_contain_text("Waits")
    assert not Draft.objects.exists()
    phone.locator(".letter.is-ours").get_by_role("button", name="Call back").click()
    expect(phone.locator(".letter.is-ours .letter-state")).to_contain_text("Called back")
    assert Message.objects.get().state == MessageState.CANCELLED
    expect(body).to_have_value("Hello Ada,\n\nwhich part was yours?\n\nRita")
