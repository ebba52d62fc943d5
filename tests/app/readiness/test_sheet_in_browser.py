"""One's own sheet in a real Chromium, as wide as a phone: short enough to see how far one is, by key or by touch."""

import os

import pytest
from playwright.sync_api import APIResponse, Route, expect
from tests.tabs import OpenTab

from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.models import AnswerSheet
from assay.platform.accounts.models import User

pytestmark = pytest.mark.e2e


@pytest.mark.django_db(transaction=True)
def test_on_a_phone_one_dimension_is_open_at_a_time_and_the_rest_is_a_touch_or_a_key_away(
    open_tab: OpenTab, manager: User
) -> None:
    made = start_assessment(actor=manager, draft=AssessmentDraft("Fewer frauds", "", (manager.pk,)))
    phone = open_tab(manager, width=390)
    phone.goto(f"/readiness/{made}/answer")
    assert phone.evaluate("document.documentElement.scrollHeight") < 9_000
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    sheet = phone.locator("[data-ready-sheet]")
    first, second = sheet.locator("details.ready-dimension").nth(0), sheet.locator("details.ready-dimension").nth(1)
    questions = first.locator("[data-ready-question]").count()
    for _ in range(questions + 1):
        phone.keyboard.press("j")
        phone.keyboard.press("3")
    expect(second).to_have_attribute("open", "")
    expect(phone.locator("#ready-counts")).to_contain_text(f"{questions + 1} of 29 answered")
    assert len(AnswerSheet.objects.get().answers) == questions + 1

    phone.reload()
    expect(first).not_to_have_attribute("open", "")
    phone.locator("#ready-counts a").nth(0).click()
    expect(first.locator("input:checked").first).to_be_visible()
    if path := os.environ.get("SHOT"):
        phone.screenshot(path=path)
        phone.screenshot(path=path.replace(".png", "-full.png"), full_page=True)


@pytest.mark.django_db(transaction=True)
def test_answers_given_faster_than_they_travel_arrive_in_their_order(open_tab: OpenTab, manager: User) -> None:
    made = start_assessment(actor=manager, draft=AssessmentDraft("Fewer frauds", "", (manager.pk,)))
    phone = open_tab(manager, width=390)
    phone.goto(f"/readiness/{made}/answer")
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        if held or route.request.method != "POST":
            route.continue_()
        else:
            held.append((route, route.fetch()))
            phone.evaluate("document.body.dataset.held = 'first'")

    phone.route("**/answer", hold_the_first)
    for _ in range(3):
        phone.keyboard.press("j")
        phone.keyboard.press("3")
    expect(phone.locator("[data-ready-question] input:checked")).to_have_count(3)
    expect(phone.locator("body")).to_have_attribute("data-held", "first")
    first, said = held[0]
    with phone.expect_event("requestfinished", lambda request: request == first.request):
        first.fulfill(response=said)
    expect(phone.locator("#ready-counts")).to_contain_text("3 of 29 answered")
    assert len(AnswerSheet.objects.get().answers) == 3
