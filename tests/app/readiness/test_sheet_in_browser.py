"""One's own sheet in a real Chromium, as wide as a phone: short enough to see how far one is, by key or by touch."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.models import AnswerSheet
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
def test_on_a_phone_one_dimension_is_open_at_a_time_and_the_rest_is_a_touch_or_a_key_away(phone: Page) -> None:
    tom = User.objects.create_user("tom@assay.example", "a long password", name="Tom", role=Role.HIRING_MANAGER)
    made = start_assessment(actor=tom, draft=AssessmentDraft("Fewer frauds", "", (tom.pk,)))
    sign_in(phone, tom)
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
def test_answers_given_faster_than_they_travel_arrive_in_their_order(phone: Page) -> None:
    tom = User.objects.create_user("tom@assay.example", "a long password", name="Tom", role=Role.HIRING_MANAGER)
    made = start_assessment(actor=tom, draft=AssessmentDraft("Fewer frauds", "", (tom.pk,)))
    sign_in(phone, tom)
    phone.goto(f"/readiness/{made}/answer")
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        if held or route.request.method != "POST":
            route.continue_()
        else:
            held.append((route, route.fetch()))

    phone.route("**/answer", hold_the_first)
    for _ in range(3):
        phone.keyboard.press("j")
        phone.keyboard.press("3")
    phone.wait_for_function("document.querySelectorAll('[data-ready-question] input:checked').length === 3")
    first, said = held[0]
    first.fulfill(response=said)
    expect(phone.locator("#ready-counts")).to_contain_text("3 of 29 answered")
    assert len(AnswerSheet.objects.get().answers) == 3


def sign_in(phone: Page, user: User) -> None:
    phone.goto("/accounts/login/")
    phone.get_by_label("Email", exact=True).fill(user.email)
    phone.get_by_label("Password", exact=True).fill("a long password")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    phone.wait_for_url(lambda url: "/accounts/login/" not in url)
