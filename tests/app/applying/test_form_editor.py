"""A job's own questions: edited by those who may, in order, without losing what somebody else changed."""

from django.test import Client
from tests.app.applying.kit import Stranger

from assay.app.applying.models import ApplicationForm, Submission


def rows(*questions: dict[str, str]) -> dict[str, str]:
    return {f"{name}-{index}": value for index, one in enumerate(questions) for name, value in one.items()}


WORK = {"label": "Which model of yours is in use?", "kind": "long_text", "longest": "500", "required": "on", "at": "2"}
RIGHT = {"label": "May you work in the Netherlands?", "kind": "yes_no", "hoped": "Yes", "at": "1"}
PLACE = {"label": "Which town?", "kind": "choice", "choices": "Utrecht\nZwolle\n", "at": "3"}


def save(desk: Client, job, *questions: dict[str, str], revision: int = 0, **more: str):
    return desk.post(f"/jobs/{job.pk}/form", {"revision": str(revision), **rows(*questions), **more})


def test_questions_are_stored_in_the_order_of_their_places(desk, job):
    assert save(desk, job, WORK, RIGHT, PLACE).status_code == 302
    kept = ApplicationForm.objects.get(job=job)
    assert [one["kind"] for one in kept.questions] == ["yes_no", "long_text", "choice"]
    assert kept.questions[0]["hoped_for"] == "yes"
    page = desk.get(f"/jobs/{job.pk}/form").content.decode()
    assert "As applicants see it" in page
    assert "Which town?" in page


def test_the_form_leads_to_the_other_sections_of_its_job(desk, job):
    page = desk.get(f"/jobs/{job.pk}/form").content.decode()
    for section in ("stages", "clocks", "interviews", "review/"):
        assert f'href="/jobs/{job.pk}/{section}"' in page
    assert f'href="/jobs/{job.pk}/form" aria-current="page"' in page


def test_a_question_that_cannot_be_asked_is_explained_and_stays_on_the_page(desk, job):
    response = save(desk, job, {"label": "Which town?", "kind": "choice", "choices": "Utrecht"})
    assert response.status_code == 422
    assert "2 to 12 choices" in response.content.decode()
    assert "Which town?" in response.content.decode()
    assert not ApplicationForm.objects.exclude(questions=[]).exists()


def test_two_people_at_one_form_lose_nothing_in_silence(desk, job):
    save(desk, job, WORK)
    response = save(desk, job, RIGHT, revision=0)
    assert response.status_code == 409
    assert "May you work in the Netherlands?" in response.content.decode()
    assert len(ApplicationForm.objects.get(job=job).questions) == 1


def test_only_those_who_may_change_the_job_open_its_form(outsider, job):
    client = Client()
    client.force_login(outsider)
    assert client.get(f"/jobs/{job.pk}/form").status_code == 404


def test_hostile_rows_never_break_the_editor(desk, job):
    hostile = {"label": "\x00\u202e" + "x" * 2000, "kind": "nothing", "longest": "9" * 50, "at": "-1", "key": "../../x"}
    assert save(desk, job, hostile, revision=0).status_code in (302, 422)
    for revision in ("9" * 400, "9" * 5_000, "１"):
        posted = {"revision": revision, **rows({"label": "Which?", "kind": "text"})}
        assert desk.post(f"/jobs/{job.pk}/form", posted).status_code == 409


def test_answers_are_kept_with_the_words_of_their_question_and_nobody_is_sorted_out(desk, job, slug):
    save(desk, job, WORK, RIGHT, PLACE)
    keys = [one["key"] for one in ApplicationForm.objects.get(job=job).questions]
    stranger = Stranger(slug)
    answers = {f"answer-{keys[0]}": "no", f"answer-{keys[1]}": "Demand 🚚\nfor freight", f"answer-{keys[2]}": "Zwolle"}
    assert stranger.send(**answers).status_code == 200
    kept = Submission.objects.get()
    assert kept.answers[0] == {"key": keys[0], "question": RIGHT["label"], "answer": "No", "as_hoped": False}
    assert kept.answers[1]["answer"] == "Demand 🚚\nfor freight"
    assert kept.application.status == "active"


def test_answers_that_are_missing_too_long_or_forged_are_named(desk, job, slug):
    save(desk, job, WORK, PLACE)
    keys = [one["key"] for one in ApplicationForm.objects.get(job=job).questions]
    stranger = Stranger(slug)
    assert "needs an answer" in stranger.send().content.decode()
    long = stranger.send(**{f"answer-{keys[0]}": "a" * 501})
    assert "501 characters; at most 500 fit" in long.content.decode()
    forged = stranger.send(**{f"answer-{keys[0]}": "fine", f"answer-{keys[1]}": "Atlantis"})
    assert "Choose one of the answers" in forged.content.decode()
    assert not Submission.objects.exists()
