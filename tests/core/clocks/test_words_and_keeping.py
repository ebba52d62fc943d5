"""Words for clocks, the ladder, and shares that say how little few cases tell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.clocks.stories import at, hours
from tests.core.clocks.test_timing import EVERY_HOUR

from assay.core.clocks.keeping import Kept, list_weeks, monday_of
from assay.core.clocks.kinds import BreachCause, ClockKind
from assay.core.clocks.ladder import Audience, Step, list_due_steps
from assay.core.clocks.words import CAUSE_LABELS, KIND_LABELS, ClockState, clock_state, left_in_words

STEPS = (
    Step("warned", None, (Audience.OWNER,), by_letter=False),
    Step("over", 0, (Audience.OWNER,), by_letter=True),
    Step("day", 24, (Audience.RECRUITERS,), by_letter=True),
)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (2, "2 h left"),
        (-3, "3 h late"),
        (0.5, "30 min left"),
        (72, "3 d left"),
        (-0.001, "1 min late"),
        (47, "47 h left"),
    ],
)
def test_time_left_is_said_as_people_say_it(left: float, said: str) -> None:
    assert left_in_words(now=at(0), due_at=at(left)) == said


def test_a_clock_at_rest_says_so_unless_it_is_over() -> None:
    assert left_in_words(now=at(0), due_at=at(5), is_paused=True) == "paused"
    assert left_in_words(now=at(0), due_at=None) == "no end yet"
    assert left_in_words(now=at(9), due_at=at(5), is_paused=True) == "4 h late"


@pytest.mark.parametrize(
    ("now", "stopped", "paused", "state"),
    [
        (1, None, False, ClockState.RUNNING),
        (6, None, False, ClockState.YELLOW),
        (11, None, False, ClockState.RED),
        (6, None, True, ClockState.RESTING),
        (11, None, True, ClockState.RED),
        (-1, None, False, ClockState.AHEAD),
        (20, 10, False, ClockState.KEPT),
        (20, 10.1, False, ClockState.BROKEN),
    ],
)
def test_the_state_of_a_clock(now: float, stopped: float | None, paused: bool, state: ClockState) -> None:
    found = clock_state(
        now=at(now),
        started_at=at(0),
        stopped_at=None if stopped is None else at(stopped),
        yellow_at=at(5),
        due_at=at(10),
        is_paused=paused,
    )
    assert found is state and state.label


def test_every_kind_and_cause_has_words() -> None:
    assert set(KIND_LABELS) == set(ClockKind) and set(CAUSE_LABELS) == set(BreachCause)


@pytest.mark.parametrize(
    ("now", "keys"), [(4, []), (5, ["warned"]), (10.5, ["warned", "over"]), (34, ["warned", "over", "day"])]
)
def test_the_ladder_is_climbed_step_by_step(now: float, keys: list[str]) -> None:
    found = list_due_steps(steps=STEPS, yellow_at=at(5), due_at=at(10), now=at(now), ruler=EVERY_HOUR)
    assert [step.key for step in found] == keys


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_likely_range_holds_the_share_and_narrows_with_more_cases(kept: int, broken: int) -> None:
    few, many = Kept(kept, kept + broken), Kept(kept * 10, (kept + broken) * 10)
    low, high = few.interval
    assert 0 <= low <= high <= 1
    if few.share is not None:
        assert low - 1e-9 <= few.share <= high + 1e-9
        assert many.interval[1] - many.interval[0] < high - low


def test_nothing_ended_is_no_share_and_few_are_called_few() -> None:
    assert Kept(0, 0).share is None and Kept(0, 0).interval == (0.0, 1.0)
    assert Kept(9, 9).is_few and not Kept(10, 10).is_few


def test_weeks_begin_on_monday_also_over_the_year() -> None:
    assert monday_of(day=date(2027, 1, 1)) == date(2026, 12, 28)
    weeks = list_weeks(until=date(2027, 1, 1), count=3)
    assert weeks == (date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28))
    assert all(later - earlier == timedelta(days=7) for earlier, later in zip(weeks, weeks[1:], strict=False))


def test_hours_of_the_stories_are_hours() -> None:
    assert at(2) - at(0) == hours(2)
