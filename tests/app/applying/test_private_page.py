"""The private page: true words, only for whoever holds its address, and every act a POST."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.applying.kit import RESUME, Stranger
from tests.app.sourcing.kit import work_off

from assay.app.applying.actions.links import issue_link
from assay.app.applying.models import CandidateRequest, StatusLink, Submission
from assay.app.applying.queries.facts import list_request_facts
from assay.app.clocks.models import Promise
from assay.app.deciding.models import Decision
from assay.app.messaging.actions.writing import write
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Job
from assay.app.postings.actions.publishing import take_down
from assay.app.postings.models import Advert
from assay.core.messaging.states import MessageKind


@pytest.fixture
def link(stranger) -> str:
    return stranger.apply()


@pytest.fixture
def application(link, job) -> Application:
    return Application.objects.get(job=job)


def test_the_page_says_where_it_stands_by_when_they_hear_and_what_is_stored(link, application):
    work_off()
    page = Client().get(link).content.decode()
    assert "with the hiring team" in page
    assert "You hear from us by" in page
    assert "A program read your résumé" in page
    assert "People decide" in page
    assert "ada@example.org" in page
    assert "résumé.txt" in page


def test_nobody_may_keep_index_or_pass_on_the_page(link):
    response = Client().get(link)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_only_a_hash_of_the_address_is_kept(link):
    secret = link.split("/")[2]
    kept = list(StatusLink.objects.values_list("token_hash", flat=True))
    assert secret not in kept
    assert hashlib.sha256(secret.encode()).hexdigest() in kept


@pytest.mark.parametrize("forged", ["A" * 43, "x", "%00" * 5, "é" * 43, "a" * 2000])
def test_a_forged_address_is_one_and_the_same_not_here_with_a_way_to_ask(link, forged):
    response = Client().get(f"/status/{forged}/")
    assert response.status_code == 404
    assert "we send you a fresh one" in response.content.decode()


def test_an_address_that_is_too_old_or_was_taken_back_opens_nothing(link):
    StatusLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    StatusLink.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert Client().get(link).status_code == 404


def test_guessing_addresses_is_slowed_down(one_moment, link):
    answers = [Client().get(f"/status/{number:043d}/").status_code for number in range(61)]
    assert answers[59:] == [404, 429]
    assert Client().get(link).status_code == 200, "whoever has the right one is not held up"


def test_opening_a_link_changes_nothing_so_mail_programs_may_look(link, application):
    for act in ("withdraw", "correct", "ask", "export", "revoke"):
        assert Client().get(f"{link}{act}").status_code == 405
    application.refresh_from_db()
    assert application.status == "active"


def test_a_candidate_withdraws_with_a_reason_and_the_page_says_so(link, application):
    for _ in range(2):
        response = Client().post(f"{link}withdraw", {"reason": "other_offer", "note": "Sorry 🙏"}, follow=True)
        assert response.status_code == 200
    assert "You have withdrawn this application" in response.content.decode()
    application.refresh_from_db()
    assert application.status == "withdrawn"
    decision = Decision.objects.get(application=application)
    assert (decision.reason, decision.decided_by) == ("other_offer", None)


def test_a_name_is_corrected_at_once_and_an_address_after_a_person_looked(application):
    link = "/status/" + issue_link(application_id=application.pk).split("/status/")[1]
    Client().post(f"{link}correct", {"name": "Ada King", "email": "mallory@example.org", "phone": "1", "location": ""})
    application.person.refresh_from_db()
    assert application.person.name == "Ada King"
    assert application.person.email == "ada@example.org"
    assert "mallory@example.org" in CandidateRequest.objects.get(kind="correction").text


def test_a_wish_is_kept_confirmed_by_letter_and_told_to_clocks(link, application):
    Client().post(f"{link}ask", {"kind": "accommodation", "text": "Captions, please"})
    Client().post(f"{link}ask", {"kind": "accommodation", "text": "Captions, please"})
    asked = CandidateRequest.objects.get()
    facts = list_request_facts(application_ids=[application.pk])[application.pk]
    assert [fact.request_id for fact in facts] == [asked.pk]
    assert Message.objects.filter(template="request_received").count() == 1
    assert "Captions, please" in Client().get(link).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 1_000_000])
def test_a_wish_without_words_or_with_a_million_is_refused_in_words(link, text):
    response = Client().post(f"{link}ask", {"kind": "accommodation", "text": text})
    assert response.status_code == 422
    assert not CandidateRequest.objects.exists()


def test_the_data_comes_along_with_documents_and_says_what_is_held_back(link, application):
    work_off()
    response = Client().post(f"{link}export")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    data = json.loads(archive.read("application.json"))
    assert data["contact"]["E-mail"] == "ada@example.org"
    assert data["form"]["fields"]["name"] == "Ada Byron"
    assert data["what_the_program_read"]["claims"]
    assert any("Notes" in line for line in data["held_back"])
    assert [archive.read(name) for name in archive.namelist() if name.startswith("documents/")] == [RESUME]
    assert response["Cache-Control"] == "private, no-store"


def test_a_broken_promise_is_admitted(link, application):
    Promise.objects.update(promised_at=timezone.now() - timedelta(hours=1))
    assert "We did not keep that, and we are sorry" in Client().get(link).content.decode()


def test_a_lost_address_is_sent_to_its_owner_and_the_page_says_the_same_to_everybody(link, application):
    StatusLink.objects.update(created_at=timezone.now() - timedelta(hours=1))
    before = Message.objects.count()
    known = Client().post("/status/link", {"email": "ADA@example.org"}).content
    unknown = Client().post("/status/link", {"email": "nobody@example.org"}).content
    assert known == unknown
    assert Message.objects.count() == before, "nothing that takes time happens while they wait"
    work_off()
    assert Message.objects.count() == before + 1
    assert StatusLink.objects.count() == 3


def test_asking_for_links_again_and_again_fills_nobodys_mailbox(one_moment, link, application):
    for _ in range(4):
        Client().post("/status/link", {"email": "ada@example.org"})
    work_off()
    assert Message.objects.filter(subject__startswith="Your private page").count() <= 1
    answers = [Client().post("/status/link", {"email": "ada@example.org"}).status_code for _ in range(2)]
    assert answers == [200, 429]


def test_other_addresses_are_switched_off_and_this_one_stays(link, application):
    mailed, other = ("/status/" + issue_link(application_id=application.pk).split("/status/")[1] for _ in range(2))
    Client().post(f"{link}revoke")
    assert Client().get(mailed).status_code == 200, "who saw a page locks nobody out of what came by letter"
    Client().post(f"{mailed}revoke")
    assert [Client().get(one).status_code for one in (mailed, other, link)] == [200, 404, 404]


def test_one_candidates_address_shows_nothing_of_another(slug):
    first = Stranger(slug).apply()
    Stranger(slug, address="198.51.100.3").apply(email="bob@example.org", name="Bob Stone")
    assert "Bob Stone" not in Client().get(first).content.decode()


def test_letters_and_the_page_name_the_job_as_it_was_advertised_also_when_the_advert_is_down(
    application, link, stranger, recruiter, job
):
    Job.objects.filter(pk=job.pk).update(title="Replacement of Bob, do not tell")
    Submission.objects.filter(application=application).update(fields={})
    take_down(actor=recruiter, advert_id=Advert.objects.get(job=job).pk)
    letter = write(
        actor=recruiter,
        application_id=application.pk,
        kind=MessageKind.LETTER,
        template="blank",
        values={},
        wish="title",
    )
    subject = Message.objects.get(pk=letter).subject
    assert subject == "Your application for Machine learning engineer, arrival times"
    page = stranger.client.get(link).content.decode()
    assert "Machine learning engineer, arrival times" in page
    assert "Bob" not in page
