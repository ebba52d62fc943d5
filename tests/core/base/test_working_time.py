"""Working time against a slow, plain reading of the same rule: look at the wall clock of every minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.base.working_time import NoWorkingTimeError, UnclearHoursError, WorkCalendar, weekly

OFFICE = weekly(spans=[(9 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60)], days=range(5))
NIGHT = weekly(spans=[(0, 6 * 60), (22 * 60, 24 * 60)], days=range(7))
BERLIN = ZoneInfo("Europe/Berlin")
# Days on which clocks change, at night, at midnight, by half an hour, and a day that was skipped altogether.
CHANGES = (
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 10, 24, 21, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2026, 1, 1, tzinfo=UTC)),
)
WEEKS = (OFFICE, NIGHT, weekly(spans=[(2 * 60 + 10, 2 * 60 + 40)], days=range(7)), weekly(spans=[(0, 1440)], days=(6,)))

minutes = st.integers(min_value=-3 * 1440, max_value=3 * 1440)
amounts = st.integers(min_value=0, max_value=60 * 60).map(lambda n: timedelta(minutes=n))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[WorkCalendar, datetime]:
    """A calendar and a moment close to a change of its clocks."""
    name, change = draw(st.sampled_from(CHANGES))
    near = change.date()
    closed = draw(st.frozensets(st.integers(-4, 6).map(lambda n: near + timedelta(days=n)), max_size=4))
    hours = draw(st.sampled_from(WEEKS))
    return WorkCalendar(ZoneInfo(name), hours, closed), change + timedelta(minutes=draw(minutes))


def plainly(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Count the minutes whose wall clock shows a working hour of an open day."""
    count, moment = 0, start
    while moment < end:
        local = moment.astimezone(calendar.zone)
        minute = local.hour * 60 + local.minute
        spans = calendar.hours[local.weekday()] if local.date() not in calendar.closed_days else ()
        count += any(begin <= minute < finish for begin, finish in spans)
        moment += timedelta(minutes=1)
    return timedelta(minutes=count)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 2 * 1440))
def test_time_between_is_what_the_wall_clock_of_every_minute_says(
    case: tuple[WorkCalendar, datetime], length: int
) -> None:
    calendar, start = case
    end = start + timedelta(minutes=length)
    assert calendar.working_between(start=start, end=end) == plainly(calendar, start, end)


@given(calendars(), amounts)
def test_adding_working_time_puts_exactly_that_much_between(
    case: tuple[WorkCalendar, datetime], amount: timedelta
) -> None:
    calendar, start = case
    due = calendar.add_working(start=start, amount=amount)
    assert calendar.working_between(start=start, end=due) == amount
    if amount:
        just_before = due - timedelta(microseconds=1)
        assert calendar.working_between(start=start, end=just_before) < amount


@given(calendars(), amounts, amounts)
def test_adding_in_two_parts_is_adding_at_once(
    case: tuple[WorkCalendar, datetime], one: timedelta, other: timedelta
) -> None:
    calendar, start = case
    halfway = calendar.add_working(start=start, amount=one)
    whole = calendar.add_working(start=start, amount=one + other)
    assert calendar.add_working(start=halfway, amount=other) == (whole if other else halfway)


@given(calendars(), amounts, amounts, st.integers(0, 1440))
def test_more_work_or_a_later_start_is_never_due_earlier(
    case: tuple[WorkCalendar, datetime], one: timedelta, other: timedelta, later: int
) -> None:
    calendar, start = case
    low, high = sorted((one, other))
    due = calendar.add_working(start=start, amount=low)
    assert due <= calendar.add_working(start=start, amount=high)
    assert due <= calendar.add_working(start=start + timedelta(minutes=later), amount=low)


@given(calendars(), st.integers(0, 1440), st.integers(0, 1440))
def test_time_between_adds_up(case: tuple[WorkCalendar, datetime], one: int, other: int) -> None:
    calendar, start = case
    middle = start + timedelta(minutes=one)
    end = middle + timedelta(minutes=other)
    parts = calendar.working_between(start=start, end=middle) + calendar.working_between(start=middle, end=end)
    assert calendar.working_between(start=start, end=end) == parts


@given(calendars(), amounts, st.sampled_from(["Asia/Tokyo", "America/Los_Angeles", "UTC"]))
def test_the_zone_in_which_a_moment_is_written_changes_nothing(
    case: tuple[WorkCalendar, datetime], amount: timedelta, zone: str
) -> None:
    calendar, start = case
    abroad = start.astimezone(ZoneInfo(zone))
    assert calendar.add_working(start=abroad, amount=amount) == calendar.add_working(start=start, amount=amount)


