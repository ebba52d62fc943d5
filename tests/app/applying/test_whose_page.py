"""Whose page a private address opens: a stranger's form opens nothing of others, a transfer cuts nobody off."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.app.applying.kit import Stranger
from tests.app.sourcing.kit import make_job

from assay.app.applying.actions.erasing import erase
from assay.app.applying.actions.renewing import send_fresh_links
from assay.app.applying.models import CandidateRequest
from assay.app.deciding.actions.transferring import transfer
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Person


def test_a_form_with_somebody_elses_address_opens_and_changes_nothing_of_theirs(recruiter, slug, advert_of):
    Stranger(slug).apply()
    other = advert_of(recruiter, make_job(recruiter, title="Other"))
    link = Stranger(other, address="198.51.100.9").apply(name="Mallory", phone="+49 99 000", location="Nowhere")
    page = Client().get(link).content.decode()
    assert not any(text in page for text in ("Ada Byron", "1234567", "Berlin"))
    Client().post(f"{link}correct", {"name": "Hacked", "phone": "666"})
    assert Person.objects.get().name == "Ada Byron"
    assert "Hacked" in CandidateRequest.objects.get(kind="correction").text


def test_a_correction_that_waits_is_shown_to_the_candidate_in_words_meant_for_them(slug):
    Stranger(slug).apply()
    link = Stranger(slug, address="198.51.100.9").apply(email="eve@example.org")
    Client().post(f"{link}correct", {"phone": "666"})
    page = Client().get(link).content.decode()
    assert "Phone: 666" in page
    assert "so a person makes sure whose it is" in page
    assert "Please correct this" not in page


def test_who_was_looked_up_and_never_applied_is_told_of_no_job(recruiter, job, stranger):
    stranger.apply()
    hidden = make_job(recruiter, title="Replacement of Karl")
    ada = Application.objects.get()
    Application.objects.create(person=ada.person, job=hidden, stage=hidden.stages.all()[0], applied_at=timezone.now())
    assert send_fresh_links(email="ada@example.org", now=timezone.now() + timedelta(hours=1)) == 1
    assert not Message.objects.filter(subject__contains="Karl").exists()


def test_the_old_address_leads_on_after_a_transfer_and_an_erasure_takes_both(recruiter, slug, job):
    link = Stranger(slug).apply()
    other = make_job(recruiter, title="Inside name")
    old = Application.objects.get()
    made = transfer(actor=recruiter, application_id=old.pk, expected_revision=old.revision, to_job_id=other.pk)
    page = Client().get(link).content.decode()
    assert "goes on here" in page
    assert "Inside name" not in page
    Client().post(f"{link}withdraw", {"reason": "other_offer"})
    assert Application.objects.get(pk=made.application_id).status == "withdrawn"
    erase(actor=recruiter, application_id=old.pk, now=timezone.now())
    assert all("erased" in one.submitted for one in Application.objects.all())
    assert Person.objects.get().name == ""


def test_what_was_erased_is_not_filled_again_and_its_form_says_so(recruiter, stranger):
    form = stranger.fields()
    stranger.send(fields=form)
    link = Stranger(stranger.slug).send(fields=form)
    path = "/status/" + link.content.decode().split('href="/status/')[1].split('"')[0]
    erase(actor=recruiter, application_id=Application.objects.get().pk, now=timezone.now())
    again = stranger.send(fields=form)
    assert again.status_code == 200
    assert "This was erased" in again.content.decode()
    assert Client().post(f"{path}correct", {"name": "Back"}).status_code == 422
    assert Person.objects.get().name == ""
