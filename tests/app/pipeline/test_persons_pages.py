"""One human on one page, and two records side by side."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.app.pipeline.cast import apply, make_job

from assay.app.pipeline.models import DifferentPeople, Person, PersonMerge
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event


@pytest.fixture
def twins(job, recruiter):
    first = apply(job, "Ada Byron", email="ada.byron@gmail.com", score=70)
    return first, apply(make_job(recruiter, title="Second job"), "A. Byron", email="adabyron@gmail.com")


def pair_of(twins):
    return [twins[0].person_id, twins[1].person_id]


def hidden_fields(page):
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen_first", "seen_second")}


def test_a_person_is_shown_with_the_applications_that_may_be_seen(twins, recruiter, manager, outsider, browse):
    page = reverse("pipeline:person", args=[twins[0].person_id])
    shown = browse(recruiter).get(page).content.decode()
    assert "ML engineer" in shown
    assert "ada.byron@gmail.com" in shown
    assert browse(manager).get(page).status_code == 200
    assert browse(manager).get(reverse("pipeline:person", args=[twins[1].person_id])).status_code == 404
    assert browse(outsider).get(page).status_code == 404


def test_two_records_are_merged_side_by_side_and_parted_again(twins, recruiter, browse):
    browser = browse(recruiter)
    candidate = browser.get(reverse("review:application", args=[twins[0].pk])).content.decode()
    assert "May be the same person as" in candidate
    listed = browser.get(reverse("pipeline:duplicates")).content.decode()
    beside = reverse("pipeline:pair", args=pair_of(twins))
    assert beside in listed
    assert "same mailbox" in listed
    page = browser.get(beside).content.decode()
    fields = {"name": "second", **hidden_fields(page)}
    done = browser.post(reverse("pipeline:merge", args=pair_of(twins)), fields, follow=True)
    shown = done.content.decode()
    assert "They are one person now" in shown
    assert "Second job" in shown
    assert Person.objects.get(pk=twins[0].person_id).name == "A. Byron"
    absorbed = reverse("pipeline:person", args=[twins[1].person_id])
    assert browser.get(absorbed, follow=True).redirect_chain[0][0].endswith(f"/{twins[0].person_id}/")
    undo = reverse("pipeline:undo_merge", args=[PersonMerge.objects.get().pk])
    assert undo in shown
    assert "two people again" in browser.post(undo, follow=True).content.decode()
    assert "undone before" in browser.post(undo, follow=True).content.decode()


def test_a_merge_of_what_changed_meanwhile_is_told_and_can_be_sent_again(twins, recruiter, browse):
    browser = browse(recruiter)
    old = hidden_fields(browser.get(reverse("pipeline:pair", args=pair_of(twins))).content.decode())
    Person.objects.filter(pk=twins[1].person_id).update(phone="0612345678")
    refused = browser.post(reverse("pipeline:merge", args=pair_of(twins)), old)
    assert refused.status_code == 409
    assert "while you looked" in refused.content.decode()
    new = hidden_fields(refused.content.decode())
    assert browser.post(reverse("pipeline:merge", args=pair_of(twins)), new).status_code == 302


def test_two_people_are_told_apart_with_one_click(twins, recruiter, browse):
    browser = browse(recruiter)
    done = browser.post(reverse("pipeline:different", args=pair_of(twins)), follow=True)
    assert "Nobody looks like somebody else" in done.content.decode()
    assert DifferentPeople.objects.count() == 1


def test_who_was_kept_apart_by_mistake_is_looked_at_again(twins, recruiter, manager, browse):
    browser = browse(recruiter)
    beside = browser.get(reverse("pipeline:pair", args=pair_of(twins))).content.decode()
    assert beside.index("Make them one person") < beside.index("They are two people")
    told = browser.post(reverse("pipeline:different", args=pair_of(twins)), follow=True).content.decode()
    again = reverse("pipeline:look_again", args=pair_of(twins))
    assert "Kept apart" in told
    assert "Two people, says Rita" in told
    assert again in told.split("data-toast-seconds")[1]
    assert "data-toast-seconds" not in browser.get(reverse("pipeline:duplicates")).content.decode()
    assert browse(manager).post(again).status_code == 403
    assert browser.post(reverse("pipeline:look_again", args=[twins[0].person_id, 2**62])).status_code == 404
    shown = browser.post(again, follow=True)
    assert shown.redirect_chain[-1][0] == reverse("pipeline:pair", args=pair_of(twins))
    assert browser.post(again, headers={"hx-request": "true"}).headers["HX-Redirect"] == shown.redirect_chain[-1][0]
    assert Event.objects.filter(verb="people.looked_at_again").count() == 1
    assert "same mailbox" in browser.get(reverse("pipeline:duplicates")).content.decode()
    history = browser.get(reverse("review:application", args=[twins[0].pk]), {"tab": "history"}).content.decode()
    assert "asked again if somebody alike is the same person" in history


def test_a_merge_that_is_too_old_offers_no_undo(twins, recruiter, browse):
    browser = browse(recruiter)
    fields = hidden_fields(browser.get(reverse("pipeline:pair", args=pair_of(twins))).content.decode())
    browser.post(reverse("pipeline:merge", args=pair_of(twins)), fields)
    PersonMerge.objects.update(merged_at=timezone.now() - timedelta(days=31))
    page = browser.get(reverse("pipeline:person", args=[twins[0].person_id])).content.decode()
    assert "too long ago to be undone" in page
    assert "Undo the merge" not in page
    late = browser.post(reverse("pipeline:undo_merge", args=[PersonMerge.objects.get().pk]), follow=True)
    assert "30 days" in late.content.decode()


def test_forged_pairs_and_merges_are_not_there(twins, recruiter, manager, account, browse):
    browser = browse(recruiter)
    rolf = account("Rolf", Role.RECRUITER)
    secret = make_job(rolf, title="Secret", is_confidential=True)
    hidden = apply(secret, "Ada Byron", email="ada.b.yron@gmail.com")
    for other in (hidden.person_id, twins[0].person_id, 2**62):
        pair = [twins[0].person_id, other]
        assert browser.get(reverse("pipeline:pair", args=pair)).status_code == 404
        assert browser.post(reverse("pipeline:merge", args=pair), follow=True).status_code in (200, 404)
        assert browser.post(reverse("pipeline:different", args=pair)).status_code == 404
    assert browser.post(reverse("pipeline:undo_merge", args=[2**62])).status_code == 404
    assert browse(manager).get(reverse("pipeline:duplicates")).status_code == 403
    assert not PersonMerge.objects.exists()
