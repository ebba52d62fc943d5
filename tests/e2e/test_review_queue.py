"""The review queue in a real browser: keys, dialogs, evidence that leads to its quote, and a phone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Tab

pytestmark = pytest.mark.e2e

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
Desk = Callable[..., Tab]
FLASH_MS = 1_800


def open_queue(tab: Tab, query: str = "") -> Page:
    """Open the queue of the job that was opened first, where the demo's applicants are."""
    tab.go("/jobs/")
    links = tab.page.locator("a[href^='/jobs/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    job = min(int(found[1]) for link in links if (found := re.match(r"^/jobs/(\d+)/$", link)))
    assert tab.go(f"/jobs/{job}/review/{query}") == 200
    expect(name_of(tab.page)).not_to_be_empty()
    expect(tab.page.locator("#review.has-panes")).to_have_count(1)
    return tab.page


def name_of(page: Page) -> Any:
    return page.locator("[data-review-name]")


def press_and_meet(page: Page, key: str) -> str:
    """Press a key that leads to somebody else, and return who that is."""
    before = name_of(page).inner_text()
    page.keyboard.press(key)
    expect(name_of(page)).not_to_have_text(before)
    return str(name_of(page).inner_text())


def hold_the_clock(page: Page) -> None:
    """Let no time pass in the page from now on: what flashes stays until the test lets the clock run."""
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))


def take_back(page: Page, name: str) -> None:
    page.keyboard.press("z")
    expect(name_of(page)).to_have_text(name)


def screened_one(page: Page, kind: str) -> None:
    """Go on until a candidate is shown whose quotes lie on pages ("rect") or in text ("mark"), with a claim."""
    for _ in range(30):
        if (
            page.locator(f"{kind}[data-quote-id]").count()
            and page.locator(".review-criteria [data-quote-target]").count()
        ):
            return
        press_and_meet(page, "j")
    raise AssertionError(f"nobody in the queue has a document with {kind} over its quotes")


def findings(page: Page) -> list[object]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")
    return [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found["violations"]]


