"""The click path of somebody who applies, in a real browser with the script: nothing asked twice or overwritten."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.app.applying.kit import RESUME
from tests.tabs import OpenTab

from assay.app.pipeline.models import Application, Job
from assay.knowledge.applying import sheets

pytestmark = pytest.mark.e2e


@pytest.fixture
def no_least_time(settings: Any, tmp_path: Path) -> None:
    """A house whose own sheet lets a form be sent at once: a browser driven by a test is faster than anybody reads."""
    own = tmp_path / "knowledge" / "applying"
    own.mkdir(parents=True)
    shipped = (Path(sheets.__file__).parent / "limits.yaml").read_text()
    (own / "limits.yaml").write_text(shipped.replace("least_seconds: 4", "least_seconds: 0"))
    settings.DATA_DIR = tmp_path


def test_a_chosen_resume_is_read_in_place_and_fills_only_what_was_left_empty(
    no_least_time: None,
    open_tab: OpenTab,
    slug: str,
    job: Job,
    tmp_path: Path,
) -> None:
    resume = tmp_path / "ada.txt"
    resume.write_bytes(RESUME)
    page = open_tab(width=390)
    page.goto(f"/careers/{slug}/apply")
    page.get_by_label("Where you live").fill("Köln")
    page.locator("#id_resume").set_input_files(resume)
    expect(page.locator("#id_name")).to_have_value("Ada Byron")
    expect(page.get_by_label("Where you live")).to_have_value("Köln")
    expect(page.locator("#id_name-help")).to_contain_text("Read from your résumé")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.locator("#id_agreed").check()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="Thank you. It is stored.")).to_be_visible()
    application = Application.objects.get(job=job)
    assert application.person.location == "Köln"
    assert application.documents.get().name == "ada.txt"
    assert page.context.cookies() == []


def test_a_form_that_was_not_sent_puts_the_keyboard_on_what_is_missing(
    no_least_time: None, open_tab: OpenTab, slug: str
) -> None:
    page = open_tab(width=390, may_be_refused=True)
    page.goto(f"/careers/{slug}/apply")
    page.get_by_role("button", name="Send my application").click()
    summary = page.get_by_role("alert").filter(has_text="Nearly there")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
