"""What a decision about many will do, by the rules alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.deciding.bulk import (
    BULK_KINDS,
    BulkChoice,
    SkipCause,
    bulk_ground,
    check_choice,
    done_sentence,
    foresee,
    undone_sentence,
)
from assay.core.deciding.decision import (
    DecisionKind,
    IllegalDecisionError,
    RejectReason,
    Standing,
    check_decision,
    land,
)
from assay.core.deciding.evidence import ShownItem, ShownKind, check_ground, rest_on
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

TODAY = date(2026, 11, 21)
PLAN = {
    1: StageGroup.APPLICATION,
    2: StageGroup.ASSESSMENT,
    3: StageGroup.INTERVIEW,
    4: StageGroup.INTERVIEW,
    5: StageGroup.HIRED,
}
CHOICES = st.builds(
    BulkChoice,
    kind=st.sampled_from(BULK_KINDS),
    reason=st.none() | st.sampled_from(RejectReason),
    note=st.sampled_from(["", "Words"]),
    to_position=st.none() | st.sampled_from(sorted(PLAN)),
    held_until=st.none() | st.sampled_from([TODAY, date(2026, 12, 1)]),
)
STANDINGS = st.builds(
    Standing,
    status=st.sampled_from(ApplicationStatus),
    position=st.sampled_from(sorted(PLAN)),
    last_position=st.just(5),
)


def foretell(choice, standing, *, is_band_open=True):
    return foresee(choice=choice, standing=standing, plan=PLAN, is_band_open=is_band_open, today=TODAY)


@given(choice=CHOICES, standing=STANDINGS)
def test_what_is_foreseen_is_what_the_rules_of_one_decision_say(choice, standing):
    try:
        check_decision(kind=choice.kind, standing=standing, reason=choice.reason, note=choice.note)
        land(
            kind=choice.kind,
            standing=standing,
            plan=PLAN,
            to_position=choice.to_position,
            held_until=choice.held_until,
            today=TODAY,
        )
        is_allowed = True
    except IllegalDecisionError:
        is_allowed = False
    assert (foretell(choice, standing) is None) is is_allowed


@given(choice=CHOICES, standing=STANDINGS)
def test_a_choice_that_is_refused_for_all_would_apply_to_nobody(choice, standing):
    try:
        check_choice(choice=choice, plan=PLAN, today=TODAY)
    except IllegalDecisionError:
        assert foretell(choice, standing) is not None


@pytest.mark.parametrize(
    ("here", "target", "waits"),
    [(1, 2, False), (1, 3, True), (2, 5, True), (3, 4, True), (4, 3, False), (4, 1, False), (5, 4, False)],
)
def test_only_a_step_into_or_on_among_interviews_waits_for_the_band(here, target, waits):
    skip = foretell(
        BulkChoice(DecisionKind.MOVE, to_position=target),
        Standing(ApplicationStatus.ACTIVE, here, 5),
        is_band_open=False,
    )
    assert (skip is not None and skip.cause is SkipCause.BAND) is waits


MUST = ShownItem(ShownKind.MUST_HAVE, "k8s", "Kubernetes: not found in this document")
MET = ShownItem(ShownKind.MUST_HAVE, "sql", "SQL: shown")
SCORE = ShownItem(ShownKind.SCORE, "score", "Score 81 of 100, likely 70 to 90")
CLAIM = ShownItem(ShownKind.CLAIM, "1", "deployed")
NOTHING = ShownItem(ShownKind.NO_DOCUMENT, "none", "No document came with this application.")


@pytest.mark.parametrize(
    ("items", "ground"),
    [
        ((MUST, MET, SCORE, CLAIM), {"must_have:k8s"}),
        ((MET, SCORE, CLAIM), {"score:score"}),
        ((NOTHING,), {"no_document:none"}),
    ],
)
def test_a_rejection_among_many_rests_on_what_was_not_found_else_on_the_score_else_on_all_there_is(items, ground):
    assert bulk_ground(items=items) == ground
    check_ground(items=rest_on(items=items, keys=bulk_ground(items=items)))


def test_what_happened_is_said_with_what_was_left_and_why():
    skips = {SkipCause.CHANGED: 2, SkipCause.BAND: 1}
    assert done_sentence(kind=DecisionKind.MOVE, done=9, target="Offer", skips=skips) == (
        "9 moved to Offer. 3 were not: 2 changed by somebody else since, 1 the band of this job is not approved."
    )
    assert done_sentence(kind=DecisionKind.REJECT, done=0, target="", skips={}) == "Nobody was rejected."
    assert undone_sentence(undone=4, kept=0) == "Taken back for 4."
    assert undone_sentence(undone=0, kept=2).startswith("Nothing was taken back. 2 were left")
