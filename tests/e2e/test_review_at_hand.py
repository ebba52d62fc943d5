"""What lies at hand in the review queue: the next candidate, and the way from a claim to its sentence."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Tab
from tests.e2e.test_review_queue import name_of, open_queue, press_and_meet

pytestmark = pytest.mark.e2e


def test_the_next_candidate_is_there_before_it_is_asked_for(desk: Callable[..., Tab]) -> None:
    tab = desk("recruiter")
    with tab.page.expect_response(lambda answer: answer.request.resource_type == "fetch") as ahead:
        page = open_queue(tab, "?show=all")
    following = str(page.locator("[data-review-next]").get_attribute("href"))
    assert ahead.value.url.endswith(following)
    ahead.value.finished()
    # The page has nothing left to do: what came is kept.
    page.evaluate("() => new Promise((rest) => requestIdleCallback(() => rest()))")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press_and_meet(page, "j")
    assert [url for url in asked if url.endswith(following)] == []
    expect(page).to_have_url(re.compile(re.escape(following)))


def test_enter_opens_the_profile_and_a_chip_leads_into_the_document(desk: Callable[..., Tab]) -> None:
    page = open_queue(desk("recruiter"), "?show=all")
    name = name_of(page).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/applications/\d+/\?from=queue"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.locator("a.evidence-chip").first.click()
    page.wait_for_url(re.compile(r"tab=documents#"))
    expect(page.locator("[data-quote-id]").first).to_be_visible()
