"""Going through candidates in a real Chromium: from the board with j and k, a decision on the way, and back."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.app.pipeline.cast import apply
from tests.tabs import OpenTab, has_settled

from assay.app.pipeline.models import Application, Job
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_tab: OpenTab, recruiter: User, job: Job) -> Page:
    for number, name in enumerate(("Ada", "Bo", "Cy")):
        apply(job, name, score=90 - number)
    return open_tab(recruiter)


def name_is(page: Page, name: str) -> None:
    """See whose page it is, to its end."""
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.wait_for_load_state()


def test_from_the_board_keys_lead_on_a_decision_keeps_the_way_and_a_link_leads_back(page: Page, job: Job) -> None:
    page.goto(f"/jobs/{job.pk}/board")
    has_settled(page)
    page.get_by_role("link", name="Ada", exact=True).click()
    name_is(page, "Ada")
    expect(page.locator(".candidate-way")).to_contain_text("1 of 3")
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    page.keyboard.press("j")
    name_is(page, "Bo")
    page.get_by_role("link", name="History").click()
    page.wait_for_url(re.compile("tab=history"))
    expect(page.locator(".candidate-way")).to_contain_text("2 of 3")
    page.keyboard.press("j")
    name_is(page, "Cy")
    expect(page.get_by_role("link", name="History")).to_have_attribute("aria-current", "page")
    page.keyboard.press("k")
    name_is(page, "Bo")
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("Bo")
    expect(page.locator(".candidate-way")).to_contain_text("no longer in it")
    page.wait_for_load_state()
    assert Application.objects.get(person__name="Bo").stage.name == "Shortlist"
    page.keyboard.press("j")
    name_is(page, "Cy")
    expect(page.locator(".candidate-way")).to_contain_text("2 of 2")
    page.get_by_role("link", name="Back to the board").click()
    expect(page.locator(".cards").first.locator(".card-name")).to_have_text(["Ada", "Cy"])


def test_on_a_phone_the_way_is_there_for_a_thumb_and_nothing_overflows(page: Page, job: Job) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/jobs/{job.pk}/?view=table")
    has_settled(page)
    page.get_by_role("link", name="Ada", exact=True).click()
    page.get_by_role("link", name="Next").click()
    name_is(page, "Bo")
    page.get_by_role("link", name="Previous").click()
    name_is(page, "Ada")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_form_on_a_tab_does_not_lose_the_way(page: Page, job: Job) -> None:
    page.goto(f"/jobs/{job.pk}/?view=table")
    has_settled(page)
    page.get_by_role("link", name="Ada", exact=True).click()
    page.get_by_role("button", name="Mark as a colleague").click()
    expect(page.get_by_role("button", name="Not a colleague")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    name_is(page, "Bo")
