"""The form: what is read in front of the applicant, what is refused and how, what is stored and what is told."""

import json

import pytest
from django.db import connection
from django.test import Client
from tests.app.applying.kit import RESUME, Stranger, form_of, private_link
from tests.app.sourcing.kit import work_off

from assay.app.applying.models import ApplicationForm, CandidateRequest, DemographicAnswers, PendingResume, Submission
from assay.app.clocks.models import Promise
from assay.app.documents.models import Document
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Job, Person
from assay.app.postings.actions.publishing import take_down
from assay.app.postings.models import Advert
from assay.platform.audit.models import Event
from assay.platform.files.reading import read_stored


def test_a_stranger_opens_the_form_without_a_cookie_and_nobody_may_keep_it(stranger):
    response = stranger.client.get(f"/careers/{stranger.slug}/apply")
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "Cookie" not in response.get("Vary", "")


def test_what_is_sent_becomes_an_application_with_its_document_receipt_and_promise_at_once(stranger, job):
    response = stranger.send(phone="+49 30 7654321")
    page = response.content.decode()
    application = Application.objects.get(job=job)
    assert "It is stored" in page
    assert (application.person.name, application.person.email) == ("Ada Byron", "ada@example.org")
    assert application.person.phone == "+49 30 7654321"
    assert application.source == "Careers page"
    document = Document.objects.get(application=application)
    assert read_stored(sha256=document.stored_file.sha256) == RESUME
    submission = Submission.objects.get(application=application)
    assert submission.fields["links"] == ["https://github.com/ada"]
    assert submission.consent["version"].startswith("NL/")
    promise = Promise.objects.get(application=application)
    letter = Message.objects.get(thread__application=application)
    assert str(promise.promised_at.year) in letter.body
    assert "résumé.txt" in letter.body
    assert "/status/" not in letter.body, "the private link is for the candidate alone"
    assert Event.objects.filter(verb="application.received", actor=None, object_id=application.pk).exists()


def test_the_document_is_read_and_screened_right_after(stranger, job):
    stranger.apply()
    work_off()
    application = Application.objects.get(job=job)
    assert application.screening_state == "screened"
    assert application.score is not None


def test_a_resume_is_read_in_front_of_the_applicant(stranger):
    answer = json.loads(stranger.choose(RESUME).content)
    assert answer["fields"]["name"] == "Ada Byron"
    assert answer["fields"]["email"] == "ada@example.org"
    assert answer["token"]
    assert Application.objects.count() == 0


def test_without_a_script_the_same_page_comes_back_filled_in_and_says_what_came_from_the_file(stranger):
    page = stranger.choose(RESUME, wants_json=False, name="cv.txt", location="Köln").content.decode()
    assert 'value="Köln"' in page, "what was typed is not overwritten"
    assert page.count("Read from your résumé") >= 3
    token = PendingResume.objects.get()
    assert token.name == "cv.txt"


def test_a_resume_that_was_read_before_comes_along_with_the_form(stranger, job):
    token = json.loads(stranger.choose(RESUME).content)["token"]
    response = stranger.send(file=None, resume_token=token)
    assert response.status_code == 200
    assert Document.objects.get(application__job=job).name == "cv.txt"
    assert not PendingResume.objects.exists()


def test_a_forged_mark_of_a_resume_brings_no_file(stranger, job):
    stranger.choose(RESUME)
    stranger.send(file=None, resume_token="A" * 43)
    assert not Document.objects.exists()
    assert Application.objects.filter(job=job).count() == 1


def test_without_a_resume_a_link_is_enough_and_with_neither_the_page_says_what_is_missing(stranger):
    response = stranger.send(file=None, links="")
    assert response.status_code == 422
    assert "give a link to your work instead" in response.content.decode()
    assert stranger.send(file=None, links="example.org/me").status_code == 200


def test_a_file_that_cannot_be_read_is_kept_for_a_person(stranger, job):
    response = stranger.choose(b"%PDF-1.7 broken" + b"\x00" * 500, name="cv.pdf")
    answer = json.loads(response.content)
    assert "a person opens it" in answer["note"]
    stranger.send(file=None, resume_token=answer["token"])
    assert Document.objects.get(application__job=job).name == "cv.pdf"


def test_an_empty_file_and_one_that_is_too_large_are_explained(stranger):
    assert "empty" in json.loads(stranger.choose(b"").content)["problem"]
    answer = stranger.choose(b"x" * 10_000_001)
    assert answer.status_code == 422
    assert "at most 10 MB fit" in json.loads(answer.content)["problem"]


