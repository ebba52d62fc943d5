import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.readiness.small import IDS, OWNER, SMALL, SPONSOR, sheet

from assay.core.readiness.answers import Answer, AnswerError, Sheet, combine_answers, combine_levels
from assay.core.readiness.assessment import assess

levels = st.one_of(st.none(), st.integers(0, 4))
answers = st.dictionaries(st.sampled_from(IDS), levels)
companies = st.lists(answers, max_size=4)


def combined(*sheets):
    return {one.question.id: one for one in combine_answers(questionnaire=SMALL, sheets=sheets)}


def test_the_middle_answer_counts_and_of_two_middles_the_lower():
    three = combined(sheet("A", quality=1), sheet("B", quality=4), sheet("C", quality=2))
    two = combined(sheet("A", quality=1), sheet("B", quality=4))
    assert (three["quality"].level, two["quality"].level) == (2, 1)


def test_at_a_hard_stop_the_lowest_answer_counts():
    found = combined(sheet("A", access=4), sheet("B", access=4), sheet("C", access=0))["access"]
    assert (found.level, found.spread, found.is_disputed) == (0, 4, True)


def test_not_knowing_is_no_answer_and_no_zero():
    found = combined(sheet("A", quality=None), sheet("B", quality=3))["quality"]
    assert (found.level, found.spread, len(found.voices)) == (3, 0, 2)
    assert combined(sheet("A", quality=None))["quality"].level is None
    assert combined()["quality"].level is None


def test_answers_one_level_apart_are_not_worth_a_talk_and_two_are():
    assert not combined(sheet("A", quality=2), sheet("B", quality=3))["quality"].is_disputed
    assert combined(sheet("A", quality=1), sheet("B", quality=3))["quality"].is_disputed


def test_who_is_best_placed_to_know_is_marked():
    voices = combined(sheet("A", SPONSOR, quality=2), sheet("B", OWNER, quality=2))["quality"].voices
    assert [(voice.respondent, voice.knows_best) for voice in voices] == [("A", False), ("B", True)]


def test_two_sheets_of_one_person_are_refused_whatever_the_capitals():
    with pytest.raises(AnswerError, match="two sheets by “ADA”"):
        combined(sheet("Ada"), sheet("ADA"))


def test_a_question_that_is_not_asked_is_refused_by_name():
    with pytest.raises(AnswerError, match="Ada: there is no question “luck”"):
        combined(sheet("Ada", luck=3))


@pytest.mark.parametrize("level", [-1, 5, 7, 10**9])
def test_a_level_off_the_scale_is_refused(level):
    with pytest.raises(AnswerError, match="Choose 0 to 4"):
        Answer(level)


@given(companies, st.randoms())
def test_the_order_of_respondents_changes_nothing(company, random):
    sheets = [Sheet(f"P{number}", {k: Answer(v) for k, v in one.items()}) for number, one in enumerate(company)]
    before = assess(questionnaire=SMALL, sheets=sheets)
    random.shuffle(sheets)
    assert assess(questionnaire=SMALL, sheets=sheets) == before


@given(companies)
def test_bare_levels_combine_as_whole_answers_do(company):
    sheets = [Sheet(f"P{number}", {k: Answer(v) for k, v in one.items()}) for number, one in enumerate(company)]
    whole = {one.question.id: one.level for one in combine_answers(questionnaire=SMALL, sheets=sheets)}
    assert combine_levels(questionnaire=SMALL, given=company) == whole
