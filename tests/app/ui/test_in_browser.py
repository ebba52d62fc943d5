"""The look in a real Chromium, under the strict policy: keys, dialogs, quotes, theme, and what axe says."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from jinja2 import Environment
from playwright.sync_api import Browser, Page, expect
from tests.tabs import come_late, complaints_of, is_painted, viewport

from assay.app.ui.samples import guide_context

from .conftest import UI

pytestmark = pytest.mark.e2e
AXE = (Path(__file__).parents[2] / "e2e" / "vendor" / "axe.min.js").read_text()
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Shelf(SimpleHTTPRequestHandler):
    """Hands out files with the policy of the product."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(pages: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    shelf = tmp_path_factory.mktemp("shelf")
    (shelf / "static").symlink_to(UI / "static")
    for name in ("styleguide", "styleguide_review"):
        (shelf / f"{name}.html").write_text(pages.get_template(f"ui/{name}.html").render(guide_context()))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, directory=str(shelf))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport=viewport(1440))
    complaints = complaints_of(page)
    yield page
    page.close()
    assert complaints == []


def hold_the_clock(tab: Page) -> None:
    """Let no time pass in the page: a pause between two keys is none, and what flashes stays."""
    tab.clock.install()
    tab.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))


@pytest.mark.parametrize("name", ["styleguide", "styleguide_review"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(tab: Page, address: str, name: str, theme: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    tab.goto(f"{address}/{name}.html")
    tab.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_key_opens_the_map_and_escape_closes_it(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.keyboard.press("?")
    expect(tab.locator("#shortcut-map")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#shortcut-map")).to_be_hidden()


def test_a_key_pressed_before_the_scripts_are_there_is_answered_when_they_are(tab: Page, address: str) -> None:
    let_it_come = come_late(tab, re.compile("/js/shortcuts"))
    tab.goto(f"{address}/styleguide.html", wait_until="commit")
    is_painted(tab)
    tab.keyboard.press("?")
    expect(tab.locator("#shortcut-map")).to_be_hidden()
    let_it_come()
    expect(tab.locator("#shortcut-map")).to_be_visible()


def test_a_key_pressed_while_only_some_scripts_are_there_is_answered_once(tab: Page, address: str) -> None:
    let_it_come = come_late(tab, re.compile("/js/dropzone"))
    tab.goto(f"{address}/styleguide.html", wait_until="commit")
    expect(tab.get_by_role("button", name="Advance").first).to_have_attribute("aria-keyshortcuts", "a")
    tab.evaluate("addEventListener('click', () => { document.body.dataset.said = `${document.body.dataset.said}!`; })")
    is_painted(tab)
    tab.keyboard.press("a")
    let_it_come()
    expect(tab.locator("body")).to_have_attribute("data-said", "undefined!")


def test_a_button_pressed_before_the_scripts_are_there_is_answered_once(tab: Page, address: str) -> None:
    let_it_come = come_late(tab, re.compile("/js/dialog"))
    tab.goto(f"{address}/styleguide.html", wait_until="commit")
    tab.get_by_role("button", name="Add applicants").click()
    expect(tab.locator("#reject")).to_be_hidden()
    let_it_come()
    expect(tab.locator("#reject")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#reject")).to_be_hidden()


def test_keys_rest_while_one_types(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.keyboard.press("/")
    tab.keyboard.type("r?")
    expect(tab.get_by_role("searchbox")).to_have_value("r?")
    expect(tab.locator("#reject")).to_be_hidden()


def test_a_digit_picks_the_reason_of_a_rejection(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.keyboard.press("r")
    tab.keyboard.press("3")
    expect(tab.get_by_label("Pay expectation out of range")).to_be_checked()


def test_two_keys_in_turn_go_to_a_place(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    hold_the_clock(tab)
    tab.keyboard.press("g")
    tab.keyboard.press("c")
    expect(tab).to_have_url(re.compile("#candidates$"))


def test_a_verdict_leads_to_its_quote(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide_review.html")
    hold_the_clock(tab)
    tab.get_by_role("link", name="Met").nth(1).click()
    expect(tab.locator("mark.is-found")).to_have_attribute("data-quote-id", "c2")


def test_evidence_is_stepped_through_by_key(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide_review.html")
    hold_the_clock(tab)
    for expected in ("c1", "c2"):
        tab.keyboard.press("e")
        expect(tab.locator("mark.is-found")).to_have_attribute("data-quote-id", expected)


def test_the_theme_is_set_and_remembered(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.get_by_role("button", name="Dark").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.reload()  # The browser keeps a cookie before it asks for the page again.
    assert [cookie["value"] for cookie in tab.context.cookies() if cookie["name"] == "assay_theme"] == ["dark"]
    tab.context.clear_cookies()


def test_news_is_shown_and_can_be_dismissed(tab: Page, address: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.evaluate("document.dispatchEvent(new CustomEvent('assay:toast', {detail: {message: 'Saved.'}}))")
    expect(tab.get_by_role("status").filter(has_text="Saved.")).to_be_visible()


def test_the_menu_opens_on_a_phone_without_a_script_of_ours(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}/styleguide.html")
    expect(tab.get_by_role("link", name="Candidates")).to_be_hidden()
    tab.get_by_role("button", name="Menu").click()
    expect(tab.get_by_role("link", name="Candidates")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "said"),
    [(405, "cannot be done from here"), (413, "too much at once"), (429, "wait a few minutes"), (500, "Try again")],
)
def test_what_a_script_was_refused_is_said_in_words_of_its_own(tab: Page, address: str, status: int, said: str) -> None:
    tab.goto(f"{address}/styleguide.html")
    tab.evaluate(
        "status => document.dispatchEvent(new CustomEvent('htmx:responseError', {detail: {xhr: {status}}}))", status
    )
    expect(tab.locator("#toasts .toast.is-wrong")).to_contain_text(said)
