"""Cards: what is missing, which save counts, whose eyes they are open to, and how far apart they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.evidence.measurement import MeasurementWithoutEvidence, Observer
from assay.core.evidence.profile import Trust
from assay.core.interviewing.card import CardDraft, RatingDraft, differences, find_gaps, find_thin
from assay.core.interviewing.comparing import GivenRating, lay_grid
from assay.core.interviewing.drafting import DraftFate, SavedDraft, SentDraft, judge_draft
from assay.core.interviewing.measuring import measurement_of
from assay.core.interviewing.opening import CardMark, Duty, Reader, can_see, can_see_private_note, hidden_cards
from assay.core.interviewing.states import InterviewState, Recommendation

TRUST = Trust(base=0.44, most=0.74, growth=0.35)


def fields(card: CardDraft, *focus: str) -> list[str]:
    return [gap.field for gap in find_gaps(card=card, focus=focus, labels={})]


def test_every_competency_in_focus_is_rated_with_evidence_or_said_not_to_be_assessed() -> None:
    card = CardDraft((RatingDraft("b", 3), RatingDraft("c", is_not_assessed=True)), recommendation=Recommendation.NO)
    assert fields(card, "a", "b", "c") == ["level_a", "evidence_b"]


def test_a_competency_that_was_added_is_rated_too() -> None:
    card = CardDraft((RatingDraft("extra"), RatingDraft("a", 2, evidence="x")), recommendation=Recommendation.YES)
    assert fields(card, "a") == ["level_extra"]


def test_a_card_that_assessed_nothing_says_why() -> None:
    card = CardDraft((RatingDraft("a", is_not_assessed=True),), recommendation=Recommendation.NO)
    assert fields(card, "a") == ["takeaways"]


def test_a_recommendation_is_always_given_and_comes_last() -> None:
    assert fields(CardDraft(), "a") == ["level_a", "recommendation"]


@pytest.mark.parametrize(("level", "is_asked"), [(0, True), (1, False), (3, False), (4, True)])
def test_only_the_ends_of_the_scale_are_asked_about_again(level: int, is_asked: bool) -> None:
    card = CardDraft((RatingDraft("a", level, evidence="Good."),))
    assert bool(find_thin(card=card, labels={}, least=20)) is is_asked
    assert not find_thin(card=card, labels={}, least=4)


def test_two_versions_of_a_card_are_told_apart_field_by_field() -> None:
    mine = CardDraft((RatingDraft("a", 3, evidence="Mine."),), takeaways="Same.")
    theirs = CardDraft(
        (RatingDraft("a", 1, evidence="Mine."), RatingDraft("b", 2, evidence="More.")), takeaways="Same."
    )

    found = differences(mine=mine, theirs=theirs, labels={"a": "Release"})

    assert [(one.field, one.theirs) for one in found] == [("level_a", "1"), ("level_b", "2"), ("evidence_b", "More.")]
    assert found[0].label == "Release, level"


@given(number=st.integers(1, 50), seen=st.integers(0, 50), turn=st.integers(0, 9))
def test_the_page_that_wrote_the_kept_draft_replaces_only_what_it_has_seen_too(
    number: int, seen: int, turn: int
) -> None:
    fate = judge_draft(saved=SavedDraft(number, "page", 3), sent=SentDraft(seen, "page", turn))
    if seen >= number:
        assert fate is DraftFate.KEEP
    else:
        assert fate is (DraftFate.OLD_NEWS if turn <= 3 else DraftFate.CONFLICT)


@given(number=st.integers(1, 50), seen=st.integers(0, 50), turn=st.integers(0, 9))
def test_another_page_replaces_only_what_it_has_seen(number: int, seen: int, turn: int) -> None:
    fate = judge_draft(saved=SavedDraft(number, "one", 3), sent=SentDraft(seen, "other", turn))
    assert fate is (DraftFate.KEEP if seen >= number else DraftFate.CONFLICT)


def duty(state: InterviewState, *, is_excused: bool = False, is_card_in: bool = False) -> Duty:
    return Duty(1, state, is_excused, is_card_in)


@pytest.mark.parametrize(
    ("owed", "opens"),
    [
        ([], True),
        ([duty(InterviewState.HELD)], False),
        ([duty(InterviewState.SCHEDULED)], False),
        ([duty(InterviewState.HELD, is_card_in=True)], True),
        ([duty(InterviewState.HELD, is_card_in=True), duty(InterviewState.SCHEDULED)], False),
        ([duty(InterviewState.CANCELLED)], True),
        ([duty(InterviewState.NO_SHOW)], True),
        ([duty(InterviewState.HELD, is_excused=True)], True),
    ],
)
def test_others_cards_open_to_a_decider_only_when_no_card_of_theirs_is_due(owed: list[Duty], opens: bool) -> None:
    reader = Reader(7, may_read_decisions=True, may_decide=True, duties=tuple(owed))
    assert can_see(reader=reader, card=CardMark(1, 8, is_submitted=True)) is opens
    assert can_see_private_note(reader=reader, card=CardMark(1, 8, is_submitted=True)) is opens


def test_an_interviewer_reads_the_others_once_their_own_is_in_but_never_their_private_notes() -> None:
    reader = Reader(7, may_read_decisions=False, may_decide=False, duties=(duty(InterviewState.HELD, is_card_in=True),))
    assert can_see(reader=reader, card=CardMark(1, 8, is_submitted=True))
    assert not can_see_private_note(reader=reader, card=CardMark(1, 8, is_submitted=True))


@given(decides=st.booleans(), reads=st.booleans(), is_in=st.booleans())
def test_nobody_reads_a_draft_of_another_and_everybody_their_own(decides: bool, reads: bool, is_in: bool) -> None:
    reader = Reader(7, reads, decides, (duty(InterviewState.HELD, is_card_in=is_in),))
    assert not can_see(reader=reader, card=CardMark(1, 8, is_submitted=False))
    assert can_see(reader=reader, card=CardMark(2, 7, is_submitted=False))
    assert 1 in hidden_cards(reader=reader, cards=[CardMark(1, 8, False), CardMark(2, 7, False)])


def test_ratings_two_levels_apart_are_pointed_at_and_not_assessed_counts_for_nothing() -> None:
    ratings = [
        GivenRating(1, 1, "a", 4),
        GivenRating(2, 2, "a", 2),
        GivenRating(3, 1, "b", 3),
        GivenRating(4, 2, "b", None),
        GivenRating(5, 2, "old", 1),
    ]
    first, second, third = lay_grid(ratings=ratings, card_ids=[1, 2], order=["a", "b", "c"], far_apart=2)

    assert (first.low, first.high, first.is_far_apart) == (2, 4, True)
    assert (second.low, second.high, second.is_far_apart) == (3, 3, False)
    assert (third.competency, third.cells[0]) == ("old", None)


@given(level=st.integers(0, 4), text=st.text(min_size=1, max_size=200))
def test_a_rating_is_measured_by_the_words_it_rests_on(level: int, text: str) -> None:
    made = measurement_of(competency="a", level=level, evidence=text, trust=TRUST)

    (quote,) = made.evidence
    assert text[quote.start : quote.end] == quote.quote
    assert made.observer is Observer.INTERVIEW
    assert made.reliability == pytest.approx(0.44)


def test_a_rating_without_words_is_no_measurement() -> None:
    with pytest.raises(MeasurementWithoutEvidence):
        measurement_of(competency="a", level=2, evidence="", trust=TRUST)
