"""Marks of scorecards in lists: who is in, who owes, and what a card says only where the interview page opens it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.app.interviewing.cast import hand_in, held
from tests.app.pipeline.cast import advance, apply

from assay.app.interviewing.actions.ending import cancel, excuse
from assay.app.interviewing.models import Interview, Panelist
from assay.app.interviewing.queries.cards import get_cards
from assay.app.interviewing.queries.marks import SeatMark, list_seat_marks
from assay.app.pipeline.models import Application, Job
from assay.app.pipeline.queries.jobs import get_job
from assay.core.interviewing.states import InterviewState
from assay.platform.access.policy import Action
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

VIEWS = ("board", "?view=table", "?view=stages")


def marks(actor: User, *applications: Application) -> dict[int, tuple[SeatMark, ...]]:
    can = get_job(actor=actor, job_id=applications[0].job_id, action=Action.SEE_APPLICANTS).can
    found = list_seat_marks(
        actor=actor,
        application_ids=[one.pk for one in applications],
        may_read_decisions=Action.SEE_DECISIONS in can,
        may_decide=Action.DECIDE in can,
        now=timezone.now(),
    )
    return dict(found)


def said(actor: User, application: Application) -> list[tuple[str, bool, str]]:
    return [(one.name, one.is_in, one.recommendation) for one in marks(actor, application).get(application.pk, ())]


def shown(page: str) -> list[str]:
    """Return the words of every mark on a page."""
    lists = re.findall(r'<ul class="seat-marks".*?</ul>', page, re.S)
    return [re.sub(r"<[^>]+>", "", item).strip() for one in lists for item in re.findall(r"<li.*?</li>", one, re.S)]


@pytest.mark.parametrize("view", VIEWS)
def test_a_list_says_whose_card_is_in_and_whose_is_owed_and_the_deciders_read_the_recommendation(
    view, candidate, job, recruiter, manager, ivo, ines, browse
):
    interview = held(recruiter, candidate, ivo, ines)
    hand_in(ines, interview)
    view = f"{view}&stage={candidate.stage_id}" if "stages" in view else view
    for reader in (recruiter, manager):
        assert shown(browse(reader).get(f"/jobs/{job.pk}/{view}").content.decode()) == ["Ines: Yes", "Ivo owes"]


@pytest.mark.parametrize("view", VIEWS)
def test_who_owes_a_card_sees_that_others_are_in_and_nothing_of_what_they_recommend(
    view, candidate, job, recruiter, ivo, ines, browse
):
    interview = held(recruiter, candidate, ivo, ines)
    hand_in(ines, interview)
    view = f"{view}&stage={candidate.stage_id}" if "stages" in view else view
    page = browse(ivo).get(f"/jobs/{job.pk}/{view}").content.decode()
    assert shown(page) == ["Ines in", "Ivo owes"]
    hand_in(ivo, interview)
    assert shown(browse(ivo).get(f"/jobs/{job.pk}/{view}").content.decode()) == ["Ines: Yes", "Ivo: Yes"]


def test_a_decider_who_owes_a_card_of_their_own_reads_no_other_and_still_their_own(candidate, recruiter, manager, ivo):
    first = held(recruiter, candidate, manager, ivo, hours=-30)
    held(recruiter, candidate, manager, hours=-3, title="Second")
    hand_in(ivo, first)
    assert said(manager, candidate) == [("Hanna", False, ""), ("Ivo", True, ""), ("Hanna", False, "")]
    hand_in(manager, first)
    assert said(manager, candidate) == [("Hanna", True, "Yes"), ("Ivo", True, ""), ("Hanna", False, "")]


def test_who_owes_a_card_for_one_candidate_reads_the_cards_of_another(candidate, job, recruiter, ivo, ines):
    other = advance(apply(job, "Nora"), 3)
    for one in (candidate, other):
        interview = held(recruiter, one, ivo, ines, hours=-2 if one is candidate else -9)
        hand_in(ines, interview)
    hand_in(ivo, Interview.objects.get(application=other))
    assert said(ivo, candidate) == [("Ines", True, ""), ("Ivo", False, "")]
    assert said(ivo, other) == [("Ines", True, "Yes"), ("Ivo", True, "Yes")]


def test_for_everybody_the_open_recommendations_are_those_that_the_page_of_the_interviews_opens(
    candidate, recruiter, manager, ivo, ines
):
    first = held(recruiter, candidate, ivo, ines, hours=-30)
    second = held(recruiter, candidate, manager, ivo, hours=-3, title="Second")

    def compare() -> None:
        for reader in (recruiter, manager, ivo, ines):
            opened = sorted(
                (card.author, card.recommendation.label)
                for card in get_cards(actor=reader, application_id=candidate.pk).cards
            )
            marked = sorted((name, word) for name, _, word in said(reader, candidate) if word)
            assert marked == opened, reader

    compare()
    for author, interview in ((ines, first), (ivo, first), (manager, second), (ivo, second)):
        hand_in(author, interview)
        compare()
    Panelist.objects.filter(user=ines).delete()
    compare()
    assert ("Ines", True, "Yes") in said(recruiter, candidate)


def test_nothing_is_owed_for_a_talk_to_come_one_called_off_or_by_whoever_was_excused(candidate, recruiter, ivo, ines):
    held(recruiter, candidate, ivo, hours=30)
    assert said(recruiter, candidate) == []
    over = held(recruiter, candidate, ivo, ines)
    excuse(actor=recruiter, interview_id=over.pk, user_id=ivo.pk, is_excused=True)
    assert said(recruiter, candidate) == [("Ines", False, "")]
    cancel(actor=recruiter, interview_id=over.pk, why="The candidate asked for it.", with_letter=False)
    assert Interview.objects.get(pk=over.pk).state == InterviewState.CANCELLED
    assert said(recruiter, candidate) == []


def test_names_are_escaped_and_more_than_four_are_counted(candidate, job, recruiter, account, browse):
    people = [account(f"P{number}", Role.INTERVIEWER) for number in range(6)]
    interview = held(recruiter, candidate, recruiter)
    Panelist.objects.filter(interview=interview).delete()
    User.objects.filter(pk=people[0].pk).update(name="<b>A</b>")
    Panelist.objects.bulk_create(Panelist(interview=interview, user=one) for one in people)
    page = browse(recruiter).get(f"/jobs/{job.pk}/board").content.decode()
    assert shown(page) == ["&lt;b&gt;A&lt;/b&gt; owes", "P1 owes", "P2 owes", "P3 owes", "+2"]


def test_the_marks_of_a_list_cost_one_statement_however_many_it_has(candidate, job, recruiter, ivo):
    held(recruiter, candidate, ivo)
    others = [advance(apply(job, f"N{number}"), 3) for number in range(5)]
    with CaptureQueriesContext(connection) as asked:
        found = list_seat_marks(
            actor=recruiter,
            application_ids=[one.pk for one in (candidate, *others)],
            may_read_decisions=True,
            may_decide=True,
            now=timezone.now(),
        )
    assert set(found) == {candidate.pk}
    assert len(asked) == 1


def test_a_card_that_was_moved_and_further_cards_have_their_marks(candidate, job: Job, recruiter, ivo, browse):
    held(recruiter, candidate, ivo)
    client = browse(recruiter)
    for path in (f"figures?view=board&card={candidate.pk}", f"{candidate.stage_id}"):
        assert shown(client.get(f"/jobs/{job.pk}/board/{path}").content.decode()) == ["Ivo owes"]
