"""The pages of adverts: who gets in, what works without a script, and what is answered to odd input."""

import pytest
from tests.access_matrix import Member, find_surprises, list_routes
from tests.app.postings.adverts import TODAY, whole_advert, write

from assay.app.postings import urls
from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.actions.publishing import Wish, publish
from assay.app.postings.models import Advert, Publication
from assay.app.postings.queries import get_advert
from assay.app.postings.writing import mark_of
from assay.app.requisitions.actions.drafts import create_requisition
from assay.core.postings.advert import SectionKey
from assay.core.requisitions.draft import RequisitionDraft
from assay.platform.access.roles import Role

HTMX = {"HX-Request": "true"}
ABOUT = SectionKey.ABOUT


@pytest.fixture
def advert_id(recruiter) -> int:
    return create_advert(actor=recruiter, as_of=TODAY)


def about_of(actor, advert_id) -> str:
    return get_advert(actor=actor, advert_id=advert_id).draft.advert.about


def test_every_address_lets_in_whom_the_policy_lets_in(recruiter, manager, viewer, account):
    advert_id = whole_advert(recruiter)
    publish(actor=recruiter, advert_id=advert_id, wish=Wish(Advert.objects.get().revision), as_of=TODAY)
    users = [recruiter, manager, viewer, account("Ivo", Role.INTERVIEWER), account("Ada", Role.ADMIN)]
    cast = [*(Member(user.name, user) for user in users), Member("stranger")]
    arguments = {"advert_id": advert_id, "number": 1, "slug": Publication.objects.get().slug}
    assert find_surprises(cast=cast, arguments=arguments, routes=list(list_routes(urls.urlpatterns))) == []


def test_the_desk_shows_every_part_and_the_list_shows_the_advert(recruiter, viewer, browse):
    advert_id = whole_advert(recruiter)
    desk = browse(recruiter).get(f"/adverts/{advert_id}/").content.decode()
    for key in SectionKey:
        if key is not SectionKey.TEXT:
            assert f'id="part-{key.value}"' in desk
    assert "Nothing must change" in desk
    read_only = browse(viewer).get(f"/adverts/{advert_id}/").content.decode()
    assert "readonly" in read_only
    assert "Publish" not in read_only
    assert "arrival times" in browse(viewer).get("/adverts/").content.decode()


def test_a_save_answers_with_what_is_found_and_never_with_a_field_somebody_types_in(recruiter, browse, advert_id):
    form = {"section": "about", "base": mark_of(""), "text": "We want a rockstar."}
    answer = browse(recruiter).post(f"/adverts/{advert_id}/save", form, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="findings-about"' in page
    assert "rockstar" in page
    assert 'id="text-about"' not in page
    assert f'value="{mark_of("We want a rockstar.")}"' in page


def test_a_conflict_shows_both_texts_with_and_without_a_script(recruiter, manager, browse, advert_id):
    write(recruiter, advert_id, ABOUT, text="We run buses.")
    form = {"section": "about", "base": mark_of(""), "text": "We run trams."}
    with_script = browse(manager).post(f"/adverts/{advert_id}/save", form, headers=HTMX)
    without = browse(manager).post(f"/adverts/{advert_id}/save", form)
    assert without.status_code == 409
    for page in (with_script.content.decode(), without.content.decode()):
        assert "We run buses." in page
        assert "We run trams." in page
        assert "Keep mine" in page
    assert about_of(recruiter, advert_id) == "We run buses."


def test_saving_and_fixing_work_without_a_script(recruiter, browse, advert_id):
    tab = browse(recruiter)
    form = {"section": "about", "base": mark_of(""), "text": "We want a rockstar."}
    assert tab.post(f"/adverts/{advert_id}/save", form)["Location"] == f"/adverts/{advert_id}/#part-about"
    desk = tab.get(f"/adverts/{advert_id}/").content.decode()
    assert "rockstar" in desk
    wrong = tab.post(f"/adverts/{advert_id}/save", {"section": "pay", "base": "", "low": "much", "bonus": "Ten <b>"})
    assert wrong.status_code in (409, 422)
    assert 'value="much"' in wrong.content.decode()
    long = tab.post(f"/adverts/{advert_id}/save", {**form, "text": "x" * 30_000})
    assert long.status_code == 422
    assert "x" * 30_000 in long.content.decode()
    told = tab.post(f"/adverts/{advert_id}/save", {**form, "text": "x" * 30_000}, headers=HTMX)
    assert (told.status_code, told["Assay-Saved"]) == (200, "")
    assert "30,000" in told.content.decode()


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("save", {}),
        ("save", {"section": "text", "text": "x"}),
        ("save", {"section": "about", "text": "\0\x00" * 50, "base": "\0"}),
        ("fix", {}),
        ("fix", {"section": "about", "start": "1", "end": "99999999999", "rule_id": "x", "quote": "y"}),
        ("fix", {"section": "pay", "start": "0", "end": "0", "rule_id": "blank", "quote": ""}),
        ("publish", {"revision": "x", "reason": "\0"}),
    ],
)
def test_a_form_that_makes_no_sense_gets_an_answer_and_changes_nothing(recruiter, browse, advert_id, address, form):
    before = Advert.objects.get(pk=advert_id).content
    for headers in ({}, HTMX):
        answer = browse(recruiter).post(f"/adverts/{advert_id}/{address}", form, headers=headers)
        assert answer.status_code < 500
    assert Advert.objects.get(pk=advert_id).content == before


