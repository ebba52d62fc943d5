from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.deciding.decision import (
    KIND_LABELS,
    REASON_LABELS,
    DecisionKind,
    IllegalDecisionError,
    RejectReason,
    Standing,
    check_decision,
    land,
)
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

TODAY = date(2026, 3, 4)
PLAN = {1: StageGroup.APPLICATION, 2: StageGroup.INTERVIEW, 5: StageGroup.HIRED}
FIRST = Standing(ApplicationStatus.ACTIVE, 1, 5)


def landing(kind, *, standing=FIRST, to_position=None, held_until=None):
    return land(kind=kind, standing=standing, plan=PLAN, to_position=to_position, held_until=held_until, today=TODAY)


def test_advancing_goes_to_the_next_stage_even_across_a_gap_in_positions():
    assert landing(DecisionKind.ADVANCE).position == 2
    assert landing(DecisionKind.ADVANCE, standing=Standing(ApplicationStatus.ACTIVE, 2, 5)).position == 5


def test_reaching_a_stage_of_the_hired_group_makes_the_applicant_hired():
    assert landing(DecisionKind.MOVE, to_position=5).status is ApplicationStatus.HIRED


@pytest.mark.parametrize("target", [None, 1, 3])
def test_a_move_needs_another_stage_of_the_plan(target):
    with pytest.raises(IllegalDecisionError, match="another stage"):
        landing(DecisionKind.MOVE, to_position=target)


@pytest.mark.parametrize("until", [None, TODAY, TODAY - timedelta(days=1)])
def test_a_hold_needs_a_day_to_come(until):
    with pytest.raises(IllegalDecisionError, match="day after today"):
        landing(DecisionKind.HOLD, held_until=until)


def test_a_hold_leaves_the_stage_and_resuming_brings_the_application_back_to_review():
    held = landing(DecisionKind.HOLD, held_until=TODAY + timedelta(days=7))
    assert (held.position, held.status, held.needs_review) == (1, ApplicationStatus.HELD, False)
    back = landing(DecisionKind.RESUME, standing=Standing(ApplicationStatus.HELD, 1, 5))
    assert (back.position, back.status, back.held_until, back.needs_review) == (1, ApplicationStatus.ACTIVE, None, True)


def test_advancing_someone_on_hold_takes_them_off_hold():
    moved = landing(DecisionKind.ADVANCE, standing=Standing(ApplicationStatus.HELD, 1, 5))
    assert (moved.status, moved.held_until) == (ApplicationStatus.ACTIVE, None)


def check(kind, *, status=ApplicationStatus.ACTIVE, position=1, reason=None, note=""):
    check_decision(kind=kind, standing=Standing(status, position, 5), reason=reason, note=note)


def test_a_rejection_without_a_reason_is_refused():
    with pytest.raises(IllegalDecisionError, match="needs a reason"):
        check(DecisionKind.REJECT)


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_another_reason_must_be_written_down(note):
    with pytest.raises(IllegalDecisionError, match="write the reason"):
        check(DecisionKind.REJECT, reason=RejectReason.OTHER, note=note)


@given(st.sampled_from([s for s in ApplicationStatus if s not in (ApplicationStatus.ACTIVE, ApplicationStatus.HELD)]))
def test_nothing_but_an_undo_is_decided_about_an_application_that_has_ended(status):
    for kind in (DecisionKind.ADVANCE, DecisionKind.MOVE, DecisionKind.HOLD, DecisionKind.REJECT):
        with pytest.raises(IllegalDecisionError, match="Undo that first"):
            check(kind, status=status, reason=RejectReason.LEVEL_TOO_LOW)
    check(DecisionKind.UNDO, status=status)


def test_only_an_application_on_hold_can_be_resumed():
    check(DecisionKind.RESUME, status=ApplicationStatus.HELD)
    with pytest.raises(IllegalDecisionError, match="on hold"):
        check(DecisionKind.RESUME)


def test_nobody_advances_beyond_the_last_stage():
    with pytest.raises(IllegalDecisionError, match="last stage"):
        check(DecisionKind.ADVANCE, position=5)


def test_every_reason_and_every_kind_has_words_for_people_and_a_digit():
    assert set(REASON_LABELS) == set(RejectReason)
    assert set(KIND_LABELS) == set(DecisionKind)
    assert len(RejectReason) <= 9
