"""The way into the form from an advert, and what is told once it is sent: all of it, with the letter's address."""

from dataclasses import replace

from django.test import Client
from tests.app.applying.conftest import ADVERT

from assay.app.messaging.models import Message
from assay.app.postings.models import Publication
from assay.app.postings.writing import Draft, draft_to_content


def test_an_advert_with_a_form_offers_it_under_the_title_and_mail_only_as_a_quiet_link_at_the_end(slug):
    terms = replace(ADVERT.terms, apply_url="mailto:jobs@bus.example")
    Publication.objects.filter(slug=slug).update(content=draft_to_content(Draft(replace(ADVERT, terms=terms))))
    page = Client().get(f"/careers/{slug}/").content.decode()
    title, first, problem = page.index("</h1>"), page.index('class="apply"'), page.rindex("Our buses arrive")
    assert title < first < problem
    assert page.count('class="apply"') == 2 and page.count("Apply here, ") == 2
    assert page.index("jobs@bus.example") > page.rindex('class="apply"')
    assert "Or <a href=" in page and ">apply by e-mail</a>" in page


def test_the_page_that_thanks_and_the_receipt_name_everything_stored_and_where_the_letter_goes(stranger, settings):
    settings.EMAIL_HOST = "mail.example"
    page = stranger.send(phone="+49 30 7654321", location="Köln", links="github.com/ada").content.decode()
    letter = Message.objects.get()
    for told in ("+49 30 7654321", "Köln", "https://github.com/ada", "ada@example.org", "résumé.txt"):
        assert told in page and told in letter.body, told
    assert "A letter with this receipt is on its way to" in page


def test_without_a_mail_server_the_page_says_that_the_letter_waits(stranger, settings):
    settings.EMAIL_HOST = ""
    page = stranger.send().content.decode()
    assert "leaves as soon as mail can be sent" in page and "ada@example.org" in page


def test_a_field_read_from_the_file_is_still_said_to_be_so_when_the_form_comes_back(stranger):
    page = stranger.send(name="", from_file="phone location").content.decode()
    assert page.count("Read from your résumé. Change it if it is not right.") == 2
