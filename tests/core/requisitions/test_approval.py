"""Where an approval stands, for any plan and any order of verdicts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.requisitions.approval import (
    ApprovalState,
    StepStanding,
    Submission,
    Verdict,
    VerdictKind,
    VerdictRefused,
    check_verdict,
    derive_approval,
)
from assay.core.requisitions.facts import Change, GuardedField
from assay.core.requisitions.plan import Plan, PlanError, Step, allows_own_approval, check_submitter, make_plan

FACTS, OTHER = "a" * 64, "b" * 64
SUBMITTER = 99
LEAD, FINANCE, PEOPLE = 1, 2, 3
PLAN = make_plan(steps=[Step("lead", "Lead", (LEAD,)), Step("money", "Money", (FINANCE, PEOPLE), needed=2)])
SUBMISSION = Submission(1, SUBMITTER, FACTS, PLAN)


def yes(person: int, facts: str = FACTS, submission: int = 1) -> Verdict:
    return Verdict(person, VerdictKind.APPROVE, facts, submission)


def no(person: int, facts: str = FACTS, submission: int = 1) -> Verdict:
    return Verdict(person, VerdictKind.SEND_BACK, facts, submission)


def state(*verdicts: Verdict, submission: Submission = SUBMISSION) -> ApprovalState:
    return derive_approval(submission=submission, verdicts=verdicts).state


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    steps = []
    for number in range(draw(st.integers(1, 4))):
        people = draw(st.lists(st.integers(1, 8), min_size=1, max_size=5, unique=True))
        needed = draw(st.integers(1, len(people)))
        steps.append(Step(f"s{number}", f"Step {number}", tuple(people), needed, draw(st.booleans())))
    return make_plan(steps=steps)


VERDICTS = st.lists(st.builds(yes, st.integers(1, 8), st.sampled_from([FACTS, OTHER]), st.integers(1, 3)), max_size=12)


@given(plans(), VERDICTS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_approve_does_not_matter(plan: Plan, verdicts: list[Verdict], chance: object) -> None:
    shuffled = list(verdicts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    submission = replace(SUBMISSION, plan=plan)
    first, second = (derive_approval(submission=submission, verdicts=each) for each in (verdicts, shuffled))
    assert first == second


@given(plans(), VERDICTS)
def test_an_approval_of_other_facts_never_counts(plan: Plan, verdicts: list[Verdict]) -> None:
    submission = replace(SUBMISSION, plan=plan)
    ours = [verdict for verdict in verdicts if verdict.facts_hash == FACTS]
    assert derive_approval(submission=submission, verdicts=verdicts) == derive_approval(
        submission=submission, verdicts=ours
    )


@given(plans(), VERDICTS, st.integers(1, 8))
def test_one_more_approval_never_undoes_what_was_approved(plan: Plan, verdicts: list[Verdict], person: int) -> None:
    submission = replace(SUBMISSION, plan=plan)
    before = derive_approval(submission=submission, verdicts=verdicts)
    after = derive_approval(submission=submission, verdicts=[*verdicts, yes(person)])
    for old, new in zip(before.steps, after.steps, strict=True):
        assert set(old.approved) <= set(new.approved)
        assert old.standing is not StepStanding.DONE or new.standing is StepStanding.DONE
    assert before.state is not ApprovalState.APPROVED or after.state is ApprovalState.APPROVED


@given(plans(), st.integers(1, 8))
def test_saying_yes_twice_counts_once(plan: Plan, person: int) -> None:
    submission = replace(SUBMISSION, plan=plan)
    once, twice = (derive_approval(submission=submission, verdicts=[yes(person)] * count) for count in (1, 2))
    assert once == twice


@given(plans())
def test_at_most_one_step_waits_and_all_before_it_are_done(plan: Plan) -> None:
    approval = derive_approval(submission=replace(SUBMISSION, plan=plan), verdicts=[yes(1), yes(2)])
    standings = [step.standing for step in approval.steps]
    assert standings.count(StepStanding.WAITING) <= 1
    if StepStanding.WAITING in standings:
        before = standings[: standings.index(StepStanding.WAITING)]
        assert set(before) <= {StepStanding.DONE}


@given(plans(), VERDICTS, st.integers(0, 3))
def test_words_said_before_a_withdrawal_count_for_no_later_submission(
    plan: Plan, verdicts: list[Verdict], withdrawn: int
) -> None:
    submission = replace(SUBMISSION, plan=plan, number=4)
    later = [verdict for verdict in verdicts if verdict.submission > withdrawn]
    found = derive_approval(submission=submission, verdicts=verdicts, withdrawn=withdrawn)
    assert found == derive_approval(submission=submission, verdicts=later)


def test_what_was_withdrawn_is_not_submitted_and_its_approvals_are_gone_when_it_is_again() -> None:
    said = (yes(LEAD), yes(FINANCE), yes(PEOPLE))
    assert derive_approval(submission=SUBMISSION, verdicts=said, withdrawn=1).state is ApprovalState.NOT_SUBMITTED
    again = derive_approval(submission=replace(SUBMISSION, number=2), verdicts=said, withdrawn=1)
    assert (again.state, again.waits_for) == (ApprovalState.WAITING, (LEAD,))


def test_an_approval_by_whoever_submitted_is_marked() -> None:
    own = Step("own", "Own", (SUBMITTER, LEAD), submitter_counts=True)
    plan = make_plan(steps=[own])
    assert allows_own_approval(plan=plan, submitter=SUBMITTER) and not allows_own_approval(plan=plan, submitter=7)
    founder = replace(SUBMISSION, plan=plan)
    for person in (SUBMITTER, LEAD):
        approval = derive_approval(submission=founder, verdicts=[yes(person)])
        assert approval.own_approval == (person == SUBMITTER)


def test_steps_come_one_after_another() -> None:
    waiting = derive_approval(submission=SUBMISSION, verdicts=[])
    assert waiting.waits_for == (LEAD,)
    assert derive_approval(submission=SUBMISSION, verdicts=[yes(LEAD)]).waits_for == (FINANCE, PEOPLE)
    assert state(yes(LEAD), yes(FINANCE)) is ApprovalState.WAITING
    assert state(yes(LEAD), yes(FINANCE), yes(PEOPLE)) is ApprovalState.APPROVED


def test_sending_back_ends_that_submission_and_not_the_next() -> None:
    assert state(yes(LEAD), no(FINANCE)) is ApprovalState.SENT_BACK
    again = replace(SUBMISSION, number=2)
    said = (yes(LEAD), no(FINANCE))
    assert derive_approval(submission=again, verdicts=said).waits_for == (FINANCE, PEOPLE)


def test_somebody_whom_the_plan_does_not_name_sends_nothing_back() -> None:
    assert state(no(SUBMITTER)) is ApprovalState.WAITING


def test_whoever_submits_is_not_counted_unless_the_step_says_so() -> None:
    own = Step("own", "Own", (SUBMITTER, LEAD))
    alone = replace(SUBMISSION, plan=make_plan(steps=[own]))
    assert state(yes(SUBMITTER), submission=alone) is ApprovalState.WAITING
    founder = replace(SUBMISSION, plan=make_plan(steps=[replace(own, submitter_counts=True)]))
    assert state(yes(SUBMITTER), submission=founder) is ApprovalState.APPROVED


def test_a_plan_that_only_the_submitter_could_complete_is_refused_with_the_step() -> None:
    plan = make_plan(steps=[Step("own", "Finance", (SUBMITTER,))])
    with pytest.raises(PlanError, match="Finance: whoever submits does not approve"):
        check_submitter(plan=plan, submitter=SUBMITTER)
    check_submitter(plan=plan, submitter=LEAD)


def test_a_change_makes_everything_lapse_and_names_it() -> None:
    change = Change(GuardedField("band", "Band"), "EUR 1 to 2", "")
    lapsed = derive_approval(submission=SUBMISSION, verdicts=[yes(LEAD)], changes=[change])
    assert lapsed.state is ApprovalState.LAPSED
    with pytest.raises(VerdictRefused, match="Band changed from EUR 1 to 2 to nothing"):
        check_verdict(approval=lapsed, person=LEAD, kind=VerdictKind.APPROVE, seen_hash=FACTS, facts_hash=FACTS)


@pytest.mark.parametrize(
    ("person", "seen", "message"),
    [(LEAD, OTHER, "changed while you looked"), (FINANCE, FACTS, "Your turn comes"), (7, FACTS, "somebody else")],
)
def test_a_word_that_is_not_asked_for_is_refused_with_a_reason(person: int, seen: str, message: str) -> None:
    waiting = derive_approval(submission=SUBMISSION, verdicts=[])
    with pytest.raises(VerdictRefused, match=message):
        check_verdict(approval=waiting, person=person, kind=VerdictKind.APPROVE, seen_hash=seen, facts_hash=FACTS)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([], "at least one person"),
        ([Step("a", "Money", ())], "Money: name at least one"),
        ([Step("a", "Money", (1,), needed=2)], "2 of 1 people cannot approve"),
        ([Step("a", "Money", (1,), needed=0)], "0 of 1 people cannot approve"),
        ([Step("a", "Money", (1, 1))], "stands here twice"),
        ([Step("a", "A", (1,)), Step("a", "B", (2,))], "key of its own"),
        ([Step(f"s{n}", "S", (1,)) for n in range(9)], "at most 8 steps"),
    ],
)
def test_a_plan_that_could_not_be_followed_is_refused(steps: list[Step], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        make_plan(steps=steps)
