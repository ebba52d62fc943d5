"""A scorecard in a real Chromium: rated by key, kept when the connection is lost, shown when two pages disagree."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Response, Route, expect
from tests.app.interviewing.cast import held
from tests.app.pipeline.cast import advance, make_job, screened
from tests.tabs import OpenTab

from assay.app.interviewing.models import Interview, Rating, Scorecard
from assay.app.pipeline.actions.jobs import Seat
from assay.core.pipeline.status import TeamRole
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def interview(recruiter: User, ivo: User) -> Interview:
    """An interview whose card Ivo owes."""
    job = make_job(recruiter, team=[Seat(ivo.pk, TeamRole.INTERVIEWER)])
    return held(recruiter, advance(screened(job, "Mara Lind"), 2), ivo)


@pytest.fixture
def page(open_tab: OpenTab, ivo: User, interview: Interview) -> Page:
    """Ivo's phone with the card that he owes."""
    phone = open_tab(ivo, width=390, may_be_refused=True)
    phone.goto(f"/interviews/{interview.pk}/scorecard")
    return phone


def keeps(words: str) -> Callable[[Response], bool]:
    """Know the answer by which a draft with these words is stored."""
    sent = urlencode({"takeaways": words})
    return lambda answer: answer.url.endswith("/draft") and answer.ok and sent in (answer.request.post_data or "")


def test_a_card_is_written_and_handed_in_by_keys_alone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.locator("[name=level_deployment]").first.focus()
    page.keyboard.press("3")
    page.keyboard.type("Released 4 models with a canary each, and went back twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.locator("[name=recommendation][value=yes]").check()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Your card")).to_be_visible()
    page.wait_for_load_state()
    assert {one.competency: one.level for one in Rating.objects.all()} == {"deployment": 3, "monitoring": None}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('assay:card'))") == []


def test_words_typed_without_a_connection_are_kept_here_and_sent_when_it_is_back(page: Page) -> None:
    page.route("**/scorecard/draft", lambda route: route.abort())
    page.locator("[name=takeaways]").fill("Typed in the train.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, kept here")

    page.reload()
    expect(page.locator("[name=takeaways]")).to_have_value("Typed in the train.")

    page.unroute("**/scorecard/draft")
    page.locator("[name=takeaways]").press("End")
    with page.expect_response(keeps("Typed in the train. And home.")):
        page.keyboard.type(" And home.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "Typed in the train. And home."


def test_two_pages_that_disagree_show_both_versions_and_a_person_chooses(page: Page, interview: Interview) -> None:
    other = page.context.new_page()
    other.goto(f"/interviews/{interview.pk}/scorecard")
    other.locator("[name=takeaways]").fill("From the other page.")
    expect(other.locator("[data-saved]")).to_contain_text("Draft saved at")

    page.locator("[name=takeaways]").fill("From this page.")
    expect(page.locator("[data-conflict]")).to_contain_text("From the other page.")
    with page.expect_response(keeps("From this page.")):
        page.get_by_role("button", name="Keep what is on this page").click()

    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "From this page."


def test_a_fresh_card_takes_a_digit_at_once_and_a_recommendation_by_shift_and_digit(page: Page) -> None:
    page.keyboard.press("3")
    expect(page.locator("[name=level_deployment][value='3']")).to_be_checked()
    page.keyboard.type("Released 4 models with a canary each, and went back twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Digit3")
    expect(page.locator("[name=recommendation][value=yes]")).to_be_checked()
    page.keyboard.press("1")
    expect(page.locator("[name=recommendation][value=strong_no]")).to_be_checked()
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Draft saved at \d\d:\d\d\. "))


def test_a_copy_of_a_tab_that_goes_on_by_itself_is_told_of_the_other(page: Page, interview: Interview) -> None:
    page.locator("[name=takeaways]").fill("Begun.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    page.reload()
    copy = page.context.new_page()
    stored = page.evaluate("JSON.stringify({...sessionStorage})")
    copy.add_init_script(f"for (const [key, value] of Object.entries({stored})) sessionStorage.setItem(key, value);")
    copy.goto(f"/interviews/{interview.pk}/scorecard")
    for words in ("A long paragraph.", "A long careful paragraph."):
        with page.expect_response(keeps(words)):
            page.locator("[name=takeaways]").fill(words)

    copy.locator("[name=takeaways]").fill("From the copy.")

    expect(copy.locator("[data-conflict]")).to_contain_text("A long careful paragraph.")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "A long careful paragraph."


def test_a_save_whose_answer_was_lost_does_not_stand_against_its_own_page(page: Page) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/scorecard/draft", lose_the_answer, times=1)
    page.locator("[name=takeaways]").fill("Typed in the train.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved, kept here")
    with page.expect_response(keeps("Typed in the train. And home.")):
        page.locator("[name=takeaways]").fill("Typed in the train. And home.")

    expect(page.locator("[data-saved]")).to_contain_text("Draft saved at")
    expect(page.locator("[data-conflict]")).to_be_hidden()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go on later").click()
    expect(page.locator("[name=takeaways]")).to_have_value("Typed in the train. And home.")
    assert Scorecard.objects.get().draft["fields"]["takeaways"] == "Typed in the train. And home."