@given(calendars(), amounts)
def test_another_closed_day_never_makes_anything_due_earlier(
    case: tuple[WorkCalendar, datetime], amount: timedelta
) -> None:
    calendar, start = case
    more = WorkCalendar(calendar.zone, calendar.hours, calendar.closed_days | {start.date()})
    assert more.add_working(start=start, amount=amount) >= calendar.add_working(start=start, amount=amount)


def test_a_skipped_hour_is_not_worked_and_a_repeated_one_is_worked_twice() -> None:
    sunday_night = WorkCalendar(BERLIN, weekly(spans=[(60, 4 * 60)], days=(6,)))

    def worked(day: date) -> timedelta:
        start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
        return sunday_night.working_between(start=start, end=start + timedelta(days=1))

    assert worked(date(2026, 3, 22)) == timedelta(hours=3)
    assert worked(date(2026, 3, 29)) == timedelta(hours=2)
    assert worked(date(2026, 10, 25)) == timedelta(hours=4)


def test_work_that_begins_in_a_skipped_hour_begins_when_the_clock_jumps() -> None:
    calendar = WorkCalendar(BERLIN, weekly(spans=[(2 * 60 + 30, 5 * 60)], days=(6,)))
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert calendar.add_working(start=start, amount=timedelta(minutes=1)) == datetime(2026, 3, 29, 1, 1, tzinfo=UTC)


def test_seventy_two_hours_of_working_days_are_three_days_whatever_the_weekend() -> None:
    days = WorkCalendar(BERLIN, OFFICE).whole_days()
    friday = datetime(2026, 11, 20, 17, tzinfo=BERLIN)
    assert days.add_working(start=friday, amount=timedelta(hours=72)) == datetime(2026, 11, 25, 17, tzinfo=BERLIN)


def test_a_clock_runs_over_the_end_of_the_year_and_its_holidays() -> None:
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)})
    calendar = WorkCalendar(BERLIN, OFFICE, closed)
    start = datetime(2026, 12, 23, 16, tzinfo=BERLIN)
    due = calendar.add_working(start=start, amount=timedelta(hours=2 + 8 * 3 + 1))
    assert due == datetime(2027, 1, 4, 10, tzinfo=BERLIN)


def test_weeks_of_holidays_are_waited_out() -> None:
    closed = frozenset(date(2026, 7, 20) + timedelta(days=n) for n in range(35))
    calendar = WorkCalendar(BERLIN, OFFICE, closed)
    start = datetime(2026, 7, 17, 18, tzinfo=BERLIN)
    due = calendar.add_working(start=start, amount=timedelta(hours=1))
    assert due == datetime(2026, 8, 24, 10, tzinfo=BERLIN)


def test_offices_in_two_zones_answer_differently_about_one_moment() -> None:
    start = datetime(2026, 11, 20, 16, tzinfo=UTC)
    amount = timedelta(hours=4)
    tokyo = WorkCalendar(ZoneInfo("Asia/Tokyo"), OFFICE).add_working(start=start, amount=amount)
    york = WorkCalendar(ZoneInfo("America/New_York"), OFFICE).add_working(start=start, amount=amount)
    assert tokyo == datetime(2026, 11, 23, 14, tzinfo=ZoneInfo("Asia/Tokyo")).astimezone(UTC)
    assert york == datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def test_a_calendar_on_which_nobody_works_is_refused() -> None:
    with pytest.raises(NoWorkingTimeError):
        WorkCalendar(BERLIN, weekly(spans=[], days=range(7)))


def test_a_calendar_that_is_closed_for_ever_says_so_instead_of_searching_on() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(0, 21 * 366))
    with pytest.raises(NoWorkingTimeError):
        WorkCalendar(BERLIN, OFFICE, closed).add_working(
            start=datetime(2026, 1, 1, tzinfo=UTC), amount=timedelta(hours=1)
        )


@pytest.mark.parametrize("spans", [[(600, 540)], [(540, 540)], [(540, 1441)], [(-1, 5)], [(540, 720), (700, 800)]])
def test_hours_that_make_no_sense_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(UnclearHoursError):
        WorkCalendar(BERLIN, weekly(spans=spans, days=range(5)))


def test_no_time_between_a_moment_and_an_earlier_one() -> None:
    late, early = datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 19, tzinfo=UTC)
    assert WorkCalendar(BERLIN, OFFICE).working_between(start=late, end=early) == timedelta(0)


def test_work_that_fills_a_day_is_due_at_its_end_and_not_on_the_next_morning() -> None:
    calendar = WorkCalendar(BERLIN, weekly(spans=[(9 * 60, 17 * 60)], days=range(5)))
    start = datetime(2026, 11, 17, 9, tzinfo=BERLIN)
    due = calendar.add_working(start=start, amount=timedelta(hours=8))
    assert due == datetime(2026, 11, 17, 17, tzinfo=BERLIN)
