from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404

from assay.app.market.models import PayBand, PayObservation
from assay.app.market.pay.actions import add_own_pay, save_band, void_own_pay
from assay.app.market.pay.answering import PayQuestion, answer_pay
from assay.app.market.pay.queries import list_own_pay
from assay.app.market.pay.reading import OwnRecord
from assay.app.requisitions.models import Requisition
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
ASKED = {"family": "ml-engineer", "level": "senior", "place": "US", "low": "190k", "high": "250,000"}


def answer():
    band = Band(low=190_000.0, high=250_000.0)
    question = PayQuestion(family="ml-engineer", level="senior", country="US", band=band)
    return answer_pay(question=question, own=(), today=TODAY)


def offer(note=""):
    return OwnRecord("offer_made", "ml-engineer", "senior", "US", "", "USD", Decimal(200_000), TODAY, note)


def test_text_that_a_database_cannot_hold_is_cleaned_before_it_is_kept(recruiter, browse):
    client = browse(recruiter)
    client.post("/market/bands/save", {**ASKED, "title": "Rank\0ing\x1b", "note": "To\0 match\nus"})
    kept = PayBand.objects.get()
    assert (kept.title, kept.note) == ("Rank ing", "To match\nus")
    add_own_pay(actor=recruiter, records=[offer(note="second\0round")])
    row = PayObservation.objects.get()
    assert row.note == "second round"
    client.post("/market/own/void", {"observation": row.pk, "reason": "\0wrong\0 city\0"})
    row.refresh_from_db()
    assert row.void_reason == "wrong city"


def test_a_text_of_nothing_but_control_characters_is_no_text(recruiter, browse):
    client = browse(recruiter)
    refused = client.post("/market/bands/save", {**ASKED, "title": "\0"}, follow=True)
    assert "Give the band a name" in refused.content.decode()
    add_own_pay(actor=recruiter, records=[offer()])
    refused = client.post(
        "/market/own/void", {"observation": PayObservation.objects.get().pk, "reason": "\0"}, follow=True
    )
    assert "Say why it does not count" in refused.content.decode()
    assert not PayBand.objects.exists()


def test_a_text_that_is_too_long_is_refused_and_not_cut(recruiter):
    with pytest.raises(PayQuestionError, match="at most 200 characters"):
        save_band(actor=recruiter, title="x" * 201, note="", answer=answer(), benchmark={})
    with pytest.raises(PayQuestionError, match="at most 500 characters"):
        save_band(actor=recruiter, title="x", note="x" * 501, answer=answer(), benchmark={})
    add_own_pay(actor=recruiter, records=[offer()])
    with pytest.raises(PayQuestionError, match="at most 300 characters"):
        void_own_pay(actor=recruiter, observation_id=PayObservation.objects.get().pk, reason="x" * 301)


def test_nobody_saves_a_band_for_a_requisition_that_is_not_theirs_to_change(recruiter):
    outsider = User.objects.create_user("omar@assay.example", "a long password", role=Role.HIRING_MANAGER)
    theirs = Requisition.objects.create(code="REQ-9", title="Quiet plan", is_confidential=True, created_by=recruiter)
    with pytest.raises((Forbidden, Http404)):
        save_band(actor=outsider, title="Mine", note="", answer=answer(), benchmark={}, requisition_id=theirs.pk)
    assert not PayBand.objects.exists()


def test_every_own_figure_can_be_reached_and_taken_out_page_by_page(recruiter, browse, monkeypatch):
    monkeypatch.setattr("assay.app.market.pay.queries.OWN_PER_PAGE", 3)
    day = date(2026, 5, 4)
    add_own_pay(
        actor=recruiter,
        records=[replace(offer(str(number)), observed_on=day - timedelta(days=number // 2)) for number in range(7)],
    )
    pages = [list_own_pay(actor=recruiter)]
    while pages[-1].next:
        pages.append(list_own_pay(actor=recruiter, at=pages[-1].next))
    assert [(len(page.rows), page.first_number, page.total) for page in pages] == [(3, 1, 7), (3, 4, 7), (1, 7, 7)]
    shown = [row.id for page in pages for row in page.rows]
    assert shown == list(PayObservation.objects.values_list("pk", flat=True))
    back = list_own_pay(actor=recruiter, at=pages[2].previous)
    assert (back.rows, back.first_number) == (pages[1].rows, 4)
    assert list_own_pay(actor=recruiter, at=back.previous).previous == ""
    client = browse(recruiter)
    last = client.get("/market/own/", {"at": pages[1].next}).content.decode()
    assert "7 to 7 of 7" in last
    gone = client.post("/market/own/void", {"observation": shown[-1], "reason": "Wrong", "at": pages[1].next})
    assert gone["Location"] == f"/market/own/?at={pages[1].next}"
    after = client.get(gone["Location"]).content.decode()
    assert "no: Wrong" in after
    assert "6 figures count." in after


@pytest.mark.parametrize("at", ["%00", "nonsense", "W1siMjAyNi05OS05OSIsMV0sMCwwXQ", "W1siXHUwMDAwIiwxXSwwLDBd"])
def test_a_place_in_the_list_that_cannot_be_is_its_beginning(recruiter, browse, at):
    add_own_pay(actor=recruiter, records=[offer()])
    assert 'name="observation"' in browse(recruiter).get(f"/market/own/?at={at}").content.decode()
