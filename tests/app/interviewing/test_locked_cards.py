"""Whoever owes a card learns nothing of the others', whichever way they try; afterwards they may read them."""

from collections.abc import Callable

import pypdfium2
import pytest
from django.core import mail
from django.http import Http404
from django.test import Client
from tests.app.interviewing.cast import SECRET, hand_in, held

from assay.app.interviewing.actions.ending import cancel, excuse
from assay.app.interviewing.models import Interview, Rating, Scorecard
from assay.app.interviewing.queries.cards import get_cards
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.interviewing.queries.visibility import hidden_card_ids, hidden_rating_ids
from assay.app.pipeline.models import Application, Job
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

Browse = Callable[[User], Client]
TELLING = (SECRET, "Knows releases by heart.", "Talks fast when unsure.", "Ratings side by side")
PAGES = (
    "/applications/{application}/interviews",
    "/applications/{application}/",
    "/applications/{application}/?tab=history",
    "/applications/{application}/?tab=documents",
    "/applications/{application}/?tab=other",
    "/interviews/{interview}/",
    "/interviews/{interview}/scorecard",
    "/interviews/",
    "/inbox/",
    "/jobs/{job}/",
    "/jobs/{job}/board",
    "/jobs/{job}/review?show=all&at={application}",
    "/jobs/{job}/shortlist",
    "/jobs/{job}/shortlist.csv",
    "/jobs/{job}/shortlist.pdf",
    "/jobs/{job}/interviews",
    "/candidates/",
)


def strong_card(by: User, interview: Interview) -> Scorecard:
    row = Scorecard.objects.get(pk=hand_in(by, interview, 4))
    Scorecard.objects.filter(pk=row.pk).update(recommendation="strong_yes")
    return row


def read(browser: Client, job: Job, interview: Interview) -> dict[str, str]:
    """Everything that somebody finds at the addresses where a rating could show."""
    found = {}
    for page in PAGES:
        address = page.format(application=interview.application_id, interview=interview.pk, job=job.pk)
        answer = browser.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        found[address] = pdf_words(body) if body.startswith(b"%PDF") else body.decode("utf-8", "replace")
    return found


def pdf_words(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("who", ["ines", "manager"])
def test_nothing_of_another_card_shows_anywhere_before_ones_own_is_in(
    browse: Browse, job: Job, candidate: Application, recruiter: User, ivo: User, who: str, request: object
) -> None:
    locked: User = request.getfixturevalue(who)
    interview = held(recruiter, candidate, ivo, locked)
    card = strong_card(ivo, interview)

    for address, text in read(browse(locked), job, interview).items():
        assert not [words for words in TELLING if words in text], address
        # The form of one's own card offers the word; nowhere else may it stand.
        assert address.endswith("/scorecard") or "Definitely" not in text, address
    assert hidden_card_ids(actor=locked, application_id=candidate.pk) == {card.pk}
    assert hidden_rating_ids(actor=locked, application_id=candidate.pk) == set(
        Rating.objects.values_list("pk", flat=True)
    )
    assert get_cards(actor=locked, application_id=candidate.pk).cards == ()


@pytest.mark.parametrize("who", ["ines", "manager"])
def test_with_ones_own_card_in_the_others_open(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, who: str, request: object
) -> None:
    reader: User = request.getfixturevalue(who)
    interview = held(recruiter, candidate, ivo, reader)
    strong_card(ivo, interview)
    hand_in(reader, interview, 2)

    page = browse(reader).get(f"/applications/{candidate.pk}/interviews").content.decode()

    assert SECRET in page
    assert page.count("Talks fast when unsure.") == (2 if who == "manager" else 1)


def test_a_talk_that_is_still_ahead_keeps_earlier_cards_shut(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    first = held(recruiter, candidate, ivo, ines, hours=-30)
    card = strong_card(ivo, first)
    hand_in(ines, first, 2)
    assert hidden_card_ids(actor=ines, application_id=candidate.pk) == frozenset()

    held(recruiter, candidate, ines, hours=30, title="Second talk")

    assert hidden_card_ids(actor=ines, application_id=candidate.pk) == {card.pk}


def test_only_what_was_left_open_reaches_the_next_interviewer(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    strong_card(ivo, held(recruiter, candidate, ivo, hours=-30))
    following = held(recruiter, candidate, ines, hours=-2, title="Second talk")

    page = browse(ines).get(f"/interviews/{following.pk}/").content.decode()

    assert "Did not get to monitoring." in page
    assert SECRET not in page


def test_nobody_reads_a_draft_of_another(candidate: Application, recruiter: User, ivo: User) -> None:
    interview = held(recruiter, candidate, ivo)
    draft = Scorecard.objects.create(interview=interview, author=ivo, draft={"fields": {"takeaways": SECRET}})

    assert draft.pk in hidden_card_ids(actor=recruiter, application_id=candidate.pk)


def test_an_interviewer_off_the_panel_reads_no_card_and_is_told_why(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    strong_card(ivo, held(recruiter, candidate, ivo))

    page = browse(ines).get(f"/applications/{candidate.pk}/interviews").content.decode()

    assert "Scorecards are read by those who decide" in page
    assert SECRET not in page


def test_who_decides_and_sits_on_no_panel_reads_at_once(candidate: Application, recruiter: User, ivo: User) -> None:
    strong_card(ivo, held(recruiter, candidate, ivo))
    assert hidden_card_ids(actor=recruiter, application_id=candidate.pk) == frozenset()


def test_a_hiring_manager_who_is_excused_or_whose_talk_was_called_off_owes_nothing_and_reads(
    candidate: Application, recruiter: User, manager: User, ivo: User
) -> None:
    first = held(recruiter, candidate, ivo, manager)
    second = held(recruiter, candidate, manager, hours=20, title="Later")
    card = strong_card(ivo, first)

    excuse(actor=recruiter, interview_id=first.pk, user_id=manager.pk, is_excused=True)
    assert hidden_card_ids(actor=manager, application_id=candidate.pk) == {card.pk}
    cancel(actor=recruiter, interview_id=second.pk, why="Enough seen.", with_letter=False)
    assert hidden_card_ids(actor=manager, application_id=candidate.pk) == frozenset()


def test_what_the_log_and_the_clocks_are_told_holds_no_word_and_no_level_of_a_card(
    candidate: Application, recruiter: User, ivo: User
) -> None:
    interview = held(recruiter, candidate, ivo)
    strong_card(ivo, interview)

    event = Event.objects.get(verb="scorecard.submitted")
    assert set(event.data) == {"interview", "starts_at", "scorecard"}
    assert SECRET not in str(list_interview_facts(application_ids=[candidate.pk]))
    assert not [letter for letter in mail.outbox if SECRET in str(letter.message())]


def test_a_stranger_to_the_job_does_not_learn_that_there_is_a_card(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, outsider: User
) -> None:
    interview = held(recruiter, candidate, ivo)
    strong_card(ivo, interview)

    for address in (f"/interviews/{interview.pk}/", f"/applications/{candidate.pk}/interviews"):
        assert browse(outsider).get(address).status_code == 404
    with pytest.raises(Http404):
        hidden_card_ids(actor=outsider, application_id=candidate.pk)


def test_a_panelist_sees_that_a_card_is_in_but_not_what_it_says(
    browse: Browse, candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    strong_card(ivo, held(recruiter, candidate, ivo, ines))

    page = browse(ines).get(f"/applications/{candidate.pk}/interviews").content.decode()

    assert "Ivo: card in" in page
    assert "Your scorecard first." in page
