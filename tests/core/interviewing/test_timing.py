"""Local times made into moments, over the days on which clocks change, and people in two places at once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.interviewing.timing import Busy, Span, TimeRefused, find_clashes, find_zone, span_of

ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@given(
    day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=st.integers(5, 480),
    zone=st.sampled_from(ZONES),
)
def test_an_arranged_time_reads_the_same_on_the_arrangers_wall(day: date, at: time, minutes: int, zone: str) -> None:
    try:
        span = span_of(day=day, at=at, minutes=minutes, zone=ZoneInfo(zone))
    except TimeRefused as refused:
        assert refused.field == "at"
        return
    local = span.starts_at.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (day, at)
    assert span.ends_at - span.starts_at == timedelta(minutes=minutes)


def test_an_hour_that_the_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    with pytest.raises(TimeRefused, match="skip 02:30"):
        span_of(day=date(2027, 3, 28), at=time(2, 30), minutes=60, zone=amsterdam)
    twice = span_of(day=date(2026, 10, 25), at=time(2, 30), minutes=60, zone=amsterdam)
    assert twice.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [-30, 0, 4, 481, 10**6])
def test_a_talk_cannot_end_before_it_begins_nor_last_a_day(minutes: int) -> None:
    with pytest.raises(TimeRefused) as refused:
        span_of(day=date(2026, 12, 1), at=time(10), minutes=minutes, zone=ZoneInfo("UTC"))
    assert refused.value.field == "minutes"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_all_are_too_far(day: date) -> None:
    for zone in ("Asia/Kolkata", "America/New_York"):
        try:
            span_of(day=day, at=time(23, 59), minutes=480, zone=ZoneInfo(zone))
        except TimeRefused as refused:
            assert refused.field == "day"


@pytest.mark.parametrize("name", ["", "Mars/Base", "../../etc/passwd", "\0", "Europe"])
def test_what_is_no_time_zone_is_refused_in_words(name: str) -> None:
    with pytest.raises(TimeRefused, match="time zone"):
        find_zone(name=name)


def test_only_these_people_and_only_real_overlaps_clash() -> None:
    def busy(user: int, start: int, end: int) -> Busy:
        return Busy(user, Span(NOON + timedelta(minutes=start), NOON + timedelta(minutes=end)))

    asked = Span(NOON, NOON + timedelta(minutes=60))
    others = [busy(1, 60, 90), busy(1, -30, 0), busy(2, 30, 90), busy(1, 59, 70), busy(3, 0, 60)]

    assert find_clashes(span=asked, user_ids=[1, 2], others=others) == (busy(2, 30, 90), busy(1, 59, 70))
