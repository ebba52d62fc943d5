"""Nobody writes a card after they could read the others': not by excusing themself, not by leaving and coming back."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.interviewing.cast import hand_in, held

from assay.app.interviewing.actions.arranging import change
from assay.app.interviewing.actions.checking import Arrangement
from assay.app.interviewing.actions.ending import excuse, mark
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.models import Interview, Panelist
from assay.app.interviewing.queries.cards import get_cards
from assay.app.pipeline.models import Application
from assay.core.interviewing.states import InterviewState
from assay.platform.accounts.models import User


def give_panel(by: User, interview: Interview, *panel: User) -> None:
    """Change the panel alone: the time stays, as it must once a card is in."""
    interview.refresh_from_db()
    begins = interview.starts_at
    change(
        actor=by,
        interview_id=interview.pk,
        seen_revision=interview.revision,
        when=Arrangement(begins.date(), begins.time(), 60, "UTC", panel=tuple(user.pk for user in panel)),
        with_letter=False,
        is_confirmed=True,
    )


def let_off(by: User, interview: Interview, who: User) -> None:
    excuse(actor=by, interview_id=interview.pk, user_id=who.pk, is_excused=True)


def ask_again(by: User, interview: Interview, who: User) -> None:
    excuse(actor=by, interview_id=interview.pk, user_id=who.pk, is_excused=False)


@pytest.fixture
def interview(candidate: Application, recruiter: User, manager: User, ivo: User) -> Interview:
    """A talk that Ivo and the manager held; Ivo's card is in."""
    made = held(recruiter, candidate, ivo, manager)
    hand_in(ivo, made, 4)
    return made


def test_nobody_excuses_themself_to_read_the_others(
    browse: Callable[[User], Client], interview: Interview, manager: User
) -> None:
    with pytest.raises(InterviewRefused, match="yours is still due"):
        let_off(manager, interview, manager)

    page = browse(manager).post(f"/interviews/{interview.pk}/excuse", {"user": manager.pk, "to": "excuse"}, follow=True)
    assert "let somebody else excuse you" in page.content.decode()
    assert get_cards(actor=manager, application_id=interview.application_id).is_locked


def test_a_card_of_another_talk_of_the_candidate_counts_as_well(
    candidate: Application, recruiter: User, manager: User, interview: Interview
) -> None:
    second = held(recruiter, candidate, manager, hours=20, title="Second talk")
    with pytest.raises(InterviewRefused, match="yours is still due"):
        let_off(manager, second, manager)


def test_nobody_leaves_the_panel_to_read_the_others(interview: Interview, manager: User, ivo: User) -> None:
    with pytest.raises(InterviewRefused, match="yours is still due"):
        give_panel(manager, interview, ivo)
    assert get_cards(actor=manager, application_id=interview.application_id).is_locked


def test_before_any_card_is_in_anybody_excuses_themself_but_is_not_asked_again_once_they_could_read(
    candidate: Application, recruiter: User, manager: User, ivo: User
) -> None:
    made = held(recruiter, candidate, ivo, manager)
    let_off(manager, made, manager)
    ask_again(recruiter, made, manager)
    let_off(manager, made, manager)
    hand_in(ivo, made)

    for actor in (manager, recruiter):
        with pytest.raises(InterviewRefused, match="Hanna could read the cards of others while excused"):
            ask_again(actor, made, manager)


def test_whom_somebody_else_excused_reads_and_is_not_asked_again(
    interview: Interview, recruiter: User, manager: User
) -> None:
    let_off(recruiter, interview, manager)
    assert get_cards(actor=manager, application_id=interview.application_id).cards
    with pytest.raises(InterviewRefused, match="could read"):
        ask_again(recruiter, interview, manager)


def test_an_interviewer_to_whom_nothing_opened_while_excused_is_asked_again(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    made = held(recruiter, candidate, ivo, ines)
    hand_in(ivo, made)
    let_off(recruiter, made, ines)
    assert not get_cards(actor=ines, application_id=candidate.pk).cards

    ask_again(recruiter, made, ines)

    assert hand_in(ines, made)


def test_who_was_taken_off_the_panel_with_cards_in_keeps_the_seat_and_does_not_come_back(
    interview: Interview, recruiter: User, manager: User, ivo: User
) -> None:
    give_panel(recruiter, interview, ivo)
    assert Panelist.objects.get(interview=interview, user=manager).excused_at is not None

    give_panel(recruiter, interview, ivo, manager)

    assert Panelist.objects.get(interview=interview, user=manager).excused_at is not None
    with pytest.raises(InterviewRefused, match="could read"):
        ask_again(recruiter, interview, manager)


def test_nobody_joins_a_talk_whose_cards_were_open_to_them(
    candidate: Application, recruiter: User, manager: User, ivo: User, ines: User
) -> None:
    made = held(recruiter, candidate, ivo)
    hand_in(ivo, made)
    with pytest.raises(InterviewRefused, match="could read a card of this interview"):
        give_panel(manager, made, ivo, manager)
    give_panel(manager, made, ivo, ines)
    assert hand_in(ines, made)


def test_nobody_calls_a_talk_missed_reads_and_brings_their_card_back(
    candidate: Application, recruiter: User, manager: User, ivo: User
) -> None:
    hand_in(ivo, held(recruiter, candidate, ivo, hours=-30))
    second = held(recruiter, candidate, manager, title="Second talk")
    mark(actor=manager, interview_id=second.pk, state=InterviewState.NO_SHOW)
    with pytest.raises(InterviewRefused, match="somebody else say that it was held"):
        mark(actor=manager, interview_id=second.pk, state=InterviewState.HELD)
    mark(actor=recruiter, interview_id=second.pk, state=InterviewState.HELD)


def test_changing_an_interview_keeps_who_is_excused_excused(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    made = held(recruiter, candidate, ivo, ines)
    let_off(recruiter, made, ines)

    give_panel(recruiter, made, ivo, ines)
    assert Panelist.objects.get(interview=made, user=ines).excused_at is not None
    give_panel(recruiter, made, ivo)
    assert Panelist.objects.get(interview=made, user=ines).excused_at is not None
