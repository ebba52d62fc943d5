"""Clocks warn before they end, rest in pauses, and count no time twice, whatever changes under them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.clocks.stories import at, hours, pauses

from assay.core.base.working_time import WorkCalendar, weekly
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.limits import Limit, RuleRow, choose_rule
from assay.core.clocks.timing import Ruler, merge_pauses, ruler_for, time_clock
from assay.core.pipeline.facts import PauseFact

OFFICE = weekly(spans=[(9 * 60, 17 * 60)], days=range(5))
CALENDARS = (
    WorkCalendar(ZoneInfo("Europe/Berlin"), OFFICE, frozenset({at(24).date(), at(96).date()})),
    WorkCalendar(ZoneInfo("America/New_York"), weekly(spans=[(8 * 60, 20 * 60)], days=range(6))),
)
rulers = st.builds(
    lambda counting, office: ruler_for(counting=counting, office=office),
    st.sampled_from(list(Counting)),
    st.sampled_from(CALENDARS),
)
limits = st.builds(Limit, st.integers(1, 200).map(float), st.just(Counting.OPEN_DAYS), st.floats(0.01, 0.99))
starts = st.floats(-100, 200).map(at)
rests = st.lists(pauses, max_size=4)
EVERY_HOUR = Ruler(Counting.ELAPSED, CALENDARS[0])


def spent_by(*, started_at: datetime, at: datetime, pauses: Iterable[PauseFact], ruler: Ruler) -> timedelta:
    """How much counted time had run by ``at``, pauses left out: the other way round from what clocks work out."""
    total, cursor = timedelta(0), started_at
    for pause in merge_pauses(pauses=pauses, since=started_at):
        if pause.since >= at:
            break
        total += ruler.between(start=cursor, end=pause.since)
        if pause.until is None or pause.until >= at:
            return total
        cursor = pause.until
    return total + ruler.between(start=cursor, end=at)


@given(starts, rests, limits, rulers)
def test_yellow_always_comes_before_red(start: object, pauses: list[PauseFact], limit: Limit, ruler: Ruler) -> None:
    timing = time_clock(started_at=start, pauses=pauses, limit=limit, ruler=ruler)  # type: ignore[arg-type]
    if timing.due_at is not None:
        assert timing.yellow_at is not None and timing.yellow_at < timing.due_at


@given(starts, rests, limits, rulers)
def test_exactly_the_limit_has_run_when_a_clock_is_due(
    start: object, pauses: list[PauseFact], limit: Limit, ruler: Ruler
) -> None:
    timing = time_clock(started_at=start, pauses=pauses, limit=limit, ruler=ruler)  # type: ignore[arg-type]
    if timing.due_at is None:
        assert any(pause.until is None for pause in pauses)
        return
    spent = spent_by(started_at=start, at=timing.due_at, pauses=pauses, ruler=ruler)  # type: ignore[arg-type]
    assert spent == limit.amount


@given(starts, rests, limits, rulers, rulers)
def test_after_a_change_of_calendar_what_is_left_is_worked_out_from_the_same_facts(
    start: object, pauses: list[PauseFact], limit: Limit, old: Ruler, new: Ruler
) -> None:
    time_clock(started_at=start, pauses=pauses, limit=limit, ruler=old)  # type: ignore[arg-type]
    changed = time_clock(started_at=start, pauses=pauses, limit=limit, ruler=new)  # type: ignore[arg-type]
    if changed.due_at is not None:
        spent = spent_by(started_at=start, at=changed.due_at, pauses=pauses, ruler=new)  # type: ignore[arg-type]
        assert spent == limit.amount


@given(starts, rests, pauses, limits, rulers)
def test_another_pause_never_makes_a_clock_due_earlier(
    start: object, rests: list[PauseFact], more: PauseFact, limit: Limit, ruler: Ruler
) -> None:
    without = time_clock(started_at=start, pauses=rests, limit=limit, ruler=ruler)  # type: ignore[arg-type]
    paused = time_clock(started_at=start, pauses=[*rests, more], limit=limit, ruler=ruler)  # type: ignore[arg-type]
    assert without.due_at is not None or paused.due_at is None
    assert paused.due_at is None or without.due_at is None or paused.due_at >= without.due_at


@given(starts, rests, limits, rulers)
def test_a_pause_told_twice_or_in_pieces_rests_once(
    start: object, rests: list[PauseFact], limit: Limit, ruler: Ruler
) -> None:
    once = time_clock(started_at=start, pauses=rests, limit=limit, ruler=ruler)  # type: ignore[arg-type]
    assert time_clock(started_at=start, pauses=rests * 2, limit=limit, ruler=ruler) == once  # type: ignore[arg-type]
    pieces = [
        piece
        for pause in rests
        for piece in (
            [pause]
            if pause.until is None or pause.until <= pause.since
            else [
                PauseFact(pause.why, pause.since, pause.since + (pause.until - pause.since) / 2),
                PauseFact(pause.why, pause.since + (pause.until - pause.since) / 2, pause.until),
            ]
        )
    ]
    assert time_clock(started_at=start, pauses=pieces, limit=limit, ruler=ruler) == once  # type: ignore[arg-type]


@given(rests, st.floats(0, 300), st.floats(0, 300))
def test_no_time_counts_while_a_clock_rests(rests: list[PauseFact], one: float, other: float) -> None:
    early, late = sorted((one, other))
    merged = merge_pauses(pauses=rests, since=at(0))
    before = spent_by(started_at=at(0), at=at(early), pauses=rests, ruler=EVERY_HOUR)
    after = spent_by(started_at=at(0), at=at(late), pauses=rests, ruler=EVERY_HOUR)
    rested = sum(
        (max(min(pause.until or at(late), at(late)) - max(pause.since, at(early)), timedelta(0)) for pause in merged),
        timedelta(0),
    )
    assert after - before == (at(late) - at(early)) - rested


def test_three_days_of_review_skip_the_weekend_and_the_holiday() -> None:
    limit = Limit(72, Counting.OPEN_DAYS, 0.5)
    ruler = ruler_for(counting=Counting.OPEN_DAYS, office=CALENDARS[0])
    timing = time_clock(started_at=at(0), pauses=(), limit=limit, ruler=ruler)
    assert timing.due_at == at(0) + timedelta(days=7)  # Tuesday and Friday are closed, then the weekend


def test_a_clock_at_rest_without_an_end_is_not_due() -> None:
    limit = Limit(10, Counting.ELAPSED, 0.5)
    timing = time_clock(started_at=at(0), pauses=[PauseFact("held", at(7), None)], limit=limit, ruler=EVERY_HOUR)
    assert (timing.yellow_at, timing.due_at) == (at(5), None)


@pytest.mark.parametrize(("amount", "share"), [(0, 0.5), (-1, 0.5), (float("inf"), 0.5), (5, 0), (5, 1), (5, 1.5)])
def test_a_limit_that_cannot_warn_first_is_refused(amount: float, share: float) -> None:
    with pytest.raises(ValueError, match="limit|warning"):
        Limit(amount, Counting.ELAPSED, share)


def test_the_closest_rule_wins() -> None:
    def rule(job: int | None, stage: int | None, kind: ClockKind = ClockKind.STAGE) -> RuleRow:
        return RuleRow(kind, job, stage, None, Limit(1 + (job or 0) + (stage or 0), Counting.ELAPSED, 0.5))

    rules = [rule(None, None), rule(1, None), rule(1, 5), rule(2, None), rule(1, 6), rule(1, 5, ClockKind.OFFER)]
    assert choose_rule(rules=rules, kind=ClockKind.STAGE, job_id=1, stage_id=5) == rules[2]
    assert choose_rule(rules=rules, kind=ClockKind.STAGE, job_id=1, stage_id=9) == rules[1]
    assert choose_rule(rules=rules, kind=ClockKind.STAGE, job_id=3, stage_id=9) == rules[0]
    assert choose_rule(rules=rules, kind=ClockKind.REVIEW, job_id=1, stage_id=5) is None


def test_hours_are_hours() -> None:
    assert Limit(1.5, Counting.ELAPSED, 0.5).amount == hours(1.5)


def test_a_pause_that_begins_on_the_last_second_comes_too_late_to_help() -> None:
    limit = Limit(10, Counting.ELAPSED, 0.5)
    timing = time_clock(started_at=at(0), pauses=[PauseFact("held", at(10), at(40))], limit=limit, ruler=EVERY_HOUR)
    assert timing.due_at == at(10)
