"""Writing a letter in a real Chromium, as wide as a phone: kept while one types, sent by key, called back."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.tabs import OpenTab

from assay.app.messaging.models import Draft, Message
from assay.core.messaging.states import MessageState

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_letter_is_kept_while_typed_sent_by_key_and_called_back(open_tab: OpenTab, ada: Any, recruiter: Any) -> None:
    phone = open_tab(recruiter, width=390)
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
