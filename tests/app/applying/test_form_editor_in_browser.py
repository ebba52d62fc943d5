"""The editor of a form in a real Chromium: a question shows the fields that count for its kind, without any script."""

import pytest
from playwright.sync_api import Locator, expect
from tests.tabs import OpenTab

from assay.app.pipeline.models import Job
from assay.platform.accounts.models import User

pytestmark = pytest.mark.e2e
FIELDS = ("Characters at most", "The answer we need", "Choices")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("A line of text", {"Characters at most"}),
        ("Several lines of text", {"Characters at most"}),
        ("Yes or no", {"The answer we need"}),
        ("One of several", {"The answer we need", "Choices"}),
        ("A number", set()),
    ],
)
def test_a_question_shows_the_fields_that_count_for_its_kind(
    kind: str, shown: set[str], open_tab: OpenTab, recruiter: User, job: Job
) -> None:
    page = open_tab(recruiter, width=390)
    page.goto(f"/jobs/{job.pk}/form")
    question = page.get_by_role("group", name="A further question").first
    question.get_by_label("Kind").select_option(kind)
    for field in FIELDS:
        expect(labelled(question, field)).to_be_visible(visible=field in shown)
    for field in ("A hint below it", "Place", "Needs an answer"):
        expect(labelled(question, field)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def labelled(question: Locator, label: str) -> Locator:
    return question.get_by_label(label)
