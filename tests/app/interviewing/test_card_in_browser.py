"""A scorecard in a real Chromium: rated by key, kept when the connection is lost, shown when two pages disagree."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.app.interviewing.cast import held
from tests.app.pipeline.cast import advance, make_job, screened

from assay.app.interviewing.models import Interview, Rating, Scorecard
from assay.app.pipeline.actions.jobs import Seat
from assay.core.pipeline.status import TeamRole
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
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab as wide as a phone that fails its test when a script in it failed."""
    tab = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}).new_page()
    failures: list[str] = []
    tab.on("pageerror", lambda error: failures.append(str(error)))
    yield tab
    tab.context.close()
    assert failures == []


def owed() -> tuple[User, Interview]:
    rita = User.objects.create_user("rita@assay.example", "a long password", name="Rita", role=Role.RECRUITER)
    ivo = User.objects.create_user("ivo@assay.example", "a long password", name="Ivo", role=Role.INTERVIEWER)
    job = make_job(rita, team=[Seat(ivo.pk, TeamRole.INTERVIEWER)])
    return ivo, held(rita, advance(screened(job, "Mara Lind"), 2), ivo)


def open_card(page: Page, who: User, interview: Interview) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").or_(page.locator("input[name=login]")).first.fill(who.email)
    page.locator("input[name=password]").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.goto(f"/interviews/{interview.pk}/scorecard")


@pytest.mark.django_db(transaction=True)
def test_a_card_is_written_and_handed_in_by_keys_alone(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.locator("[name=level_deployment]").first.focus()
    page.keyboard.press("3")
    page.keyboard.type("Released 4 models with a canary each, and went back twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.locator("[name=recommendation][value=yes]").check()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Your card")).to_be_visible()
    assert {one.competency: one.level for one in Rating.objects.all()} == {"deployment": 3, "monitoring": None}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('assay:card'))") == []


@pytest.mark.django_db(transaction=True)
def test_words_typed_without_a_connection_are_kept_here_and_sent_when_it_is_back(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)
    page.route("**/scorecard/draft", lambda route: route.abort())
    page.locator("[name=takeaways]").fill("Typed in the train.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, kept here")

    page.reload()
    expect(page.locator("[name=takeaways]")).to_have_value("Typed in the train.")

    page.unroute("**/scorecard/draft")
    page.locator("[name=takeaways]").press("End")
    page.keyboard.type(" And home.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "Typed in the train. And home."


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_disagree_show_both_versions_and_a_person_chooses(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)
    other = page.context.new_page()
    other.goto(f"/interviews/{interview.pk}/scorecard")
    other.locator("[name=takeaways]").fill("From the other page.")
    expect(other.locator("[data-saved]")).to_contain_text("Draft saved at")

    page.locator("[name=takeaways]").fill("From this page.")
    expect(page.locator("[data-conflict]")).to_contain_text("From the other page.")
    page.get_by_role("button", name="Keep what is on this page").click()

    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "From this page."


@pytest.mark.django_db(transaction=True)
def test_a_fresh_card_takes_a_digit_at_once_and_a_recommendation_by_shift_and_digit(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)

    page.keyboard.press("3")
    expect(page.locator("[name=level_deployment][value='3']")).to_be_checked()
    page.keyboard.type("Released 4 models with a canary each, and went back twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Digit3")
    expect(page.locator("[name=recommendation][value=yes]")).to_be_checked()
    page.keyboard.press("1")
    expect(page.locator("[name=recommendation][value=strong_no]")).to_be_checked()
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Draft saved at \d\d:\d\d\. "))


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_a_tab_that_goes_on_by_itself_is_told_of_the_other(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)
    page.locator("[name=takeaways]").fill("Begun.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    page.reload()
    copy = page.context.new_page()
    stored = page.evaluate("JSON.stringify({...sessionStorage})")
    copy.add_init_script(f"for (const [key, value] of Object.entries({stored})) sessionStorage.setItem(key, value);")
    copy.goto(f"/interviews/{interview.pk}/scorecard")
    for words in ("A long paragraph.", "A long careful paragraph."):
        with page.expect_response("**/scorecard/draft"):
            page.locator("[name=takeaways]").fill(words)

    copy.locator("[name=takeaways]").fill("From the copy.")

    expect(copy.locator("[data-conflict]")).to_contain_text("A long careful paragraph.")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "A long careful paragraph."


@pytest.mark.django_db(transaction=True)
def test_a_save_whose_answer_was_lost_does_not_stand_against_its_own_page(page: Page) -> None:
    ivo, interview = owed()
    open_card(page, ivo, interview)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/scorecard/draft", lose_the_answer, times=1)
    page.locator("[name=takeaways]").fill("Typed in the train.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, kept here")
    page.locator("[name=takeaways]").fill("Typed in the train. And home.")

    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    expect(page.locator("[data-conflict]")).to_be_hidden()
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.locator("[name=takeaways]")).to_have_value("Typed in the train. And home.")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "Typed in the train. And home."
