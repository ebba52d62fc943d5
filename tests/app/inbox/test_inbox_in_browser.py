"""The inbox on a phone: each line offers its step, as it does on a desk."""

import pytest
from playwright.sync_api import expect
from tests.app.inbox.test_inbox_page import waits
from tests.app.pipeline.cast import apply
from tests.tabs import OpenTab

from assay.app.pipeline.models import Job
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1440])
def test_every_line_offers_its_step_and_a_way_to_put_it_off(
    width: int, job: Job, manager: User, open_tab: OpenTab
) -> None:
    waits(apply(job, "Ada"), WorkState.DECISION, due_in=20)
    page = open_tab(manager, width=width)
    page.goto("/inbox/")
    line = page.get_by_role("listitem").filter(has_text="Ada")
    expect(line.get_by_role("button", name="Put off Ada")).to_be_visible()
    expect(line.get_by_role("link", name="Decide", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    line.get_by_role("link", name="Decide", exact=True).click()
    expect(page.get_by_role("heading", name="Ada", level=1)).to_be_visible()
