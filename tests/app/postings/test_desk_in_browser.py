"""The desk in a real Chromium under the real policy: what is typed is checked, a click changes the words."""

import pytest
from playwright.sync_api import expect
from tests.app.postings.adverts import TODAY, whole_advert
from tests.tabs import OpenTab

from assay.app.postings.actions.publishing import Wish, publish
from assay.app.postings.models import Advert, Publication
from assay.platform.accounts.models import User

pytestmark = pytest.mark.e2e


@pytest.mark.django_db(transaction=True)
def test_typing_shows_a_finding_and_a_click_on_its_fix_changes_the_words(open_tab: OpenTab, recruiter: User) -> None:
    advert_id = whole_advert(recruiter)
    publish(actor=recruiter, advert_id=advert_id, wish=Wish(Advert.objects.get().revision), as_of=TODAY)
    strangers = open_tab()
    strangers.goto(f"/careers/{Publication.objects.get().slug}/")
    expect(strangers.get_by_role("heading", level=1)).to_contain_text("arrival times")

    tab = open_tab(recruiter)
    tab.goto(f"/adverts/{advert_id}/")
    field = tab.get_by_role("textbox", name="About us")
    field.fill("")
    field.press_sequentially("We want a rockstar here.")
    finding = tab.locator("#findings-about .finding").filter(has_text="rockstar")
    expect(finding).to_be_visible()
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == len("We want a rockstar here.")
    # All of it was saved, so no further answer draws the findings again under the pointer.
    expect(tab.locator("[data-unsaved]")).to_be_hidden()

    finding.get_by_role("button", name="Replace with").click()
    expect(field).not_to_have_value("We want a rockstar here.")
    expect(finding).to_have_count(0)
    expect(field).to_be_focused()
    tab.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("We want a rockstar here.")