def test_the_same_form_sent_twice_is_stored_once_and_tells_the_same(stranger, job):
    fields = stranger.fields()
    first, second = stranger.send(fields=fields), stranger.send(fields=fields)
    assert (first.status_code, second.status_code) == (200, 200)
    assert Application.objects.filter(job=job).count() == 1
    assert Submission.objects.count() == 1
    assert Message.objects.count() == 1
    assert "It is stored" in second.content.decode()


def test_a_forged_form_or_one_for_another_job_is_refused_and_keeps_what_was_typed(stranger):
    for forged in ("", "forged", form_of("another-job")):
        response = stranger.send(form=forged, name="Zoë 🚀")
        assert response.status_code == 422
        assert "Zoë 🚀" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_form_sent_too_soon_is_taken_at_the_second_try(stranger):
    fields = stranger.fields(form=form_of(stranger.slug, age_seconds=0))
    response = stranger.send(fields=fields)
    assert response.status_code == 422
    assert "faster than anybody reads" in response.content.decode()
    assert str(fields["form"]) in response.content.decode(), "the mark comes back, so that its age counts on"


def test_a_form_that_is_too_old_comes_back_fresh_with_what_was_typed(stranger):
    response = stranger.send(form=form_of(stranger.slug, age_seconds=25 * 3600), name="Ada Late")
    assert response.status_code == 422
    assert "Ada Late" in response.content.decode()


def test_whoever_fills_in_the_hidden_field_is_told_and_can_empty_it(stranger):
    response = stranger.send(website="http://spam.example")
    assert response.status_code == 422
    assert "people do not see" in response.content.decode()
    assert not Submission.objects.exists()


def test_too_many_from_one_connection_are_asked_to_wait_and_another_connection_is_not(one_moment, slug):
    crowd = [Stranger(slug, address=f"2001:db8:1:2::{number}") for number in range(1, 23)]
    answers = [one.send(file=None, email=f"p{number}@example.org") for number, one in enumerate(crowd)]
    assert [answer.status_code for answer in answers[:20]] == [200] * 20, "one /64 is one connection"
    assert answers[20].status_code == 429
    assert "You did nothing wrong" in answers[20].content.decode()
    assert 'value="p20@example.org"' in answers[20].content.decode()
    elsewhere = Stranger(slug, address="198.51.100.9").send(file=None, email="far@example.org")
    assert elsewhere.status_code == 200


def test_a_proxy_header_that_anybody_can_write_is_not_believed(one_moment, slug):
    for number in range(20):
        one = Stranger(slug)
        one.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        assert one.send(file=None, email=f"p{number}@example.org").status_code == 200
    last = Stranger(slug)
    last.client.defaults["HTTP_X_FORWARDED_FOR"] = "192.0.2.77"
    assert last.send(file=None, email="late@example.org").status_code == 429


HOSTILE = {
    "name": "Zoë \x00\u202egnp.exe 🏳️‍🌈",
    "location": "القاهرة",
    "accommodation": "بهدوء\x00 من فضلك 🤫",
}


def test_hostile_letters_are_stored_as_text_or_left_out(stranger, job):
    assert stranger.send(**HOSTILE).status_code == 200
    person = Person.objects.get()
    assert "\x00" not in person.name
    assert "\u202e" not in person.name
    assert person.location == "القاهرة"
    asked = CandidateRequest.objects.get(kind="accommodation")
    assert "\x00" not in asked.text


@pytest.mark.parametrize("field", ["name", "email", "links", "accommodation", "location"])
def test_a_megabyte_in_any_field_is_refused_with_its_length_and_without_harm(stranger, field):
    response = stranger.send(file=None, **{field: "a" * 1_000_000})
    assert response.status_code == 422
    assert "1,000,000 characters" in response.content.decode() or "at most" in response.content.decode().lower()
    assert not Submission.objects.exists()


def test_more_than_a_request_may_hold_is_explained(stranger):
    response = stranger.send(file=None, name="a" * 5_500_000)
    assert response.status_code == 413
    assert "too large to take in" in response.content.decode()


def test_two_hundred_unknown_fields_change_nothing(stranger):
    assert stranger.send(**{f"answer-{number}": "x" for number in range(200)}).status_code == 200
    assert Submission.objects.get().answers == []


def test_missing_and_wrong_fields_are_named_beside_them_and_nothing_is_lost(stranger):
    response = stranger.send(file=None, name="", email="not-an-address", agreed="")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_name"' in page
    assert 'href="#id_email"' in page
    assert 'value="not-an-address"' in page
    assert "tick this box" in page


