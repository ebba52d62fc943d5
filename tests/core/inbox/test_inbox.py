"""An inbox holds work: the worst first, nothing twice, and nothing put off beyond its clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.inbox.items import (
    Inbox,
    Item,
    ItemKind,
    PutOff,
    Urgency,
    by_kind,
    comes_back_at,
    lay_out,
    urgency_of,
    worst_first,
)
from assay.core.inbox.snoozing import SnoozeChoice, snooze_moments
from assay.core.inbox.words import time_words

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday
MOMENTS = st.integers(-400, 400).map(lambda hours: NOW + timedelta(hours=hours))


def item(key: str = "one", **fields: object) -> Item:
    values: dict[str, object] = {"kind": ItemKind.DECISION, "title": "Ada", "about": "", "href": "/", "verb": "Decide"}
    return Item(key=key, **{**values, **fields})  # type: ignore[arg-type]


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    made = []
    for number in range(draw(st.integers(0, 8))):
        due = draw(st.none() | MOMENTS)
        yellow = None if due is None else due - timedelta(hours=draw(st.integers(0, 48)))
        made.append(
            item(
                f"key{number}",
                kind=draw(st.sampled_from(ItemKind)),
                since=draw(st.none() | MOMENTS),
                yellow_at=yellow,
                due_at=due,
                is_paused=draw(st.booleans()),
            )
        )
    return made


def test_a_clock_is_over_from_its_very_moment_and_yellow_from_its_own() -> None:
    one = item(yellow_at=NOW - timedelta(hours=1), due_at=NOW)
    assert urgency_of(item=one, now=NOW) is Urgency.OVER
    assert urgency_of(item=one, now=NOW - timedelta(seconds=1)) is Urgency.SOON
    assert urgency_of(item=one, now=NOW - timedelta(hours=2)) is Urgency.RUNNING


def test_a_paused_clock_is_never_over() -> None:
    assert urgency_of(item=item(due_at=NOW - timedelta(days=9), is_paused=True), now=NOW) is Urgency.RESTING


@given(found=items())
def test_the_worst_comes_first_and_nothing_is_lost(found: list[Item]) -> None:
    ordered = worst_first(items=found, now=NOW)
    assert sorted(one.key for one in ordered) == sorted(one.key for one in found)
    assert [urgency_of(item=one, now=NOW) for one in ordered] == sorted(urgency_of(item=one, now=NOW) for one in found)
    overdue = [one.due_at for one in ordered if urgency_of(item=one, now=NOW) is Urgency.OVER]
    assert overdue == sorted(moment for moment in overdue if moment)
    assert worst_first(items=reversed(found), now=NOW) == ordered


@given(found=items(), until=MOMENTS, made=MOMENTS)
def test_what_is_put_off_is_away_or_shown_but_never_both_and_never_gone(
    found: list[Item], until: datetime, made: datetime
) -> None:
    resting = {one.key: PutOff(until, made) for one in found[::2]}
    inbox = lay_out(items=found, put_off=resting, now=NOW)
    shown = {one.key for one in inbox.items}
    away = {one.key for one, _ in inbox.put_off}
    assert shown | away == {one.key for one in found}
    assert not shown & away
    assert all(back > NOW for _, back in inbox.put_off)


def test_an_item_comes_back_when_its_clock_runs_out_before_its_time() -> None:
    due = NOW + timedelta(hours=3)
    put_off = PutOff(until=NOW + timedelta(days=3), made_at=NOW)
    assert comes_back_at(item=item(due_at=due), put_off=put_off) == due


def test_what_was_overdue_when_it_was_put_off_stays_away_until_its_time() -> None:
    put_off = PutOff(until=NOW + timedelta(days=3), made_at=NOW)
    late = item(due_at=NOW - timedelta(hours=1))
    assert comes_back_at(item=late, put_off=put_off) == put_off.until


def test_what_cannot_be_put_off_is_shown_all_the_same() -> None:
    firm = item(can_snooze=False)
    assert lay_out(items=[firm], put_off={"one": PutOff(NOW + timedelta(days=1), NOW)}, now=NOW).items == (firm,)


def test_one_piece_of_work_found_twice_is_shown_once() -> None:
    assert len(lay_out(items=[item(), item()], put_off={}, now=NOW).items) == 1


def test_kinds_come_in_the_order_of_their_worst_item() -> None:
    late = item("late", kind=ItemKind.MAIL, due_at=NOW - timedelta(hours=1))
    calm = item("calm", kind=ItemKind.FEEDBACK, due_at=NOW + timedelta(days=3))
    groups = by_kind(inbox=Inbox(items=worst_first(items=[calm, late], now=NOW), put_off=()))
    assert [kind for kind, _ in groups] == [ItemKind.MAIL, ItemKind.FEEDBACK]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_at": NOW - timedelta(hours=3)}, "3 h late"),
        ({"due_at": NOW + timedelta(minutes=20)}, "20 min left"),
        ({"due_at": NOW + timedelta(days=4)}, "4 d left"),
        ({"since": NOW - timedelta(hours=30)}, "waits 30 h"),
        ({"since": NOW + timedelta(hours=1)}, ""),
        ({"due_at": NOW, "is_paused": True}, "paused"),
    ],
)
def test_times_are_said_in_words(fields: dict[str, object], words: str) -> None:
    assert time_words(item=item(**fields), now=NOW) == words


def test_on_a_friday_the_next_morning_is_mondays_and_is_offered_once() -> None:
    zone = ZoneInfo("Europe/London")
    moments = snooze_moments(now=NOW, zone=zone)
    assert [one.label for one in moments] == ["For two hours", "Monday morning"]
    assert moments[1].until == datetime(2026, 11, 23, 8, tzinfo=zone)


def test_a_morning_is_the_eighth_hour_there_though_the_clocks_change_in_the_night() -> None:
    zone = ZoneInfo("Europe/Berlin")
    moments = snooze_moments(now=datetime(2026, 3, 26, 12, tzinfo=UTC), zone=zone)  # Thursday before the change
    chosen = {one.choice: one.until for one in moments}
    assert chosen[SnoozeChoice.TOMORROW] == datetime(2026, 3, 27, 7, tzinfo=UTC)
    assert chosen[SnoozeChoice.NEXT_WEEK] == datetime(2026, 3, 30, 6, tzinfo=UTC)


@given(now=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)))
def test_every_choice_lies_ahead(now: datetime) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
        assert all(one.until > now for one in snooze_moments(now=now, zone=ZoneInfo(zone)))
