"""The board in a real Chromium: a card moved by hand and by key, two people at one card, many ticked by keys."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.app.deciding.acts import act
from tests.app.pipeline.cast import apply
from tests.tabs import OpenTab, has_settled

from assay.app.pipeline.models import Application, Job, Stage
from assay.core.deciding.decision import DecisionKind
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(job: Job) -> Job:
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di")):
        apply(job, name, score=90 - number)
    return job


@pytest.fixture
def page(open_tab: OpenTab, recruiter: User, job: Job) -> Page:
    """A tab in which Rita sees the board."""
    tab = open_tab(recruiter, may_be_refused=True)
    tab.set_viewport_size({"width": 1440, "height": 1000})
    tab.goto(f"/jobs/{job.pk}/board")
    has_settled(tab)
    return tab


def column(page: Page, name: str):
    return page.locator(f'.cards[data-stage-name="{name}"]')


def card(page: Page, name: str):
    return page.locator(".card").filter(has=page.get_by_role("link", name=name, exact=True))


def stage_of(name: str) -> str:
    return Application.objects.select_related("stage").get(person__name=name).stage.name


def drag(page: Page, name: str, to: str) -> None:
    """Carry a card to another column as a hand does: pressed, moved step by step, let go."""
    column(page, to).scroll_into_view_if_needed()
    start, end = card(page, name).bounding_box(), column(page, to).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 50)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 60, steps=12)
    expect(column(page, to).locator(".card").filter(has_text=name)).to_have_count(1)
    page.mouse.up()


def test_a_card_is_dragged_and_taken_back_and_every_count_follows(page: Page) -> None:
    drag(page, "Ada", "Shortlist")
    expect(page.locator(".toast")).to_contain_text("Ada: moved to Shortlist.")
    expect(column(page, "Shortlist").locator(".card-name")).to_have_text(["Ada"])
    expect(page.get_by_role("link", name="3 in New")).to_be_visible()
    expect(page.get_by_role("link", name="1 in Shortlist")).to_be_visible()
    assert stage_of("Ada") == "Shortlist"
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Ada is back in New.")
    expect(column(page, "New").locator(".card-name")).to_have_text(["Ada", "Bo", "Cy", "Di"])
    expect(page.get_by_role("link", name="4 in New")).to_be_visible()
    assert stage_of("Ada") == "New"


def test_of_two_who_move_one_card_the_second_sees_it_where_the_first_put_it(
    page: Page, job: Job, manager: User
) -> None:
    ada = Application.objects.get(person__name="Ada")
    act(manager, ada, DecisionKind.MOVE, to_stage_id=Stage.objects.get(job=job, position=3).pk)
    card(page, "Ada").locator(".card-name").focus()
    page.keyboard.press("s")
    expect(page.locator("#move-dialog")).to_contain_text("Ada, now in New.")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".toast.is-wrong")).to_contain_text("Hanna was faster: moved to Work sample.")
    expect(column(page, "Work sample").locator(".card-name")).to_have_text(["Ada"])
    expect(column(page, "Shortlist").locator(".card-name")).to_have_count(0)
    assert stage_of("Ada") == "Work sample"


def test_a_step_that_waits_for_the_band_puts_the_card_back_and_leads_to_the_approval(page: Page, job: Job) -> None:
    card(page, "Bo").get_by_role("link", name="Move to…").click()
    page.locator("#move-dialog").get_by_label("Interviews").first.check()
    page.locator("#move-dialog").get_by_role("button", name="Move").click()
    expect(page.locator(".toast.is-wrong").get_by_role("link", name="Approval of the band")).to_have_attribute(
        "href", f"/jobs/{job.pk}/band"
    )
    expect(column(page, "New").locator(".card-name")).to_have_text(["Ada", "Bo", "Cy", "Di"])
    assert stage_of("Bo") == "New"


def test_keys_alone_walk_move_and_tick_and_many_are_decided_about_in_one_go(page: Page, job: Job) -> None:
    card(page, "Ada").locator(".card-name").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(column(page, "Shortlist").locator(".card-name")).to_have_text(["Bo"])
    expect(page.locator(".toast")).to_contain_text("Bo: moved to Shortlist.")
    card(page, "Ada").locator(".card-name").focus()
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 ticked.")
    page.get_by_role("button", name="Hold", exact=True).click()
    expect(page.get_by_role("heading", name="2 applicants will be put on hold.")).to_be_visible()
    page.get_by_role("button", name="Put on hold 2").click()
    expect(page.locator(".toast")).to_contain_text("2 put on hold.")
    assert Application.objects.filter(job=job, status="held").count() == 2
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Taken back for 2.")
    assert not Application.objects.filter(job=job, status="held").exists()


def test_on_a_phone_a_stage_at_a_time_is_open_and_a_card_is_moved_by_touch(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    has_settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(card(page, "Ada")).to_be_visible()
    card(page, "Ada").get_by_role("link", name="Move to…").click()
    page.locator("#move-dialog").get_by_role("button", name="Move").click()
    expect(page.locator(".toast")).to_contain_text("Ada: moved to Shortlist.")
    expect(card(page, "Ada")).not_to_be_visible()
    page.locator(".board-tabs").get_by_role("link", name="Shortlist").click()
    expect(card(page, "Ada")).to_be_visible()
    expect(card(page, "Bo")).not_to_be_visible()
    assert stage_of("Ada") == "Shortlist"


def put_into(job: Job, position: int, scores: list[int]) -> None:
    stage = Stage.objects.get(job=job, position=position)
    for score in scores:
        apply(job, f"S{score}", score=score, stage=stage)


def test_a_moved_card_stands_where_the_order_has_it_keeps_the_focus_and_nothing_scrolls(page: Page, job: Job) -> None:
    put_into(job, 2, [99, 95, 89, 80, *range(20, 32)])
    page.reload()
    has_settled(page)
    column(page, "Shortlist").evaluate("(list) => list.scrollTo(0, 40)")
    drag(page, "Bo", "Shortlist")
    expect(page.locator(".toast")).to_contain_text("Bo: moved to Shortlist. Number 3 of 17 there.")
    shown = column(page, "Shortlist").locator(".card-name")
    expect(shown.nth(2)).to_have_text("Bo")
    expect(shown.nth(3)).to_have_text("S89")
    expect(card(page, "Bo").locator(".card-name")).to_be_focused()
    assert column(page, "Shortlist").evaluate("(list) => list.scrollTop") == 40
    placed = shown.all_text_contents()
    page.reload()
    has_settled(page)
    expect(shown).to_have_text(placed)


def test_keys_pressed_faster_than_the_server_answers_all_count_and_the_card_is_followed(page: Page, job: Job) -> None:
    def answer_late(route: Route) -> None:
        expect(column(page, "Work sample").locator(".card-name").filter(has_text="Ada")).to_have_count(1)
        route.continue_()

    put_into(job, 3, [99, 98, 97, 96, 95, 94, 93, 50])
    page.reload()
    has_settled(page)
    page.route(re.compile(r"/move$"), answer_late)
    card(page, "Ada").locator(".card-name").focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".toast")).to_contain_text("Ada: moved to Work sample. Number 8 of 9 there.")
    expect(page.locator(".toast")).to_have_count(1)
    expect(column(page, "Work sample").locator(".card-name").nth(7)).to_have_text("Ada")
    expect(card(page, "Ada").locator(".card-name")).to_be_focused()
    expect(card(page, "Ada").locator(".card-name")).to_be_in_viewport()
    assert stage_of("Ada") == "Work sample"


def test_a_card_that_belongs_further_down_is_not_shown_on_top_but_the_message_leads_to_it(page: Page, job: Job) -> None:
    put_into(job, 2, [*range(60, 100)])
    apply(job, "Low", score=10)
    page.reload()
    has_settled(page)
    card(page, "Low").locator(".card-name").focus()
    page.keyboard.press("Shift+ArrowRight")
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Low: moved to Shortlist. Further down there, number 41 of 41.")
    expect(card(page, "Low")).to_have_count(0)
    expect(card(page, "Di").locator(".card-name")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Low is back in New. Number 5 of 5 there.")
    expect(column(page, "New").locator(".card-name")).to_have_text(["Ada", "Bo", "Cy", "Di", "Low"])
    card(page, "Low").locator(".card-name").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.locator(".toast").get_by_role("link", name="Show it there").click()
    expect(page.locator("[data-row] .row-link").first).to_have_text("Low")


def test_a_card_that_the_filter_leaves_out_where_it_went_is_said_to_be_so(page: Page, job: Job) -> None:
    page.goto(f"/jobs/{job.pk}/board?waiting=review")
    has_settled(page)
    card(page, "Ada").locator(".card-name").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".toast")).to_contain_text("Ada: moved to Shortlist. The filter leaves them out here.")
    expect(card(page, "Ada")).to_have_count(0)
    expect(card(page, "Bo").locator(".card-name")).to_be_focused()
    page.locator(".toast").get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", name="Ada", level=1)).to_be_visible()


HEADINGS = """() => [...document.querySelectorAll("main h1, main h2, main h3, main h4")]
  .filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]))"""


def test_no_level_of_heading_is_skipped_on_a_phone_whichever_stage_is_open(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    has_settled(page)
    for name in ("", "Shortlist", "Offer"):
        if name:
            tab = page.locator(".board-tabs").get_by_role("link", name=name)
            tab.click()
            expect(tab).to_have_attribute("aria-current", "")
        levels = page.evaluate(HEADINGS)
        assert levels.count(3) == 1
        assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False)), (name, levels)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
