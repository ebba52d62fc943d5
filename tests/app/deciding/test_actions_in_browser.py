"""Deciding in a real Chromium: where a dialog's focus starts, and how much of a phone the actions take."""

import re

import pytest
from playwright.sync_api import expect
from tests.app.deciding.acts import state
from tests.tabs import OpenTab

from assay.app.pipeline.models import Application
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_enter_in_a_dialog_answers_it_and_never_closes_it(open_tab: OpenTab, recruiter: User, ada: Application) -> None:
    page = open_tab(recruiter)
    page.goto(f"/applications/{ada.pk}/")
    page.keyboard.press("r")
    expect(page.locator("#reject-dialog input[type=radio]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reject-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reject-dialog")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator("#hold-dialog input[type=radio]:checked")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    assert state(ada)["status"] == "held"


def test_on_a_phone_the_actions_are_one_row_and_cover_no_work(
    open_tab: OpenTab, recruiter: User, ada: Application
) -> None:
    page = open_tab(recruiter, width=390)
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
