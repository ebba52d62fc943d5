"""From one sentence to an approved request and an open job, walked by the people it takes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Tab

pytestmark = pytest.mark.e2e
PROBLEM = "Spot faulty welds from pictures before the part leaves the line"


def test_a_sentence_becomes_an_approved_request_and_a_job(desk: Callable[..., Tab]) -> None:
    manager = desk("manager")
    request = begin(manager)
    describe_the_problem(manager, request)
    set_a_band(manager, request)
    name_money_and_people(manager, request)

    page = manager.page
    manager.go(request)
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("Submitted for approval.", exact=True)).to_be_visible()
    expect(page.get_by_text("Waiting for approval").first).to_be_visible()

    approver = desk("approver")
    approver.go("/define/")
    approver.page.get_by_role("link", name=re.compile(PROBLEM)).first.click()
    approver.page.get_by_role("button", name="Approve").click()
    expect(approver.page.get_by_text("Approved.", exact=True)).to_be_visible()
    expect(approver.page.get_by_text("Approved").first).to_be_visible()

    manager.go(request)
    page.get_by_role("button", name="Open the job").click()
    page.get_by_role("dialog").get_by_role("button", name="Open the job").click()
    page.wait_for_url(re.compile(r"/jobs/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(PROBLEM[:20])


def test_a_changed_band_takes_the_approval_with_it(desk: Callable[..., Tab]) -> None:
    recruiter = desk("recruiter")
    recruiter.go("/jobs/")
    recruiter.page.get_by_role("link", name="Forecasting Engineer, fresh produce").first.click()
    recruiter.page.wait_for_url(re.compile(r"/jobs/\d+/"))
    job = re.search(r"/jobs/(\d+)/", recruiter.page.url)
    assert job is not None
    recruiter.go(f"/jobs/{job.group(1)}/band")
    recruiter.page.get_by_role("link", name=re.compile(r"REQ-\d+-\d+")).first.click()
    recruiter.page.wait_for_url(re.compile(r"/requisitions/\d+/"))
    request = recruiter.page.url.removeprefix(recruiter.address)
    number = request.strip("/").rsplit("/", 1)[-1]
    expect(recruiter.page.get_by_text("Approved").first).to_be_visible()
    recruiter.go(
        f"/market/?for={number}&family=data-scientist&level=senior&place=NL&currency=EUR&low=90000&high=120000"
    )
    recruiter.page.get_by_role("button", name=re.compile("Save for")).click()
    expect(recruiter.page.get_by_text("The band is saved.")).to_be_visible()
    recruiter.go(request)
    expect(recruiter.page.get_by_text(re.compile("[Ll]apsed")).first).to_be_visible()


def begin(tab: Tab) -> str:
    """Start with one sentence; return the path of the request that it makes."""
    tab.go("/define/")
    tab.page.get_by_label("What decision or product should ML improve?").fill(PROBLEM)
    tab.page.get_by_role("button", name="Start").click()
    tab.page.wait_for_url(re.compile(r"/requisitions/\d+/"))
    return tab.page.url.removeprefix(tab.address)


def describe_the_problem(tab: Tab, request: str) -> None:
    """Answer some of the intake and see the role follow while answering; then make it."""
    page = tab.page
    tab.go(f"/roles/compile?for={_number(request)}")
    choose(page, "A model that works every day")
    choose(page, "Images or video")
    choose(page, "Deep learning")
    choose(page, "In real time")
    choose(page, "One or two who train models")
    expect(page.get_by_role("heading", name=re.compile("Computer Vision Engineer")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Make (this|the) role")).first.click()
    page.wait_for_url(re.compile(r"/roles/intakes/\d+/"))


def set_a_band(tab: Tab, request: str) -> None:
    """Place a band on what is posted, and keep it for the request."""
    tab.go(f"/market/?for={_number(request)}&place=US&currency=USD&low=150000&high=190000")
    tab.page.get_by_role("button", name=re.compile("Save for")).click()
    expect(tab.page.get_by_text("The band is saved.")).to_be_visible()


def name_money_and_people(tab: Tab, request: str) -> None:
    """Name the budget and one approver."""
    page = tab.page
    tab.go(f"{request}edit")
    page.get_by_label("Budget for a year").fill("320000")
    page.get_by_label(re.compile("^Advised")).check()
    page.get_by_role("button", name="Save the request").click()
    page.wait_for_url(re.compile(rf"{re.escape(request)}$"))
    tab.go(f"{request}people")
    page.get_by_role("link", name="One approver").click()
    page.get_by_label("Approver").first.select_option(label="Oliver Marsh")
    page.get_by_role("button", name="Save the people").click()
    page.wait_for_url(re.compile(rf"{re.escape(request)}$"))


def choose(page: Page, label: str) -> None:
    """Tick an answer by its words, and see the verdict that follows from it."""
    with page.expect_response("**/roles/compile/verdict") as answer:
        page.get_by_label(re.compile(f"^{re.escape(label)}")).first.check()
    answer.value.finished()


def _number(request: str) -> str:
    return request.strip("/").rsplit("/", 1)[-1]
