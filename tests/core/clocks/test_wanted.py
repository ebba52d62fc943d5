"""Which clocks an application has, told as stories; and that any story gives sane clocks and one work state."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from tests.core.clocks.stories import (
    DECISION,
    HIRED,
    INTERVIEWS,
    OFFER,
    SAMPLE,
    SHORTLIST,
    at,
    facts,
    moments,
    stories,
    talk,
)

from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.wanted import WantedClock, list_wanted, wakes_at
from assay.core.pipeline.facts import ApplicationFacts, CardFact, PauseFact, ReplyFact, RequestFact
from assay.core.pipeline.status import ApplicationStatus
from assay.core.pipeline.work_state import WorkState, derive

LATE = at(500)


def clocks(known: ApplicationFacts, kind: ClockKind, now: datetime = LATE) -> list[WantedClock]:
    return [one for one in list_wanted(facts=known, now=now) if one.kind is kind]


def span(known: ApplicationFacts, kind: ClockKind, now: datetime = LATE) -> tuple[datetime, datetime | None]:
    (one,) = clocks(known, kind, now)
    return (one.started_at, one.stopped_at)


def state(known: ApplicationFacts, now: datetime) -> WorkState:
    return derive(facts=known, now=now).state


@settings(max_examples=80)
@given(stories(), moments)
def test_any_story_gives_clocks_that_end_after_they_begin_each_once(known: ApplicationFacts, now: datetime) -> None:
    wanted = list_wanted(facts=known, now=now)
    assert all(one.stopped_at is None or one.stopped_at >= one.started_at for one in wanted)
    assert len({one.key for one in wanted}) == len(wanted)
    assert list_wanted(facts=known, now=now) == wanted


@settings(max_examples=80)
@given(stories(), moments)
def test_any_story_has_exactly_one_work_state_and_its_clock_if_it_names_one(
    known: ApplicationFacts, now: datetime
) -> None:
    standing = derive(facts=known, now=now)
    assert standing == derive(facts=known, now=now)
    assert (standing.state is WorkState.DONE) == (not known.status.is_live)
    first = standing.carriers[:1]
    if standing.state in (WorkState.REVIEW, WorkState.FEEDBACK, WorkState.DECISION, WorkState.OFFER):
        running = [one for one in list_wanted(facts=known, now=now) if one.stopped_at is None]
        assert any(one.kind in first for one in running)


@given(stories(), moments)
def test_an_application_that_has_ended_owes_only_answers(known: ApplicationFacts, now: datetime) -> None:
    if not known.status.is_live:
        running = {one.kind for one in list_wanted(facts=known, now=now) if one.stopped_at is None}
        assert running <= {ClockKind.REPLY, ClockKind.REQUEST}
        assert wakes_at(facts=known, now=now) is None


@given(stories(), moments)
def test_nothing_but_time_changes_before_the_next_wake(known: ApplicationFacts, now: datetime) -> None:
    wake = wakes_at(facts=known, now=now)
    later = at(1000) if wake is None else wake - timedelta(microseconds=1)
    if later > now:
        before, after = derive(facts=known, now=now), derive(facts=known, now=later)
        assert before.state is after.state


def test_a_review_begins_with_the_application_and_ends_with_the_first_decision() -> None:
    assert span(facts(), ClockKind.REVIEW) == (at(0), None)
    assert span(facts((SHORTLIST, 5)), ClockKind.REVIEW) == (at(0), at(5))


def test_the_week_to_the_first_interview_begins_on_the_shortlist() -> None:
    waiting = facts((SHORTLIST, 5), (INTERVIEWS, 20))
    assert span(waiting, ClockKind.FIRST_INTERVIEW) == (at(5), None)
    booked = facts((SHORTLIST, 5), (INTERVIEWS, 20), interviews=(talk(1, 200, booked=21),))
    assert span(booked, ClockKind.FIRST_INTERVIEW, at(30)) == (at(5), at(200))


def test_a_work_sample_is_the_candidates_time() -> None:
    known = facts((SHORTLIST, 5), (SAMPLE, 10), (INTERVIEWS, 60))
    (clock,) = clocks(known, ClockKind.FIRST_INTERVIEW)
    assert PauseFact("assessment", at(10), at(60)) in clock.pauses
    assert state(facts((SAMPLE, 10)), at(20)) is WorkState.CANDIDATE


def test_arranging_runs_until_all_that_the_plan_holds_are_arranged() -> None:
    one = facts((INTERVIEWS, 5), interviews=(talk(1, 50, booked=9),), planned=((INTERVIEWS, 2),))
    assert span(one, ClockKind.SCHEDULING) == (at(5), None)
    assert state(one, at(20)) is WorkState.SCHEDULING
    both = facts(
        (INTERVIEWS, 5), interviews=(talk(1, 50, booked=9), talk(2, 52, booked=12)), planned=((INTERVIEWS, 2),)
    )
    assert span(both, ClockKind.SCHEDULING) == (at(5), at(12))
    assert state(both, at(20)) is WorkState.INTERVIEW


def test_a_cancelled_interview_is_arranged_anew_from_the_cancellation() -> None:
    known = facts((INTERVIEWS, 5), interviews=(talk(1, 50, state="cancelled", booked=9, closed=30),))
    first, second = clocks(known, ClockKind.SCHEDULING)
    assert (first.started_at, first.stopped_at) == (at(5), at(9))
    assert (second.started_at, second.stopped_at) == (at(30), None)


def test_feedback_is_owed_by_each_panelist_from_the_end_of_the_interview() -> None:
    cards = (CardFact(7, at(52)), CardFact(8, None), CardFact(9, None, is_excused=True))
    known = facts((INTERVIEWS, 5), interviews=(talk(1, 50, *cards, state="held", booked=9),))
    found = {one.owner_id: (one.started_at, one.stopped_at) for one in clocks(known, ClockKind.FEEDBACK)}
    assert found == {7: (at(51), at(52)), 8: (at(51), None)}
    assert state(known, at(60)) is WorkState.FEEDBACK
    assert not clocks(known, ClockKind.DECISION)


def test_a_card_handed_in_before_the_end_is_in_time() -> None:
    known = facts((INTERVIEWS, 5), interviews=(talk(1, 50, CardFact(7, at(49)), state="held"),))
    assert span(known, ClockKind.FEEDBACK) == (at(51), at(51))


def test_a_decision_is_due_from_the_last_card_and_moving_to_decide_does_not_begin_it_anew() -> None:
    held = (talk(1, 50, CardFact(7, at(52)), CardFact(8, at(70)), state="held", booked=9),)
    known = facts((INTERVIEWS, 5), interviews=held)
    assert span(known, ClockKind.DECISION) == (at(70), None)
    assert derive(facts=known, now=at(80)).since == at(70)
    moved_on = facts((INTERVIEWS, 5), (DECISION, 90), interviews=held)
    assert span(moved_on, ClockKind.DECISION) == (at(70), None)
    assert state(moved_on, at(95)) is WorkState.DECISION
    offered = facts((INTERVIEWS, 5), (DECISION, 90), (OFFER, 99), interviews=held)
    assert span(offered, ClockKind.DECISION) == (at(70), at(99))
    assert span(offered, ClockKind.OFFER) == (at(99), None)
    assert state(offered, at(100)) is WorkState.OFFER


def test_feedback_that_is_still_owed_keeps_a_decision_waiting_wherever_the_card_stands() -> None:
    held = (talk(1, 50, CardFact(7, None), state="held", booked=9),)
    assert state(facts((INTERVIEWS, 5), (DECISION, 90), interviews=held), at(95)) is WorkState.FEEDBACK


def test_a_stage_that_only_decides_needs_no_interview() -> None:
    assert state(facts((INTERVIEWS, 5), (DECISION, 9)), at(20)) is WorkState.DECISION
    assert state(facts((INTERVIEWS, 5), (DECISION, 9), planned=((DECISION, 1),)), at(20)) is WorkState.SCHEDULING


def test_a_hold_rests_and_comes_back() -> None:
    hold = PauseFact("held", at(5), at(100))
    known = facts(status=ApplicationStatus.HELD, needs_review=False, reviewed_at=at(5), pauses=(hold,))
    assert state(known, at(50)) is WorkState.HELD
    assert wakes_at(facts=known, now=at(50)) == at(100)
    assert derive(facts=known, now=at(100)).state is WorkState.REVIEW
    first, second = clocks(known, ClockKind.REVIEW, at(101))
    assert (first.stopped_at, second.started_at, second.stopped_at) == (at(5), at(100), None)


def test_the_candidate_has_the_ball_but_owed_feedback_is_still_owed() -> None:
    rest = PauseFact("asked_for_information", at(2), None)
    assert state(facts(pauses=(rest,)), at(9)) is WorkState.CANDIDATE
    held = (talk(1, 50, CardFact(7, None), state="held"),)
    busy = facts((INTERVIEWS, 5), interviews=held, pauses=(rest,))
    assert state(busy, at(60)) is WorkState.FEEDBACK
    (feedback,) = clocks(busy, ClockKind.FEEDBACK)
    assert feedback.pauses == ()


def test_answers_are_owed_also_after_the_end_and_during_a_hold() -> None:
    known = facts(
        status=ApplicationStatus.REJECTED,
        ended_at=at(3),
        replies=(ReplyFact(4, at(9)),),
        requests=(RequestFact(5, "export", at(8)),),
    )
    assert span(known, ClockKind.REPLY) == (at(9), None)
    assert span(known, ClockKind.REQUEST) == (at(8), None)


def test_a_hire_ends_the_offer_and_runs_no_further_clock() -> None:
    known = facts((OFFER, 5), (HIRED, 30), status=ApplicationStatus.HIRED, ended_at=at(30))
    assert span(known, ClockKind.OFFER) == (at(5), at(30))
    assert all(one.stopped_at is not None for one in list_wanted(facts=known, now=at(40)))


def test_a_review_counts_from_when_the_application_came_in_here() -> None:
    came_in = at(100)
    known = facts(applied_at=at(0), recorded_at=came_in, moves=(), entered_stage_at=came_in)
    assert span(known, ClockKind.REVIEW) == (came_in, None)
    assert derive(facts=known, now=LATE).since == came_in


def test_a_day_to_come_is_waited_for() -> None:
    known = facts(applied_at=at(50), recorded_at=at(0), moves=(), entered_stage_at=at(50))
    assert span(known, ClockKind.REVIEW) == (at(50), None)
