"""Writing a card when everything goes wrong around it, and what a handed-in card becomes."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from tests.app.interviewing.cast import FRESH, SECRET, at, card, fields_of, hand_in, held

from assay.app.interviewing.actions.arranging import change
from assay.app.interviewing.actions.cards import (
    CardClosed,
    CardConflict,
    CardIncomplete,
    CardThin,
    add_to_card,
    save_draft,
    submit_card,
)
from assay.app.interviewing.actions.ending import cancel, excuse, mark
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.models import Interview, Panelist, Rating, Scorecard
from assay.app.interviewing.queries.cards import get_own_card
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.pipeline.news import applications_changed
from assay.app.screening.models import Measurement
from assay.core.interviewing.card import RatingDraft
from assay.core.interviewing.drafting import SentDraft
from assay.core.interviewing.states import InterviewState
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


@pytest.fixture
def interview(candidate: Application, recruiter: User, ivo: User) -> Interview:
    return held(recruiter, candidate, ivo)


def save(by: User, interview: Interview, takeaways: str, *, seen: int = 0, writer: str = "", turn: int = 1) -> int:
    sent = SentDraft(seen, writer, turn)
    kept = replace(card(), takeaways=takeaways)
    return save_draft(actor=by, interview_id=interview.pk, card=kept, sent=sent).number


def test_a_handed_in_rating_is_a_measurement_that_rests_on_the_written_words(interview: Interview, ivo: User) -> None:
    hand_in(ivo, interview, 3)

    (made,) = Measurement.objects.filter(observer="interview")
    assert (made.competency, made.level, made.reliability) == ("deployment", Decimal(3), Decimal("0.44"))
    assert made.observed_by_id == ivo.pk
    assert made.evidence == [{"quote": SECRET, "page": 1, "start": 0, "end": len(SECRET)}]
    assert made.rating.scorecard.author_id == ivo.pk


def test_nothing_is_measured_when_a_card_cannot_be_handed_in(interview: Interview, ivo: User) -> None:
    with pytest.raises(CardIncomplete) as refused:
        submit_card(actor=ivo, interview_id=interview.pk, card=replace(card(), ratings=()), sent=FRESH)
    assert [gap.field for gap in refused.value.gaps] == ["level_deployment", "level_monitoring"]
    assert not Measurement.objects.filter(observer="interview").exists()
    assert not Rating.objects.exists()


def test_handing_in_tells_the_clocks_and_the_interview_counts_as_held(interview: Interview, ivo: User) -> None:
    told: list[tuple[int, ...]] = []

    def hear(application_ids: tuple[int, ...], **_: object) -> None:
        told.append(tuple(application_ids))

    applications_changed.connect(hear)
    try:
        hand_in(ivo, interview)
    finally:
        applications_changed.disconnect(hear)
    interview.refresh_from_db()
    assert interview.state == InterviewState.HELD
    assert (interview.application_id,) in told


def test_handing_in_twice_counts_once(browse: Browse, interview: Interview, ivo: User) -> None:
    browser = browse(ivo)
    for _ in range(2):
        assert browser.post(f"/interviews/{interview.pk}/scorecard", fields_of(card())).status_code == 302
    assert Scorecard.objects.count() == 1
    assert Measurement.objects.filter(observer="interview").count() == 1


def test_a_second_tab_that_hands_in_something_else_changes_nothing_and_loses_nothing(
    browse: Browse, interview: Interview, ivo: User
) -> None:
    hand_in(ivo, interview)

    answer = browse(ivo).post(f"/interviews/{interview.pk}/scorecard", fields_of(card(1, evidence="Other words.")))

    assert answer.status_code == 409
    assert "Other words." in answer.content.decode()
    assert Rating.objects.get(competency="deployment").level == 3


def test_two_tabs_that_edit_one_card_are_told_of_each_other(browse: Browse, interview: Interview, ivo: User) -> None:
    assert save(ivo, interview, "From the laptop.", writer="laptop") == 1

    answer = browse(ivo).post(
        f"/interviews/{interview.pk}/scorecard/draft",
        fields_of(replace(card(), takeaways="From the phone."), number=0, writer="phone", turn=1),
    )

    assert answer.status_code == 409
    assert {"field": "takeaways", "label": "Take-aways", "theirs": "From the laptop."} in answer.json()["differs"]
    assert get_own_card(actor=ivo, interview_id=interview.pk).draft.takeaways == "From the laptop."
    assert save(ivo, interview, "From the phone.", seen=answer.json()["number"], writer="phone", turn=2) == 2


def test_two_pages_that_say_the_same_do_not_disagree(interview: Interview, ivo: User) -> None:
    save(ivo, interview, "The same.", writer="one")
    assert save(ivo, interview, "The same.", writer="other") == 1


def test_a_copy_of_a_tab_that_passes_for_the_same_page_overwrites_nothing(interview: Interview, ivo: User) -> None:
    save(ivo, interview, "Begun.", writer="page", turn=1)
    save(ivo, interview, "More.", seen=1, writer="page", turn=2)
    save(ivo, interview, "A long careful paragraph.", seen=2, writer="page", turn=3)

    for turn in (2, 3, 4, 5):
        with pytest.raises(CardConflict):
            save(ivo, interview, "From the copy.", seen=1, writer="page", turn=turn)

    assert get_own_card(actor=ivo, interview_id=interview.pk).draft.takeaways == "A long careful paragraph."


@pytest.mark.parametrize("turn", [1, 3, 9])
def test_a_card_that_has_not_seen_what_is_kept_is_not_handed_in(interview: Interview, ivo: User, turn: int) -> None:
    for number in (1, 2, 3):
        save(ivo, interview, f"Version {number}.", seen=number - 1, writer="page", turn=number)
    with pytest.raises(CardConflict):
        submit_card(
            actor=ivo, interview_id=interview.pk, card=card(), sent=SentDraft(1, "page", turn), is_confirmed=True
        )
    assert not Scorecard.objects.filter(submitted_at__isnull=False).exists()
    assert submit_card(
        actor=ivo, interview_id=interview.pk, card=card(), sent=SentDraft(3, "page", turn), is_confirmed=True
    )


def test_a_page_that_is_shown_again_for_another_reason_has_not_seen_what_was_kept_meanwhile(
    browse: Browse, interview: Interview, ivo: User
) -> None:
    save(ivo, interview, "From the laptop.", writer="laptop")
    sent = fields_of(card(), takeaways="y" * 9_000, number=0, writer="page", turn=0)

    page = browse(ivo).post(f"/interviews/{interview.pk}/scorecard", sent).content.decode()

    assert 'name="number" value="0"' in page


def test_a_form_without_scripts_shows_both_versions_and_sends_again(
    browse: Browse, interview: Interview, ivo: User
) -> None:
    save(ivo, interview, "From the laptop.", writer="laptop")
    sent = fields_of(replace(card(), takeaways="Typed here."), number=0, writer="page", turn=0)

    page = browse(ivo).post(f"/interviews/{interview.pk}/scorecard", sent).content.decode()

    assert "From the laptop." in page
    assert "Typed here." in page
    assert 'name="number" value="1"' in page


def test_a_save_whose_answer_was_lost_may_be_sent_again_by_the_same_page(interview: Interview, ivo: User) -> None:
    save(ivo, interview, "One.", writer="page", turn=1)
    assert save(ivo, interview, "One.", seen=0, writer="page", turn=1) == 1
    assert save(ivo, interview, "Two.", seen=1, writer="page", turn=2) == 2


def test_a_save_that_arrives_late_does_not_replace_a_later_one_and_is_not_taken_for_kept(
    interview: Interview, ivo: User
) -> None:
    save(ivo, interview, "Two.", writer="page", turn=2)
    with pytest.raises(CardConflict):
        save(ivo, interview, "One.", seen=0, writer="page", turn=1)
    assert get_own_card(actor=ivo, interview_id=interview.pk).draft.takeaways == "Two."


def test_a_thin_rating_at_the_end_of_the_scale_is_asked_about_once(
    browse: Browse, interview: Interview, ivo: User
) -> None:
    browser, thin = browse(ivo), card(4, evidence="Brilliant.")

    asked = browser.post(f"/interviews/{interview.pk}/scorecard", fields_of(thin))
    assert asked.status_code == 422
    assert "rests on a few words" in asked.content.decode()
    assert 'name="confirmed" value="1"' in asked.content.decode()

    assert browser.post(f"/interviews/{interview.pk}/scorecard", fields_of(thin, confirmed="1")).status_code == 302
    with pytest.raises(CardClosed):
        submit_card(actor=ivo, interview_id=interview.pk, card=card(0, evidence="No."), sent=FRESH)


def test_a_card_is_asked_about_again_only_in_words(interview: Interview, ivo: User) -> None:
    with pytest.raises(CardThin, match="once more"):
        submit_card(actor=ivo, interview_id=interview.pk, card=card(0, evidence="No."), sent=FRESH)


def test_a_handed_in_card_is_only_ever_added_to(interview: Interview, ivo: User, recruiter: User) -> None:
    hand_in(ivo, interview)
    with pytest.raises(CardClosed):
        save(ivo, interview, "Rewritten.")

    add_to_card(actor=ivo, interview_id=interview.pk, text="On second thought, ask about costs.")
    add_to_card(actor=ivo, interview_id=interview.pk, text="On second thought, ask about costs.")

    row = Scorecard.objects.get()
    assert row.addendum.count("ask about costs") == 1
    assert row.takeaways == "Knows releases by heart."
    with pytest.raises(InterviewRefused):
        add_to_card(actor=recruiter, interview_id=interview.pk, text="Not mine.")


def test_who_leaves_the_panel_while_drafting_keeps_the_draft_and_owes_nothing(
    browse: Browse, interview: Interview, ivo: User, ines: User, recruiter: User
) -> None:
    save(ivo, interview, "Half written.")
    change(
        actor=recruiter,
        interview_id=interview.pk,
        seen_revision=interview.revision,
        when=replace(at(-2, panel=(ines.pk,))),
        with_letter=False,
        is_confirmed=True,
    )

    assert Panelist.objects.get(user=ivo).excused_at is not None
    with pytest.raises(CardClosed, match="not on this panel"):
        save(ivo, interview, "More.", seen=1)
    page = browse(ivo).get(f"/interviews/{interview.pk}/scorecard").content.decode()
    assert "Half written." in page
    assert "You were excused" in page


def test_who_wrote_nothing_leaves_the_panel_without_a_trace(
    interview: Interview, ivo: User, ines: User, recruiter: User
) -> None:
    change(
        actor=recruiter,
        interview_id=interview.pk,
        seen_revision=1,
        when=at(-2, panel=(ines.pk,)),
        with_letter=False,
        is_confirmed=True,
    )
    assert not Panelist.objects.filter(user=ivo).exists()


def test_a_cancelled_interview_keeps_the_draft_for_its_author_and_takes_no_card(
    candidate: Application, recruiter: User, ivo: User
) -> None:
    ahead = held(recruiter, candidate, ivo, hours=5)
    save(ivo, ahead, "Prepared notes.")
    cancel(actor=recruiter, interview_id=ahead.pk, why="The candidate is ill.", with_letter=False)

    own = get_own_card(actor=ivo, interview_id=ahead.pk)
    assert own.draft.takeaways == "Prepared notes."
    assert "called off" in own.refusal
    with pytest.raises(CardClosed, match="called off"):
        submit_card(actor=ivo, interview_id=ahead.pk, card=card(), sent=SentDraft(1, "", 0))


def test_nobody_hands_in_a_card_before_the_talk_has_begun(candidate: Application, recruiter: User, ivo: User) -> None:
    ahead = held(recruiter, candidate, ivo, hours=5)
    save(ivo, ahead, "Prepared notes.")
    with pytest.raises(InterviewRefused, match="has not begun"):
        submit_card(actor=ivo, interview_id=ahead.pk, card=card(), sent=SentDraft(1, "", 0))


def test_an_excused_interviewer_hands_nothing_in_until_asked_again(
    interview: Interview, ivo: User, recruiter: User
) -> None:
    excuse(actor=recruiter, interview_id=interview.pk, user_id=ivo.pk, is_excused=True)
    with pytest.raises(CardClosed):
        hand_in(ivo, interview)
    excuse(actor=recruiter, interview_id=interview.pk, user_id=ivo.pk, is_excused=False)
    assert hand_in(ivo, interview)


def test_a_missed_interview_takes_no_card_and_one_with_a_card_was_not_missed(
    candidate: Application, interview: Interview, ivo: User, recruiter: User
) -> None:
    hand_in(ivo, interview)
    with pytest.raises(InterviewRefused, match="took place"):
        mark(actor=recruiter, interview_id=interview.pk, state=InterviewState.NO_SHOW)
    with pytest.raises(InterviewRefused, match="took place"):
        cancel(actor=recruiter, interview_id=interview.pk, why="Oops.", with_letter=False)

    missed = held(recruiter, candidate, ivo, title="Second")
    mark(actor=recruiter, interview_id=missed.pk, state=InterviewState.NO_SHOW)
    with pytest.raises(CardClosed, match="did not take place"):
        hand_in(ivo, missed)


def test_a_card_is_handed_in_although_its_stage_left_the_plan(interview: Interview, ivo: User, job: Job) -> None:
    Stage.objects.filter(pk=interview.stage_id).update(retired_at=interview.created_at)
    assert hand_in(ivo, interview)


def test_a_competency_that_left_the_role_is_still_rated_and_measured(
    browse: Browse, candidate: Application, interview: Interview, ivo: User
) -> None:
    kit = interview.kit | {"focus": ["deployment", "monitoring", "forecasting", "dowsing"]}
    Interview.objects.filter(pk=interview.pk).update(kit=kit)
    page = browse(ivo).get(f"/interviews/{interview.pk}/scorecard").content.decode()
    assert "Forecasting and time series" in page

    whole = card()
    more = (
        RatingDraft("forecasting", 2, evidence="Forecast demand for two years."),
        RatingDraft("dowsing", is_not_assessed=True),
    )
    submit_card(actor=ivo, interview_id=interview.pk, card=replace(whole, ratings=whole.ratings + more), sent=FRESH)

    assert Measurement.objects.filter(competency="forecasting", observer="interview").exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"evidence_deployment": "x" * 1_000_000}, "characters long"),
        ({"level_deployment": "7"}, "level from 0 to 4"),
        ({"level_deployment": "-1"}, "level from 0 to 4"),
        ({"takeaways": "y" * 9_000}, "characters long"),
        ({"recommendation": "maybe"}, "overall recommendation"),
    ],
)
def test_absurd_input_is_refused_in_words_and_still_on_the_page(
    browse: Browse, interview: Interview, ivo: User, fields: dict[str, str], says: str
) -> None:
    answer = browse(ivo).post(f"/interviews/{interview.pk}/scorecard", fields_of(card()) | fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Scorecard.objects.filter(submitted_at__isnull=False).exists()

    saved = browse(ivo).post(f"/interviews/{interview.pk}/scorecard/draft", fields_of(card()) | fields)
    assert saved.status_code in (200, 422)


def test_nul_emoji_and_text_from_right_to_left_are_kept_as_far_as_they_can_be_printed(
    browse: Browse, interview: Interview, ivo: User
) -> None:
    odd = "Said\x00 \u202e“שלום” 🚀 " + "and then explained the whole rollout, step by step, twice."
    browse(ivo).post(f"/interviews/{interview.pk}/scorecard", fields_of(card(3, evidence=odd)))

    kept = Rating.objects.get(competency="deployment").evidence
    assert "\x00" not in kept
    assert "🚀" in kept
    assert "שלום" in kept


def test_only_who_is_on_the_panel_writes_a_card(
    browse: Browse, interview: Interview, ines: User, recruiter: User, outsider: User
) -> None:
    for user in (ines, recruiter):
        with pytest.raises(CardClosed):
            hand_in(user, interview)
        assert "not on this panel" in browse(user).get(f"/interviews/{interview.pk}/scorecard").content.decode()
    with pytest.raises((Http404, PermissionDenied)):
        hand_in(outsider, interview)
    assert browse(outsider).post(f"/interviews/{interview.pk}/scorecard/draft", {}).status_code == 404
