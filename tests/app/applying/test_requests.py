"""What candidates ask for is answered by a person who may, told by letter, and an erasure really erases."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.app.sourcing.kit import work_off

from assay.app.applying.actions.answering import AnswerError, answer_request
from assay.app.applying.actions.erasing import erase_what_went
from assay.app.applying.models import CandidateRequest
from assay.app.deciding.models import Decision
from assay.app.documents.models import Document, Reading
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.files.models import StoredFile
from assay.platform.files.reading import path_of
from assay.platform.mail.models import Letter


@pytest.fixture
def link(stranger) -> str:
    return stranger.apply(name="Canary Byron", email="canary@example.org", accommodation="Canary wish")


@pytest.fixture
def erasure(link) -> CandidateRequest:
    work_off()
    Client().post(f"{link}ask", {"kind": "erasure"})
    return CandidateRequest.objects.get(kind="erasure")


def test_the_longest_waiting_request_stands_first_with_its_clock(desk, link, erasure):
    page = desk.get("/requests/").content.decode()
    assert page.index("An adjustment to the process") < page.index("Erase your data")
    assert "Canary Byron" in page


def test_whoever_has_no_seat_sees_no_request(outsider, link):
    client = Client()
    client.force_login(outsider)
    asked = CandidateRequest.objects.get()
    assert "Canary" not in client.get("/requests/").content.decode()
    assert client.get(f"/requests/{asked.pk}").status_code == 404


def test_whoever_only_reads_a_job_is_not_told_what_somebody_needs(link, job):
    reader = User.objects.create_user("ines@assay.example", "a long password", name="Ines", role=Role.INTERVIEWER)
    job.members.create(user=reader, team_role="interviewer")
    client = Client()
    client.force_login(reader)
    assert "Canary" not in client.get("/requests/").content.decode()


def test_an_answer_goes_out_by_letter_and_stands_on_the_private_page(desk, link):
    asked = CandidateRequest.objects.get()
    answered = desk.post(f"/requests/{asked.pk}", {"decision": "done", "answer": "Room 3 has no steps. 🙂"})
    assert answered.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "done"
    assert Message.objects.filter(template="request_answered").count() == 1
    assert "Room 3 has no steps" in Client().get(link).content.decode()


def test_an_answer_without_words_is_refused_and_a_second_one_too(recruiter, link):
    asked, now = CandidateRequest.objects.get(), timezone.now()
    with pytest.raises(AnswerError):
        answer_request(actor=recruiter, request_id=asked.pk, is_granted=True, answer=" \x00 ", now=now)
    for _ in range(2):
        answer_request(actor=recruiter, request_id=asked.pk, is_granted=True, answer="Yes.", now=now)
    with pytest.raises(AnswerError):
        answer_request(actor=recruiter, request_id=asked.pk, is_granted=False, answer="No.", now=now)
    assert Message.objects.filter(template="request_answered").count() == 1


def test_an_erasure_needs_to_be_read_first(desk, erasure):
    page = desk.get(f"/requests/{erasure.pk}").content.decode()
    assert "What granting this deletes" in page
    response = desk.post(f"/requests/{erasure.pk}", {"decision": "done", "answer": "It is erased."})
    assert response.status_code == 422
    assert Application.objects.get().person.name == "Canary Byron"


def grant(desk, erasure) -> None:
    posted = {"decision": "done", "answer": "It is erased.", "confirmed": "on"}
    assert desk.post(f"/requests/{erasure.pk}", posted).status_code == 302


def test_after_an_erasure_nothing_in_the_database_tells_whose_it_was(desk, erasure, django_capture_on_commit_callbacks):
    before = list(StoredFile.objects.values_list("sha256", flat=True))
    assert len(tables_with("canary")) > 5, "the search sees what is there"
    with django_capture_on_commit_callbacks(execute=True):
        grant(desk, erasure)
    Letter.objects.update(state="sent", sent_at=timezone.now())
    Message.objects.update(state="sent")
    erase_what_went(now=timezone.now())
    assert not any(path_of(sha256=digest).exists() for digest in before)
    assert tables_with("canary") == []
    assert tables_with("Machine Learning Engineer, Freight AG") == []
    assert not Reading.objects.exists()
    assert Document.objects.get().name == "(erased)"


def test_after_an_erasure_the_pages_of_both_sides_still_open(desk, link, erasure, job):
    grant(desk, erasure)
    application = Application.objects.get()
    assert application.status == "withdrawn"
    assert Decision.objects.filter(application=application, kind="withdraw").exists()
    page = Client().get(link).content.decode()
    assert "It is erased." in page
    assert desk.get(f"/applications/{application.pk}/").status_code == 200
    assert desk.get(f"/jobs/{job.pk}/").status_code == 200


def test_the_last_letter_still_goes_to_the_address_that_asked(desk, erasure):
    grant(desk, erasure)
    letter = Letter.objects.filter(state="waiting").order_by("-id")[0]
    assert letter.recipient == "canary@example.org"


def tables_with(text: str) -> list[str]:
    """Every column of ours in which a text stands, as the database itself sees it."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'tsvector', 'bytea') "
            "AND table_name NOT LIKE 'procrastinate%' AND table_name NOT LIKE 'postings%' "
            "AND table_name NOT LIKE 'roles%'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_each_request_in_a_candidates_clocks_says_what_it_asks_for_to_who_may_answer(desk, link, erasure):
    Client().post(f"{link}ask", {"kind": "accommodation", "text": "A later hour, &c."})
    work_off()
    page = desk.get(f"/applications/{erasure.application_id}/").content.decode()
    for asked in CandidateRequest.objects.all():
        assert f'href="/requests/{asked.pk}"' in page
    for words in ("An adjustment to the process", "Canary wish", "Erase your data", "A later hour, &amp;c."):
        assert words in page


def test_whoever_may_not_answer_reads_that_a_request_waits_and_since_when_but_not_what_it_is(link, job):
    reader = User.objects.create_user("ines@assay.example", "a long password", name="Ines", role=Role.INTERVIEWER)
    job.members.create(user=reader, team_role="interviewer")
    work_off()
    client = Client()
    client.force_login(reader)
    page = client.get(f"/applications/{CandidateRequest.objects.get().application_id}/").content.decode()
    assert "Request of the candidate" in page
    assert "asked " in page
    for word in ("Canary wish", "An adjustment to the process", "/requests/"):
        assert word not in page


@pytest.mark.parametrize(
    ("server", "said"), [("mail.example", "It goes by itself."), ("", "until a mail server is set")]
)
def test_whoever_answers_reads_what_becomes_of_the_letter(desk, link, settings, server, said):
    settings.EMAIL_HOST, settings.MAIL_DROP = server, ""
    asked = CandidateRequest.objects.get()
    page = desk.post(f"/requests/{asked.pk}", {"decision": "done", "answer": "Yes."}, follow=True).content.decode()
    assert "The candidate is told by letter." in page
    assert said in page
