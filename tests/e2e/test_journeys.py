"""The ways through the product that people come for, walked in a real browser."""

import csv
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Product, Tab
from tests.e2e.resumes import write_resumes
from tests.tabs import sign_in

pytestmark = pytest.mark.e2e
_RUNNING_NUMBER = count(1)
PASSWORD = "a sentence nobody else would choose"


def test_an_invitation_becomes_an_account_that_can_have_a_second_factor(
    desk: Callable[..., Tab], product: Product
) -> None:
    admin = desk("admin")
    admin.go("/people/")
    admin.page.get_by_role("button", name="Invite").click()
    admin.page.get_by_label("E-mail").fill("newcomer@new.example")
    admin.page.get_by_role("button", name="Make the link").click()
    link = admin.page.get_by_label("The link").input_value()

    page = desk(None).page
    page.goto(link)
    page.get_by_label("Your name").fill("Mirela Stan")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(lambda url: "/invitations/" not in url)

    again = desk(None).page
    sign_in(again, address=product.address, email="newcomer@new.example", password=PASSWORD)
    again.goto(f"{product.address}/account/")
    again.get_by_role("link", name="Second factor and passkeys").click()
    again.get_by_role("link", name=re.compile("Activate|Set up")).first.click()
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="Confirm").click()
    expect(again.get_by_label(re.compile("code", re.IGNORECASE)).first).to_be_visible()


def test_a_recruiter_opens_a_job_drops_in_files_and_reads_the_ranking(desk: Callable[..., Tab], tmp_path: Path) -> None:
    tab = desk("recruiter")
    open_job(tab, title=f"Engineer of the pricing model {next(_RUNNING_NUMBER)}")
    tab.page.get_by_role("link", name=re.compile("Add applicants|Import")).first.click()
    tab.page.wait_for_url(re.compile("/import/$"))
    tab.page.locator("#dropzone-files").set_input_files(write_resumes(tmp_path))
    tab.page.get_by_role("button", name="Import 3 applicants").click()
    tab.page.get_by_role("link", name="See the ranked applicants").click()
    names = tab.page.locator("a.row-link")
    expect(names).to_have_count(3)
    assert sorted(names.all_inner_texts()) == ["Edda Sorensen", "Milan Horvat", "Rosalind Achebe"]
    expect(names.first).to_have_text("Rosalind Achebe")
    expect(tab.page.locator("tr", has_text="Rosalind Achebe").locator("q")).to_be_visible()


