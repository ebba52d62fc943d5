"""The pages of plans, interviews and scorecards, opened by those they are for."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.interviewing.cast import card, fields_of, hand_in, held

from assay.app.interviewing.models import Interview, PlannedInterview, Scorecard
from assay.app.pipeline.models import Application, Job
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


def test_a_suggested_plan_looks_at_every_must_have_of_the_role(browse: Browse, job: Job, manager: User) -> None:
    browser = browse(manager)
    assert "No interview is planned yet" in browser.get(f"/jobs/{job.pk}/interviews").content.decode()

    browser.post(f"/jobs/{job.pk}/interviews/suggest")
    page = browser.get(f"/jobs/{job.pk}/interviews").content.decode()

    assert PlannedInterview.objects.filter(stage__job=job).count() >= 1
    assert "is a must-have and no interview looks at it" not in page
    planned = PlannedInterview.objects.filter(stage__job=job).first()
    assert browser.get(f"/planned-interviews/{planned.pk}/").status_code == 200


@pytest.mark.parametrize("address", ["/questions/", "/questions/?q=drift&level=senior", "/questions/kinds-of-drift/"])
def test_everybody_reads_the_question_bank(browse: Browse, ivo: User, address: str) -> None:
    assert "autumn" in browse(ivo).get(address).content.decode()


def test_an_interviewer_finds_the_kit_and_writes_the_card_in_the_browser(
    browse: Browse, candidate: Application, recruiter: User, ivo: User
) -> None:
    interview = held(recruiter, candidate, ivo)
    browser = browse(ivo)

    assert "Scorecards you owe" in browser.get("/interviews/").content.decode()
    assert "Arrival" not in browser.get(f"/interviews/{interview.pk}/").content.decode()
    form = browser.get(f"/interviews/{interview.pk}/scorecard").content.decode()
    assert "Caught real drift or broken data with alerts they made." in form

    answer = browser.post(f"/interviews/{interview.pk}/scorecard", fields_of(card()))
    assert answer.status_code == 302
    assert Scorecard.objects.get().submitted_at is not None
    assert "Your card" in browser.get(f"/interviews/{interview.pk}/scorecard").content.decode()
    assert Interview.objects.get().state == "held"


def test_deciders_see_the_cards_side_by_side_and_where_they_are_far_apart(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    interview = held(recruiter, candidate, ivo, ines)
    hand_in(ivo, interview, 4)
    hand_in(ines, interview, 1, evidence="Could not say how a bad release is taken back.")

    page = browse(recruiter).get(f"/applications/{candidate.pk}/interviews").content.decode()

    assert "far apart: talk about it" in page
    assert "Could not say how a bad release is taken back." in page
    assert "1–4" in page


def test_arranging_asks_for_what_is_missing_and_keeps_what_was_typed(
    browse: Browse, candidate: Application, recruiter: User, ivo: User
) -> None:
    browser = browse(recruiter)
    address = f"/applications/{candidate.pk}/interviews/new"
    assert browser.get(address).status_code == 200

    sent = {"title": "A first talk", "day": "2027-02-30", "at": "10:00", "minutes": "45", "time_zone": "UTC"}
    answer = browser.post(address, sent)

    assert answer.status_code == 422
    assert "A first talk" in answer.content.decode()
    assert not Interview.objects.exists()
