"""One household is one place whatever it calls itself; windows have no gap; only our own proxies are believed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assay.core.applying.abuse import Timing, place_of, sender_of, timing_of, window_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_addresses_of_one_ipv6_connection_are_one_place_and_those_of_a_neighbour_are_not() -> None:
    one, two = place_of(address="2001:db8:1:2::1"), place_of(address="2001:db8:1:2:ffff::9%eth0")
    neighbour = place_of(address="2001:db8:1:3::1")
    assert one == two
    assert neighbour.address != one.address
    assert neighbour.network == one.network


def test_ipv4_written_as_ipv6_is_the_same_place() -> None:
    assert place_of(address="::ffff:192.0.2.9") == place_of(address="192.0.2.9")
    assert place_of(address="192.0.2.9").network == place_of(address="192.0.2.200").network


@given(st.text(max_size=60))
def test_any_text_has_a_place(text: str) -> None:
    assert place_of(address=text).address


@given(st.lists(st.ip_addresses().map(str), max_size=5), st.integers(0, 3))
def test_what_visitors_write_themselves_never_changes_who_they_are(forged: list[str], proxies: int) -> None:
    real = [f"10.0.0.{number}" for number in range(proxies)]
    line = ", ".join([*forged, "203.0.113.5", *real[1:]]) if proxies else ", ".join(forged)
    expected = "203.0.113.5" if proxies else "198.51.100.1"
    assert sender_of(peer="198.51.100.1", forwarded=line, proxies=proxies) == expected


def test_a_missing_proxy_line_leaves_the_peer() -> None:
    assert sender_of(peer="198.51.100.1", forwarded="", proxies=2) == "198.51.100.1"


@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), st.integers(1, 1440))
def test_every_moment_lies_in_one_window(now: datetime, minutes: int) -> None:
    began = window_of(now=now, minutes=minutes)
    assert began <= now < began + timedelta(minutes=minutes)


def test_a_form_may_be_sent_neither_at_once_nor_a_day_later() -> None:
    ages = {1: Timing.TOO_SOON, 4: Timing.GOOD, 86_400: Timing.GOOD, 86_401: Timing.TOO_LATE, -50: Timing.TOO_SOON}
    for seconds, expected in ages.items():
        issued = NOW - timedelta(seconds=seconds)
        assert timing_of(issued_at=issued, now=NOW, least_seconds=4, most_hours=24) is expected