def test_a_resume_sent_with_a_form_that_is_refused_is_not_asked_for_again(stranger, job):
    page = stranger.send(name="").content.decode()
    assert "résumé.txt" in page
    assert PendingResume.objects.count() == 1


def test_a_wrong_address_a_closed_job_and_an_advert_taken_down_are_told_apart(stranger, job):
    assert Client().get("/careers/no-such-job/apply").status_code == 404
    Job.objects.filter(pk=job.pk).update(status="closed")
    assert stranger.client.get(f"/careers/{stranger.slug}/apply").status_code == 410
    response = stranger.send()
    assert response.status_code == 410
    assert "Nothing was sent or kept" in response.content.decode()
    assert not Submission.objects.exists()


def test_an_advert_that_was_taken_down_leads_to_its_page_that_says_so(stranger, recruiter, job):
    take_down(actor=recruiter, advert_id=Advert.objects.get(job=job).pk)
    response = stranger.client.get(f"/careers/{stranger.slug}/apply", follow=True)
    assert response.status_code == 410
    assert "no longer open" in response.content.decode()


def test_whoever_applied_already_is_told_by_letter_and_a_stranger_learns_nothing(stranger, job, settings):
    settings.EMAIL_HOST = "mail.example"
    first = stranger.send().content.decode()
    again = Stranger(stranger.slug).send(name="Mallory", phone="+1 555").content.decode()
    assert _shape(first) == _shape(again)
    assert "/status/link" in again
    assert Application.objects.filter(job=job).count() == 1
    assert Person.objects.get().name == "Ada Byron"
    assert Document.objects.count() == 1, "nothing is added to the first application unseen"
    subjects = list(Message.objects.order_by("id").values_list("subject", flat=True))
    assert any("already applied" in subject for subject in subjects)
    assert CandidateRequest.objects.get().details["submission"]


def _shape(page: str) -> str:
    return page.replace("Mallory", "Ada Byron").replace("+1 555", "+49 30 1234567")


def test_without_a_mail_server_the_page_itself_shows_the_private_link(stranger):
    link = private_link(stranger.send())
    assert Client().get(link).status_code == 200


def test_whoever_works_here_already_is_marked_as_such(stranger, job):
    stranger.apply(internal="on")
    application = Application.objects.get(job=job)
    assert application.is_internal
    assert application.source == "Internal"


def test_a_confidential_job_takes_applications_behind_its_wall(recruiter, job, advert_of):
    Job.objects.filter(pk=job.pk).update(is_confidential=True)
    job.members.get_or_create(user=recruiter, team_role="recruiter")
    slug = advert_of(recruiter, job)
    Stranger(slug).apply()
    assert Person.objects.get().walled_by_id == job.pk


def test_demographic_answers_have_no_way_back_to_anybody(stranger, job):
    ApplicationForm.objects.create(job=job, asks_demographics=True)
    for number in range(4):
        choice = ["Woman", "Man", "Non-binary", "Woman"][number]
        extra = {"about-gender": choice, "about-age": "forged choice"}
        assert stranger.send(file=None, email=f"p{number}@example.org", **extra).status_code == 200
    rows = list(DemographicAnswers.objects.values("answers", "month", "job_id"))
    assert sorted(row["answers"]["gender"] for row in rows) == ["Man", "Non-binary", "Woman", "Woman"]
    assert all(set(row["answers"]) == {"gender"} for row in rows)
    assert {row["month"].day for row in rows} == {1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM applying_demographicanswers")
        assert cursor.fetchone()[0] == 1, "all of a month is written anew, so the database cannot tell who came when"
    for submission in Submission.objects.all():
        assert "Woman" not in json.dumps(submission.fields) + json.dumps(submission.answers)


def test_the_careers_pages_say_how_to_apply_and_do_not_differ_by_cookie(slug):
    page = Client().get(f"/careers/{slug}/")
    body = page.content.decode()
    assert f'href="/careers/{slug}/apply"' in body
    assert '"directApply": true' in body
    assert "working day" in body
    assert "Cookie" not in page.get("Vary", "")
    assert not page.cookies


def test_search_engines_find_every_advert_and_may_read_nothing_else(slug):
    sitemap = Client().get("/careers/sitemap.xml").content.decode()
    assert f"/careers/{slug}/</loc>" in sitemap
    robots = Client().get("/robots.txt").content.decode()
    assert "Allow: /careers/" in robots
    assert "Disallow: /\n" in robots