def test_an_advert_of_a_requisition_is_begun_from_its_desk(manager, recruiter, browse):
    requisition = create_requisition(actor=manager, draft=RequisitionDraft(title="Arrivals", problem="Late buses."))
    tab = browse(manager)
    assert "Late buses." in tab.get(f"/adverts/new?for={requisition}").content.decode()
    made = tab.post("/adverts/new", {"for": requisition, "role": "ml-engineer"})
    advert = Advert.objects.get()
    assert made["Location"] == f"/adverts/{advert.pk}/"
    assert advert.requisition_id == requisition
    assert advert.role_version is not None
    assert tab.get(f"/adverts/?for={requisition}").content.decode().count(f'href="/adverts/{advert.pk}/"') == 1
    assert tab.get("/adverts/?for=999").status_code == 404
    assert tab.post("/adverts/new", {"role": "no-such-role"}).status_code == 404


def test_publishing_asks_for_a_reason_and_then_shows_what_went_out(recruiter, browse):
    advert_id = whole_advert(recruiter)
    write(recruiter, advert_id, SectionKey.TERMS, organisation="")
    tab, revision = browse(recruiter), Advert.objects.get().revision
    page = f"/adverts/{advert_id}/publish"
    assert "because" in tab.get(page).content.decode()
    assert tab.post(page, {"revision": revision, "listed": "on"}).status_code == 422
    assert tab.post(page, {"revision": revision, "listed": "on", "reason": "Agreed."}).status_code == 302
    write(recruiter, advert_id, ABOUT, text="We run trams.")
    assert "We run trams." in tab.get(page).content.decode()
    tab.post(page, {"revision": Advert.objects.get().revision, "listed": "on", "reason": "Agreed."})
    second = tab.get(f"/adverts/{advert_id}/published/2").content.decode()
    assert "We run trams." in second
    assert "We run the buses" in second
    assert "Agreed." in second
    assert tab.get(f"/adverts/{advert_id}/published/3").status_code == 404
    assert tab.post(f"/adverts/{advert_id}/take-down").status_code == 302
    assert "Taken down" in tab.get("/adverts/").content.decode()


def test_any_advert_is_checked_and_nothing_of_it_is_kept(recruiter, browse):
    tab = browse(recruiter)
    text = 'We want a rockstar. <script>alert("x")</script>'
    for headers in ({}, HTMX):
        page = tab.post("/adverts/check", {"text": text, "places": "US-CO, ??", "employees": "x"}, headers=headers)
        assert page.status_code == 200
        assert "data-quote-id" in page.content.decode()
        assert '<script>alert("x")' not in page.content.decode()
    assert not Advert.objects.exists()
    for nothing in ("  ", "...", "\ufffd\ufffd\ufffdx" * 9):
        page = tab.post("/adverts/check", {"text": nothing})
        assert (page.status_code, "There is no advert to check" in page.content.decode()) == (200, True)
        assert "found nothing" not in page.content.decode()
