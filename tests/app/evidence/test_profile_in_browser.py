"""From a bar to the words it rests on, by keyboard, on a phone: the one path that the profile is for."""

import re

import pytest
from playwright.sync_api import expect
from tests.app.evidence.talks import arrange, hand_in

pytestmark = pytest.mark.e2e


@pytest.mark.django_db(transaction=True)
def test_a_piece_of_a_bar_opens_the_words_it_rests_on_and_a_chip_their_source(open_tab, ada, recruiter, interviewer):
    words = "Told how the alert fired at three and what they changed after."
    hand_in(arrange(ada, interviewer), interviewer, {"monitoring": (3, words)})
    phone = open_tab(recruiter, width=390)
    phone.goto(f"/applications/{ada.pk}/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    known = phone.locator("#known-monitoring")
    expect(known.get_by_text(words)).to_be_hidden()
    known.locator(".known-segments a").filter(has_text="Ivo").focus()
    phone.keyboard.press("Enter")
    expect(known.get_by_text(words)).to_be_visible()

    known.locator(".known-sources a").filter(has_text="Résumé").click()
    phone.wait_for_url(re.compile(r"tab=documents#k-monitoring$"))
    expect(phone.locator('[data-quote-id~="k-monitoring"]').first).to_be_in_viewport()
