import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import (
    MOST_STAGES,
    KeptStage,
    StageDraft,
    StagePlanError,
    check_plan,
    order_with_retired,
    version_of,
)

NEW = StageDraft(1, "New", StageGroup.APPLICATION)
TALK = StageDraft(2, "Talk", StageGroup.INTERVIEW)
HIRED = StageDraft(3, "Hired", StageGroup.HIRED)


def kept(pk, position, is_retired=False):
    return KeptStage(pk, f"Stage {pk}", StageGroup.INTERVIEW, position, is_retired)


def test_a_plan_that_begins_before_the_band_and_ends_with_a_hire_is_good():
    check_plan(drafts=[NEW, TALK, HIRED])


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([], "last stage"),
        ([NEW, TALK], "last stage"),
        ([NEW, HIRED, TALK], "last stage"),
        ([NEW, StageDraft(4, "Signed", StageGroup.HIRED), HIRED], "Only one stage"),
        ([TALK, HIRED], "applicants begin there"),
        ([NEW, StageDraft(4, "nEW", StageGroup.INTERVIEW), HIRED], "Two stages"),
        ([StageDraft(1, "", StageGroup.APPLICATION), HIRED], "name of 1 to 80"),
        ([StageDraft(1, "x" * 81, StageGroup.APPLICATION), HIRED], "name of 1 to 80"),
        ([NEW] * (MOST_STAGES + 1), "at most"),
    ],
)
def test_a_plan_that_cannot_be_worked_with_says_why(drafts, words):
    with pytest.raises(StagePlanError, match=words):
        check_plan(drafts=drafts)


def test_a_retired_stage_stays_behind_the_stage_it_followed():
    plan = [kept(1, 1), kept(2, 2), kept(9, 3, is_retired=True), kept(4, 4)]
    assert order_with_retired(kept=plan, live=[4, 2, 1]) == (4, 2, 9, 1)
    assert order_with_retired(kept=[kept(9, 1, is_retired=True), kept(1, 2)], live=[1]) == (9, 1)


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)), st.randoms(use_true_random=False))
def test_every_stage_keeps_a_place_of_its_own_and_the_live_ones_the_order_asked(order, retired, random):
    plan = [kept(pk, position, pk in retired) for position, pk in enumerate(order, 1)]
    live = [pk for pk in order if pk not in retired]
    random.shuffle(live)
    result = order_with_retired(kept=plan, live=live)
    assert sorted(result) == sorted(order)
    assert [pk for pk in result if pk in live] == live


def test_the_version_changes_with_a_name_an_order_a_kind_and_a_retirement_and_not_otherwise():
    plan = [kept(1, 1), kept(2, 2)]
    assert version_of(kept=plan) == version_of(kept=plan[::-1])
    others = [
        [kept(1, 2), kept(2, 1)],
        [kept(1, 1), kept(2, 2, is_retired=True)],
        [kept(1, 1)],
        [kept(1, 1), KeptStage(2, "Other", StageGroup.INTERVIEW, 2, False)],
        [kept(1, 1), KeptStage(2, "Stage 2", StageGroup.OFFER, 2, False)],
    ]
    assert len({version_of(kept=other) for other in [plan, *others]}) == 6
