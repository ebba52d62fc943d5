from urllib.parse import parse_qs, urlsplit

import pytest
from tests.access_matrix import Member, find_surprises, list_routes

from assay.app.market.models import PayBand, PayObservation
from assay.app.market.pay import urls
from assay.app.market.pay.queries import latest_for_requisition, own_records
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.steps import StepState
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
ASKED = {"family": "ml-engineer", "level": "senior", "place": "US", "low": "190k", "high": "250,000"}
OFFER = {
    "kind": "offer_accepted", "family": "ml-engineer", "level": "senior", "place": "US/Seattle", "currency": "USD",
    "annual_base": "240 000", "observed_on": "2026-05-04", "note": "second round",
}  # fmt: skip
TABLE = (
    "kind;family;level;country;currency;annual_base;observed_on\n"
    "offer_made;data-scientist;mid;Germany;EUR;71.500;2026-02-03\n"
    "offer_made;wizard;mid;Germany;EUR;71500;2026-02-03\n"
    "offer_made;data-scientist;mid;Germany;EUR;-5;2026-02-03\n"
    "offer_made;data-scientist;mid;Germany;EUR;71500;2999-02-03\n"
)


def band_of(title="Ranking", **more):
    return PayBand.objects.get(title=title, **more)


def test_every_address_lets_in_whom_the_policy_lets_in(recruiter, browse):
    browse(recruiter).post("/market/bands/save", {**ASKED, "title": "Ranking"})
    others = [User.objects.create_user(f"{role}@x.example", "a long password", role=role) for role in Role]
    cast = [Member(user.role, user) for user in others] + [Member("stranger")]
    routes = [
        type(route)(f"{route.route}", route.view_name, route.action, route.is_public)
        for route in list_routes(urls.urlpatterns)
    ]
    assert len(routes) == 8
    assert find_surprises(cast=cast, arguments={"band_id": band_of().pk}, routes=routes) == []


def test_the_page_answers_at_once_and_again_to_htmx_with_an_address_to_share(recruiter, browse):
    client = browse(recruiter)
    page = client.get("/market/").content.decode()
    assert "Middle of posted pay" in page
    assert "United States: San Francisco" in page
    live = client.get("/market/", ASKED, headers={"HX-Request": "true", "HX-Target": "answer"})
    assert "<html" not in live.content.decode()
    assert "posted ranges" in live.content.decode()
    assert parse_qs(urlsplit(live["HX-Replace-Url"]).query) == {"low": ["190k"], "high": ["250,000"]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": "DE/Berlin"}, "tell no city apart"),
        ({"place": "Germny"}, "Did you mean DE (Germany)"),
        ({"currency": "QQQ"}, "no daily rate for “QQQ”"),
        ({"on": "2999-01-01", "currency": "EUR"}, "in the future"),
        ({"rate": "nan"}, "above 0"),
        ({"family": "<script>alert(1)</script>\0"}, "&lt;script&gt;"),
        ({"level": "x" * 5000}, "There is no level"),
        ({"code_senior": "EN"}, "Keep the codes in order"),
    ],
)
def test_a_question_that_cannot_be_answered_says_which_part_to_change(recruiter, browse, change, said):
    answer = browse(recruiter).get("/market/", ASKED | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("250", "190", "upside down"),
        ("0", "0", "above 0"),
        ("190000", "", "both ends"),
        ("a lot", "more", "is not an amount"),
        ("9" * 24, "9" * 24, "above 0, in money a year"),
    ],
)
def test_a_band_half_typed_says_so_and_leaves_the_answer_standing(recruiter, browse, low, high, said):
    page = browse(recruiter).get("/market/", ASKED | {"low": low, "high": high})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "Middle of posted pay" in page.content.decode()


def test_thin_data_and_other_currencies_are_said(recruiter, browse):
    page = browse(recruiter).get(
        "/market/", {"family": "mlops-engineer", "level": "lead", "place": "PT", "currency": "EUR"}
    )
    text = page.content.decode()
    assert "Thin data: no figure" in text
    assert "European Central Bank reference rate" in text
    assert "US wage statistics speak of the United States only" in text


