"""An import in a real browser: dropped, looked at, tried dry, imported, watched to its end, and taken back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Tab
from tests.tabs import come_late

pytestmark = pytest.mark.e2e
RESUME = """{name}
{email}

Experience

Machine Learning Engineer, Lighthouse Parcels, 2020-03 - Present
- Deployed a routing model to production that answers 900 requests a second at 35 ms p99.
- Was on call for it and cut incidents by 40 %.
"""
TABLE = """Full name,E-mail,CV
Ottilie Import,ottilie@import.example,ottilie.txt
Bruno Import,bruno at import,
Carla Import,carla@import.example,
"""


def write_files(folder: Path) -> list[Path]:
    names = {"ottilie.txt": "Ottilie Import", "dora.md": "Dora Import", "enno.txt": "Enno Import"}
    for file, name in names.items():
        email = f"{name.split()[0].lower()}@import.example"
        (folder / file).write_text(RESUME.format(name=name, email=email), encoding="utf-8")
    (folder / "people.csv").write_text(TABLE, encoding="utf-8")
    return [folder / file for file in (*names, "people.csv")]


def count_of(page: Page, outcome: str) -> str:
    return page.locator(f".outcome-{outcome} dd").first.inner_text()


def test_files_and_a_table_are_previewed_tried_imported_watched_and_taken_back(
    desk: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = desk("recruiter")
    page = tab.page
    tab.go("/jobs/")
    page.locator("a.row-link").first.click()
    page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    job = page.url
    page.goto(f"{job.rstrip('/')}/import/")
    page.locator("#dropzone-files").set_input_files(write_files(tmp_path))
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    expect(page.get_by_label("E-mail", exact=True)).to_have_value("email")
    expect(page.locator(".row-problems")).to_contain_text("This is not an e-mail address")

    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_role("heading", name="Dry run")).to_be_visible()
    assert (count_of(page, "imported"), count_of(page, "refused")) == ("4", "1")

    page.get_by_role("button", name="Import now").click()
    ranked = page.get_by_role("link", name="See the ranked applicants")
    expect(ranked).to_be_visible()
    assert (count_of(page, "imported"), count_of(page, "refused")) == ("4", "1")
    finished = page.url
    ranked.click()
    page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    for name in ("Ottilie Import", "Carla Import", "Dora Import", "Enno Import"):
        page.goto(f"{job}?q={name.split()[0]}")
        expect(page.get_by_role("link", name=name)).to_be_visible()

    page.goto(finished)
    page.get_by_role("button", name="Take it back").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Applications with which something has happened since")
    dialog.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name="Import these files again")).to_be_visible()
    page.goto(f"{job}?q=Ottilie")
    expect(page.get_by_role("link", name="Ottilie Import")).to_have_count(0)


def test_files_chosen_before_the_page_is_ready_are_sent_and_recognised_on_the_draft(
    desk: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = desk("recruiter")
    page = tab.page
    tab.go("/jobs/")
    page.locator("a.row-link").first.click()
    page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    files = write_files(tmp_path)[:3]
    let_it_come = come_late(page, re.compile("/js/dropzone"))
    page.goto(f"{page.url.rstrip('/')}/import/", wait_until="commit")
    page.locator("#dropzone-files").set_input_files(files)
    let_it_come()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    expect(page.locator(".items-frame .row-head")).to_have_count(3)
    with page.expect_navigation():
        page.locator("#dropzone-files").set_input_files(files)
    expect(page.locator(".items-frame .row-head")).to_have_count(3)
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".toast")).to_contain_text("The draft is gone")