def test_j_and_k_walk_the_queue_and_the_browser_can_go_back(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    first = name_of(page).inner_text()
    second = press_and_meet(page, "j")
    third = press_and_meet(page, "j")
    assert len({first, second, third}) == 3
    expect(page.locator(".review-position")).to_contain_text("3 of")
    assert press_and_meet(page, "k") == second
    expect(page).to_have_title(re.compile(re.escape(second)))
    page.go_back()
    expect(name_of(page)).to_have_text(third)
    expect(page.locator(".rail, nav").first).to_be_visible()


def test_a_advances_and_the_toast_takes_it_back(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    name = name_of(page).inner_text()
    press_and_meet(page, "a")
    toast = page.locator("#toasts [data-toast]").filter(has_text=name)
    expect(toast).to_contain_text("advanced to")
    toast.get_by_role("button", name="Undo").click()
    expect(name_of(page)).to_have_text(name)
    expect(page.locator(".review-position")).to_contain_text("1 of")


def test_r_rejects_with_a_digit_a_note_and_the_evidence_it_rests_on(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    screened_one(page, "[data-review-document] ")
    name = name_of(page).inner_text()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("4")
    expect(dialog.get_by_label("Below the level of the role")).to_be_checked()
    dialog.get_by_label(re.compile("^Score ")).check()
    dialog.get_by_label("Note for the team").fill("3 of 4 ja")
    expect(dialog.get_by_label("Below the level of the role")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(name_of(page)).not_to_have_text(name)
    expect(page.locator("#toasts [data-toast]").filter(has_text=name)).to_contain_text("Below the level of the role")
    take_back(page, name)


def test_a_rejection_that_rests_on_nothing_is_not_sent_in_silence(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    name = name_of(page).inner_text()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("4")
    ticked = dialog.locator("input[name=evidence]:checked")
    while ticked.count():
        ticked.first.uncheck()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("Tick at least one")).locator("visible=true").first).to_be_visible()
    expect(name_of(page)).to_have_text(name)
    expect(page.locator(".review-head")).not_to_contain_text("rejected")


def test_h_holds_until_a_day_and_s_moves_to_a_stage(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    name = name_of(page).inner_text()
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts [data-toast]").filter(has_text=name)).to_contain_text("put on hold until")
    expect(name_of(page)).not_to_have_text(name)
    take_back(page, name)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts [data-toast]").filter(has_text=name).last).to_contain_text("moved to")
    expect(name_of(page)).not_to_have_text(name)
    take_back(page, name)


@pytest.mark.parametrize(
    ("kind", "query"), [("rect", "?show=all"), ("mark", "?show=all&view=text")], ids=["PDF pages", "text"]
)
def test_a_verdict_leads_to_its_quote_and_lets_it_flash(desk: Desk, kind: str, query: str) -> None:
    page = open_queue(desk("recruiter"), query)
    screened_one(page, kind)
    verdict = page.locator(".review-criteria [data-quote-target]").first
    target = verdict.get_attribute("data-quote-target")
    hold_the_clock(page)
    verdict.click()
    quote = page.locator(f"{kind}[data-quote-id~='{target}']").first
    expect(quote).to_have_class(re.compile("is-found"))
    expect(quote).to_be_in_viewport()
    page.clock.run_for(FLASH_MS)
    expect(quote).not_to_have_class(re.compile("is-found"))


def test_e_goes_from_quote_to_quote(desk: Desk) -> None:
    page = open_queue(desk("recruiter"), "?show=all")
    screened_one(page, "rect")
    found = page.locator(".is-found").first
    hold_the_clock(page)
    page.keyboard.press("e")
    expect(found).to_be_in_viewport()
    first = found.get_attribute("data-quote-id")
    page.keyboard.press("e")
    expect(found).not_to_have_attribute("data-quote-id", first or "")


def test_the_question_mark_shows_the_keys(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    page.keyboard.press("?")
    dialog = page.locator("#shortcut-map")
    expect(dialog).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)


def test_keys_rest_while_somebody_types(desk: Desk) -> None:
    page = open_queue(desk("recruiter"))
    name = name_of(page).inner_text()
    page.keyboard.press("/")
    page.keyboard.type("jazz har")
    expect(page.get_by_role("searchbox", name="Words in their documents")).to_have_value("jazz har")
    expect(name_of(page)).to_have_text(name)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_interviewers_keys_decide_nothing(desk: Desk) -> None:
    page = open_queue(desk("interviewer"))
    name = name_of(page).inner_text()
    for key in "arhsz":
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(name_of(page)).to_have_text(name)
    expect(page.get_by_text("You can read this, not decide")).to_be_visible()
    press_and_meet(page, "j")


def test_on_a_phone_the_panes_are_tabs_and_evidence_opens_the_resume(desk: Desk) -> None:
    page = open_queue(desk("recruiter", width=390))
    for _ in range(20):
        if page.locator("[data-review-document] [data-quote-id]").count():
            break
        before = str(name_of(page).text_content())
        page.get_by_role("link", name="Next candidate").click()
        expect(name_of(page)).not_to_have_text(before)
    document, criteria = page.locator("#review-document"), page.locator(".review-criteria .criteria-score")
    expect(document).to_be_visible()
    expect(criteria).to_be_hidden()
    page.get_by_role("link", name="Criteria").click()
    expect(criteria).to_be_visible()
    expect(document).to_be_hidden()
    hold_the_clock(page)
    page.locator(".review-criteria button[data-quote-target^='c']").first.click()
    expect(document).to_be_visible()
    expect(page.locator(".is-found").first).to_be_in_viewport()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("width", [390, 1440])
def test_every_dialog_reads_well_for_everybody(desk: Desk, width: int) -> None:
    page = open_queue(desk("recruiter", width=width))
    assert findings(page) == []
    for key in "rhs":
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert findings(page) == [], key
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