def test_a_band_is_saved_with_the_market_of_the_day_and_compared_later(recruiter, browse):
    client = browse(recruiter)
    answer = client.post("/market/bands/save", {**ASKED, "title": "Ranking", "note": "To match the region"})
    saved = band_of()
    assert f"saved={saved.pk}" in answer["Location"]
    assert (saved.low, saved.high, saved.currency) == (190000, 250000, "USD")
    assert saved.benchmark["quantiles"]["p50"] > 150_000
    assert saved.benchmark["band"]["ranges"]["ranges"] > 100
    assert "What the data say now" in client.get(f"/market/bands/{saved.pk}/").content.decode()
    assert "Ranking" in client.get("/market/bands/").content.decode()
    refused = client.post("/market/bands/save", {**ASKED, "low": "", "high": "", "title": "Nothing"}, follow=True)
    assert "both ends of the band" in refused.content.decode()
    assert PayBand.objects.count() == 1


def test_a_band_for_a_requisition_tells_the_path_and_hides_behind_its_wall(recruiter, viewer, browse):
    wanted = Requisition.objects.create(
        code="REQ-1", title="Search quality", created_by=recruiter, is_confidential=False
    )
    client = browse(recruiter)
    client.post("/market/bands/save", {**ASKED, "title": "Ranking", "for": wanted.pk})
    step = latest_for_requisition(requisition_id=wanted.pk)
    assert step.state is StepState.DONE
    assert step.facts["low"] == "190000.00"
    assert step.facts["family"] == "ml-engineer"
    assert "<svg" in step.svg
    assert browse(viewer).get(f"/market/bands/{band_of().pk}/").status_code == 404
    assert browse(viewer).get("/market/", {"for": wanted.pk}).status_code == 404
    assert client.get("/market/", {"for": wanted.pk}).status_code == 200
    assert latest_for_requisition(requisition_id=wanted.pk + 1) is None


def test_own_offers_count_until_they_are_taken_out_with_a_reason(recruiter, viewer, browse):
    client = browse(recruiter)
    assert client.post("/market/own/add", OFFER)["Location"] == "/market/own/"
    one = PayObservation.objects.get()
    assert (one.metro, one.annual_base) == ("Seattle", 240000)
    assert "1 of your own count" in client.get("/market/").content.decode()
    assert "1 of your own count" not in browse(viewer).get("/market/").content.decode()
    assert own_records(actor=viewer) == ()
    client.post("/market/own/void", {"observation": one.pk, "reason": " "})
    assert len(own_records(actor=recruiter)) == 1
    client.post("/market/own/void", {"observation": one.pk, "reason": "Typed for another city"})
    assert own_records(actor=recruiter) == ()
    assert "Typed for another city" in client.get("/market/own/").content.decode()
    again = client.post("/market/own/void", {"observation": one.pk, "reason": "twice"}, follow=True)
    assert "does not count already" in again.content.decode()


def test_a_wrong_offer_comes_back_with_what_was_typed(recruiter, browse):
    answer = browse(recruiter).post("/market/own/add", OFFER | {"annual_base": "a lot"})
    assert answer.status_code == 422
    assert "is not an amount" in answer.content.decode()
    assert 'value="a lot"' in answer.content.decode()
    assert PayObservation.objects.count() == 0


def test_a_table_is_looked_at_before_its_right_rows_count(recruiter, browse):
    client = browse(recruiter)
    look = client.post("/market/own/import", {"text": TABLE}).content.decode()
    assert "1 row is right, 3 rows need mending" in look
    assert "no family of titles “wizard”" in look
    assert "in the future" in look
    assert PayObservation.objects.count() == 0
    client.post("/market/own/import", {"text": TABLE, "confirmed": "yes"})
    assert [(one.country, one.currency, one.annual_base) for one in PayObservation.objects.all()] == [
        ("DE", "EUR", 71500)
    ]
    wrong = client.post("/market/own/import", {"text": "a,b\n1,2\n"})
    assert wrong.status_code == 422
    assert "missing: kind, family" in wrong.content.decode()


def test_a_role_and_a_place_in_words_are_shown_under_the_names_of_the_form(recruiter, browse):
    page = browse(recruiter).get(
        "/market/", {"family": "recommender-engineer", "place": "usa/bay area", "level": "Mid"}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert '<option value="US/San Francisco" selected>' in text
    assert '<option value="ml-engineer" selected>' in text
    assert "Recommender work is mostly posted under" in text
