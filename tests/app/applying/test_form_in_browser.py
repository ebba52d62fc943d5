"""The click path of somebody who applies, in a real browser with the script: nothing asked twice or overwritten."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.app.applying.kit import RESUME

from assay.app.pipeline.models import Application, Job
from assay.knowledge.applying import sheets

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let this thread reach the database while the browser's driver keeps a loop of its own running in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def no_least_time(settings: Any, tmp_path: Path) -> None:
    """A house whose own sheet lets a form be sent at once: a browser driven by a test is faster than anybody reads."""
    own = tmp_path / "knowledge" / "applying"
    own.mkdir(parents=True)
    shipped = (Path(sheets.__file__).parent / "limits.yaml").read_text()
    (own / "limits.yaml").write_text(shipped.replace("least_seconds: 4", "least_seconds: 0"))
    settings.DATA_DIR = tmp_path


@pytest.fixture
def no_tasks_left(transactional_db: None) -> Iterator[None]:
    """Take the tasks that really were queued out again."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_events CASCADE")


def test_a_chosen_resume_is_read_in_place_and_fills_only_what_was_left_empty(
    no_tasks_left: None,
    no_least_time: None,
    live_server: LiveServer,
    chromium: Browser,
    slug: str,
    job: Job,
    tmp_path: Path,
) -> None:
    resume = tmp_path / "ada.txt"
    resume.write_bytes(RESUME)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"/careers/{slug}/apply")
    page.get_by_label("Where you live").fill("Köln")
    page.locator("#id_resume").set_input_files(resume)
    expect(page.locator("#id_name")).to_have_value("Ada Byron", timeout=30_000)
    expect(page.get_by_label("Where you live")).to_have_value("Köln")
    expect(page.locator("#id_name-help")).to_contain_text("Read from your résumé")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.locator("#id_agreed").check()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="Thank you. It is stored.")).to_be_visible(timeout=30_000)
    application = Application.objects.get(job=job)
    assert application.person.location == "Köln"
    assert application.documents.get().name == "ada.txt"
    assert context.cookies() == []
    assert complaints == []
    context.close()


def test_a_form_that_was_not_sent_puts_the_keyboard_on_what_is_missing(
    no_tasks_left: None, no_least_time: None, live_server: LiveServer, chromium: Browser, slug: str
) -> None:
    page = chromium.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844})
    page.goto(f"/careers/{slug}/apply")
    page.get_by_role("button", name="Send my application").click()
    summary = page.get_by_role("alert").filter(has_text="Nearly there")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    page.close()
