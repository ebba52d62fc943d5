import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.readiness.small import IDS, SMALL, every, sheet

from assay.core.readiness.answers import Answer, Sheet
from assay.core.readiness.assessment import assess
from assay.core.readiness.verdict import DimensionState, ReasonKind, Verdict, judge

levels = st.one_of(st.none(), st.integers(0, 4))
companies = st.lists(st.dictionaries(st.sampled_from(IDS), levels), min_size=1, max_size=4)


def judged(**answers):
    return judge(questionnaire=SMALL, levels=answers)


def assessed(company):
    sheets = [Sheet(f"P{number}", {k: Answer(v) for k, v in one.items()}) for number, one in enumerate(company)]
    return assess(questionnaire=SMALL, sheets=sheets)


def test_no_answers_is_not_enough_known_and_never_zero():
    result = assess(questionnaire=SMALL, sheets=[])
    assert result.verdict is Verdict.NOT_ENOUGH_KNOWN
    assert [(one.point, one.low, one.high) for one in result.standing.dimensions] == [(None, 0.0, 4.0)] * 2
    assert (result.worst, result.best, result.on_known) == (Verdict.PREPARE_FIRST, Verdict.HIRE, None)
    assert result.plan.actions == ()
    assert [one.question.id for one in result.to_find_out][0] == "access"


def test_good_answers_everywhere_mean_hire():
    assert judged(**every(3)).verdict is Verdict.HIRE


def test_a_hard_stop_means_prepare_first_whatever_the_rest_says():
    standing = judged(**every(4, access=0))
    assert standing.verdict is Verdict.PREPARE_FIRST
    assert [(one.kind, one.text) for one in standing.reasons] == [
        (ReasonKind.HARD_STOP, "There is no way to the data.")
    ]


def test_a_hard_stop_alone_is_known_even_while_all_else_is_unknown():
    assert judged(access=0).verdict is Verdict.PREPARE_FIRST


def test_an_unknown_hard_stop_withholds_the_verdict():
    standing = judged(**every(4, access=None))
    assert standing.verdict is Verdict.NOT_ENOUGH_KNOWN
    assert standing.reasons[0].kind is ReasonKind.OPEN_HARD_STOP


def test_a_dimension_too_thinly_answered_withholds_the_verdict():
    standing = judged(**every(4, not_alone=None))
    assert standing.verdict is Verdict.NOT_ENOUGH_KNOWN
    assert [one.about for one in standing.reasons] == ["team"]


def test_a_weak_dimension_means_prepare_first():
    standing = judged(**every(3, not_alone=2, review=0, partners=0))
    assert standing.verdict is Verdict.PREPARE_FIRST
    assert standing.dimensions[1].state is DimensionState.WEAK
    assert standing.dimensions[1].point == 1.0


def test_a_condition_ties_the_hire_and_says_until_when():
    standing = judged(**every(4, history=1))
    assert standing.verdict is Verdict.HIRE_WITH_CONDITIONS
    assert standing.conditions[0].text == "Before the offer: mend history."


def test_an_unknown_condition_ties_the_hire_to_finding_out():
    standing = judged(**every(4, history=None))
    assert standing.verdict is Verdict.HIRE_WITH_CONDITIONS
    assert standing.conditions[0].kind is ReasonKind.OPEN_CONDITION


def test_more_conditions_than_allowed_are_preparing_under_another_name():
    standing = judged(**every(4, history=1, not_alone=1, review=0))
    assert standing.verdict is Verdict.PREPARE_FIRST
    assert [one.kind for one in standing.reasons] == [ReasonKind.TOO_MANY_CONDITIONS]


def test_between_the_lines_hiring_is_tied_to_lifting_the_dimension():
    standing = judged(**every(2))
    assert standing.verdict is Verdict.HIRE_WITH_CONDITIONS
    assert [one.about for one in standing.gaps] == ["data", "team"]
    assert standing.conditions == ()


def test_the_middle_of_a_dimension_is_weighted():
    data = judged(access=4, history=1).dimensions[0]
    assert (data.point, data.low, data.high, data.answered) == (3.0, 2.25, 3.25, 0.75)


@given(companies, st.data())
def test_raising_an_answer_never_worsens_the_verdict(company, data):
    before = assessed(company)
    who = data.draw(st.integers(0, len(company) - 1))
    known = sorted(key for key, level in company[who].items() if level is not None)
    if not known:
        return
    key = data.draw(st.sampled_from(known))
    raised = [dict(one) for one in company]
    raised[who][key] = data.draw(st.integers(company[who][key], 4))
    after = assessed(raised)
    assert after.verdict.rank >= before.verdict.rank
    assert after.worst.rank >= before.worst.rank
    for old, new in zip(before.standing.dimensions, after.standing.dimensions, strict=True):
        assert new.low >= old.low
        assert new.high >= old.high
        assert (new.point is None) == (old.point is None)
        assert new.point is None or new.point >= old.point


@given(st.fixed_dictionaries(dict.fromkeys(IDS, levels)), st.sampled_from(IDS))
def test_forgetting_an_answer_only_widens_what_could_be(answers, forgotten):
    known = assess(questionnaire=SMALL, sheets=[sheet(**answers)])
    less = assess(questionnaire=SMALL, sheets=[sheet(**{**answers, forgotten: None})])
    for narrow, wide in zip(known.standing.dimensions, less.standing.dimensions, strict=True):
        assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert less.worst.rank <= known.worst.rank <= known.best.rank <= less.best.rank


@given(st.fixed_dictionaries(dict.fromkeys(IDS, levels)))
def test_a_known_point_lies_within_its_range(answers):
    for one in judged(**answers).dimensions:
        assert one.point is None or one.low - 1e-9 <= one.point <= one.high + 1e-9


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (every(4, access=0), "1 hard stop holds"),
        (every(1), "“The data” and “The team” would not carry"),
        (every(4, history=1, not_alone=1, review=0), "too much would have to be put right at once"),
        (every(None), "Too much is unknown"),
        (every(4, access=None), "Too much is unknown"),
        (every(4, history=1), "tied to 1 condition"),
        (every(2), "lift “The data” and “The team” to the hiring line"),
        (every(4), "What a specialist needs from you is there"),
    ],
)
def test_the_summary_says_why(answers, words):
    assert words in assess(questionnaire=SMALL, sheets=[sheet(**answers)]).summary


def test_a_verdict_withheld_still_says_where_it_points():
    result = assess(questionnaire=SMALL, sheets=[sheet(**every(4, access=None))])
    assert result.on_known is Verdict.HIRE
    assert "points to “hire”" in result.summary