def test_a_hiring_manager_compares_three_and_takes_the_shortlist_along(desk: Callable[..., Tab]) -> None:
    tab = desk("manager")
    tab.go(first_job(tab))
    tab.page.get_by_role("link", name="Shortlist").click()
    tab.page.wait_for_url(re.compile(r"/jobs/\d+/shortlist$"))
    names = [text.split(". ", 1)[1] for text in tab.page.locator(".shortlisted h2").all_inner_texts()]
    assert len(names) >= 3
    for name in names[:3]:
        tab.page.get_by_role("checkbox", name=f"Compare {name}").check()
    with tab.page.expect_download() as table:
        tab.page.get_by_role("link", name="CSV").click()
    with tab.page.expect_download() as paper:
        tab.page.get_by_role("link", name="PDF").click()
    rows = list(csv.reader(Path(table.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert all(any(name in cell for row in rows for cell in row) for name in names)
    assert all(name in _text_of(Path(paper.value.path())) for name in names)
    tab.page.get_by_role("button", name="Compare").click()
    expect(tab.page.locator("table.matrix thead th a")).to_have_text(names[:3])


def test_an_interviewer_reads_but_decides_nothing_not_even_with_a_forged_form(desk: Callable[..., Tab]) -> None:
    tab = desk("interviewer")
    job = first_job(tab)
    tab.go(job)
    expect(tab.page.locator("a.row-link").first).to_be_visible()
    application, _, _ = str(tab.page.locator("a.row-link").first.get_attribute("href")).partition("?")
    tab.go(application)
    for name in ("Advance", "Hold", "Reject", "Undo"):
        expect(tab.page.get_by_role("button", name=name)).to_have_count(0)
    tab.go("/account/")
    tab.page.evaluate("path => { document.querySelector('main form').action = path }", f"{application}decide")
    tab.forgive(403)
    with tab.page.expect_response(lambda answer: answer.url.endswith(f"{application}decide")) as refusal:
        tab.page.get_by_role("button", name="Save").click()
    assert refusal.value.status == 403
    tab.page.wait_for_url(re.compile("/decide$"))
    expect(tab.page.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.page.locator("main")).not_to_contain_text("Traceback")
    expect(tab.page.get_by_role("link").first).to_be_visible()


def test_a_confidential_job_does_not_exist_for_those_outside_its_team(desk: Callable[..., Tab]) -> None:
    recruiter = desk("recruiter")
    path = open_job(recruiter, title=f"Quiet hire {next(_RUNNING_NUMBER)}", is_confidential=True)
    admin = desk("admin")
    admin.forgive(404)
    for tail in ("", "review/", "shortlist", "import/", "shortlist.csv"):
        assert admin.go(path + tail) == 404
    admin.go("/jobs/?show=all")
    expect(admin.page.get_by_text("Quiet hire")).to_have_count(0)


def test_a_rejection_and_its_undo_need_no_mouse(desk: Callable[..., Tab]) -> None:
    tab = desk("recruiter")
    page, keys = tab.page, tab.page.keyboard
    job = first_job(tab)
    _tab_to(page, re.compile(f"^{job}$"))
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    _tab_to(page, re.compile(r"/review/$"))
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/review/"))
    name = page.locator("[data-review-name]").inner_text()
    keys.press("r")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("1")
    _tick_some_evidence_by_key(page)
    keys.press("Control+Enter")
    expect(page.locator("[data-review-name]")).not_to_have_text(name)
    expect(page.get_by_role("button", name="Undo").last).to_be_visible()
    keys.press("z")
    expect(page.locator("[data-review-name]")).to_have_text(name)
    tab.go(str(page.get_by_role("link", name="Profile").get_attribute("href")))
    page.get_by_role("link", name="History").click()
    page.wait_for_url(re.compile("tab=history"))
    expect(page.locator("main")).to_contain_text(re.compile("undone|undid|taken back|took .* back", re.IGNORECASE))


def open_job(tab: Tab, *, title: str, is_confidential: bool = False) -> str:
    """Open a job from the role of ML engineers, with a hiring manager in its team; return its path."""
    page = tab.page
    tab.go("/jobs/new")
    page.get_by_role("link", name=re.compile("^Machine Learning Engineer")).click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("The problem").fill("Prices are changed by hand once a week, and we lose margin in between.")
    if is_confidential:
        page.get_by_label("Confidential job").check()
    row = page.locator(".team-row", has=page.locator("select[name^=user_]")).last
    row.get_by_label(re.compile("^Person")).select_option(label=_option(page, "Tomasz Wilk"))
    row.get_by_label(re.compile("^Seat")).select_option(label="Hiring manager")
    page.get_by_role("button", name="Open the job").click()
    page.wait_for_url(re.compile(r"/jobs/\d+/"))
    found = re.search(r"/jobs/\d+/", page.url)
    assert found
    return found.group()


def first_job(tab: Tab) -> str:
    """Return the path of the demo's first job."""
    tab.go("/jobs/")
    return str(tab.page.get_by_role("link", name="Machine Learning Engineer, payment risk").get_attribute("href"))


def _option(page: Page, name: str) -> str:
    return page.locator("select[name^=user_] option", has_text=name).first.inner_text()


def _tab_to(page: Page, address: re.Pattern[str]) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        link = page.evaluate("document.activeElement.closest('main a')?.getAttribute('href') ?? ''")
        if address.search(link):
            return
    raise AssertionError(f"no link to {address.pattern} within 60 steps of the Tab key")


def _tick_some_evidence_by_key(page: Page) -> None:
    if page.locator("dialog[open] input[name=evidence]:checked").count():
        return
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "evidence":
            page.keyboard.press("Space")
            return
    raise AssertionError("no evidence to tick by key")


def _text_of(paper: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(paper) as document:
        return " ".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
