from hypothesis import given
from hypothesis import strategies as st
from tests.core.readiness.small import IDS, SMALL, every, sheet

from assay.core.readiness.assessment import assess
from assay.core.readiness.comparison import Change, compare_assessments

levels = st.one_of(st.none(), st.integers(0, 4))
answers = st.fixed_dictionaries(dict.fromkeys(IDS, levels))
OPPOSITE = {
    Change.BETTER: Change.WORSE,
    Change.WORSE: Change.BETTER,
    Change.NEWLY_KNOWN: Change.NO_LONGER_KNOWN,
    Change.NO_LONGER_KNOWN: Change.NEWLY_KNOWN,
    Change.SAME: Change.SAME,
    Change.STILL_UNKNOWN: Change.STILL_UNKNOWN,
}


def compared(before, after):
    old, new = (assess(questionnaire=SMALL, sheets=[sheet(**one)]) for one in (before, after))
    return compare_assessments(before=old, after=new)


def test_better_worse_and_newly_known_are_told_apart():
    found = compared(every(2, review=None), every(2, access=4, history=1, review=3))
    assert {one.question.id: one.change for one in found.questions} == {
        "access": Change.BETTER,
        "history": Change.WORSE,
        "review": Change.NEWLY_KNOWN,
    }
    assert [one.change for one in found.dimensions] == [Change.BETTER, Change.BETTER]
    assert found.summary == "The verdict stays “hire with conditions”: 1 better, 1 worse, 1 newly known."


def test_a_verdict_that_moved_is_told_first():
    found = compared(every(4, access=0), every(4))
    assert (found.change, found.summary) == (Change.BETTER, "From “prepare first” to “hire”: 1 better.")


@given(answers)
def test_an_assessment_compared_with_itself_moved_nowhere(given_levels):
    found = compared(given_levels, given_levels)
    assert found.questions == ()
    assert found.summary.endswith("no answer moved.")


@given(answers, answers)
def test_comparing_backwards_is_the_opposite(one, other):
    there, back = compared(one, other), compared(other, one)
    assert [OPPOSITE[x.change] for x in there.questions] == [x.change for x in back.questions]
    assert [OPPOSITE[x.change] for x in there.dimensions] == [x.change for x in back.dimensions]
