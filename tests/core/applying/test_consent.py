"""Each place has its rule, its group's, or the careful default; times after months never fall out of a month."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assay.core.applying.consent import Basis, PlaceRule, months_after, rule_for
from assay.core.base.source import Source

GROUPS = {"EU": ("DE", "NL", "ES")}


def rule(place: str, basis: Basis = Basis.NOTICE, months: int = 6) -> PlaceRule:
    return PlaceRule(place, place, basis, "I have read it.", (), months, 0, f"{place}/1", Source("A law"))


RULES = {
    "*": rule("*", Basis.CONSENT),
    "EU": rule("EU"),
    "NL": rule("NL", months=1),
    "US": rule("US", months=12),
    "US-CA": rule("US-CA", months=48),
}


def chosen(*places: str) -> str:
    return rule_for(places=places, rules=RULES, groups=GROUPS).rule.place


def test_the_closest_rule_holds() -> None:
    assert [chosen("NL"), chosen("US-CA"), chosen("US-TX"), chosen("ES"), chosen("ES-M")] == [
        "NL",
        "US-CA",
        "US",
        "EU",
        "EU",
    ]


def test_a_place_nobody_read_up_and_no_place_at_all_get_the_careful_default() -> None:
    for places in (("BR",), ()):
        asked = rule_for(places=places, rules=RULES, groups=GROUPS)
        assert asked.rule.place == "*"
        assert asked.rule.basis is Basis.CONSENT


def test_of_several_places_the_one_that_binds_most_holds() -> None:
    assert chosen("US-CA", "NL") == "NL"
    assert chosen("US", "BR") == "*"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)), st.integers(0, 120))
def test_months_later_is_always_a_day_of_that_month(day: date, months: int) -> None:
    later = months_after(day=day, months=months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert months_after(day=date(2026, 8, 31), months=6) == date(2027, 2, 28)
