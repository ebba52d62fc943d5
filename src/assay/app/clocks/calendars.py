"""Offices as calendars: their weekly hours in their zone, less the holidays of their country and their own days off."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import holidays

from assay.app.clocks.models import Office
from assay.app.clocks.rules import clock_sheet
from assay.core.base.working_time import WorkCalendar, weekly
from assay.core.clocks.kinds import Counting
from assay.core.clocks.timing import Ruler, ruler_for
from assay.platform.numbers import read_whole

YEARS_BACK, YEARS_AHEAD = 2, 4
_MINUTES = 60

Rulers = Mapping[Counting, Ruler]
HoursText = Mapping[str, Sequence[Sequence[str]]]


class UnknownCountryError(ValueError):
    """Raised for a country or region whose holidays nobody here knows."""


def rulers_of(*, office: Office | None, now_year: int) -> Rulers:
    """Return how each way of counting measures time at an office; without one, at the shipped office."""
    if office is None:
        return _shipped_rulers()
    return _rulers(
        office.time_zone,
        freeze_hours(hours=office.hours),
        office.country,
        office.region,
        tuple(office.closed_days),
        now_year,
    )


def list_holidays(*, country: str, region: str, years: Sequence[int]) -> Mapping[date, str]:
    """Return the public holidays of a country (of a region, where given) in these years, by date.

    Without a country there are none. Raises ``UnknownCountryError``.
    """
    if not country:
        return {}
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=list(years), language="en_US")
    except (KeyError, NotImplementedError) as error:
        raise UnknownCountryError(f"No holidays are known for {country} {region}".strip() + ".") from error
    return {day: str(found[day]) for day in sorted(found)}


@lru_cache(maxsize=1)
def list_countries() -> tuple[tuple[str, str], ...]:
    """Return every country whose holidays are known, as (code, name), by name."""
    names = {codes[1]: _spoken(key) for key, codes in holidays.registry.COUNTRIES.items()}
    known = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted(((code, names.get(code, code)) for code in known), key=lambda pair: pair[1]))


def list_regions(*, country: str) -> tuple[str, ...]:
    """Return the regions of a country that have holidays of their own."""
    return tuple(holidays.list_supported_countries(include_aliases=False).get(country, ()))


@lru_cache(maxsize=1)
def list_zones() -> tuple[str, ...]:
    """Return the names of the time zones, by name."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def freeze_hours(*, hours: HoursText) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return stored weekly hours as minutes of the day, Monday first."""
    return tuple(
        tuple((minutes_of(text=begin), minutes_of(text=end)) for begin, end in hours.get(str(day), ()))
        for day in range(7)
    )


def minutes_of(*, text: str) -> int:
    """Return "09:30" as minutes of the day; "24:00" is its end. Raises ``ValueError``."""
    before, _, after = text.partition(":")
    hour, minute = read_whole(before, most_digits=2), read_whole(after, most_digits=2)
    if hour is None or minute is None or minute >= _MINUTES or hour * _MINUTES + minute > 24 * _MINUTES:
        raise ValueError(f"{text[:12]!r} is not a time of day such as 09:30.")
    return hour * _MINUTES + minute


@lru_cache(maxsize=64)
def _rulers(
    zone: str,
    hours: tuple[tuple[tuple[int, int], ...], ...],
    country: str,
    region: str,
    closed_days: tuple[str, ...],
    now_year: int,
) -> Rulers:
    years = range(now_year - YEARS_BACK, now_year + YEARS_AHEAD + 1)
    closed = frozenset(list_holidays(country=country, region=region, years=years))
    own = frozenset(date.fromisoformat(day) for day in closed_days)
    return _all_rulers(WorkCalendar(ZoneInfo(zone), hours, closed | own))


@lru_cache(maxsize=1)
def _shipped_rulers() -> Rulers:
    note = clock_sheet().office
    hours = weekly(spans=[(minutes_of(text=note.opens), minutes_of(text=note.closes))], days=note.days)
    return _all_rulers(WorkCalendar(ZoneInfo(note.time_zone), hours))


def _all_rulers(calendar: WorkCalendar) -> Rulers:
    return {counting: ruler_for(counting=counting, office=calendar) for counting in Counting}


def _spoken(key: str) -> str:
    return " ".join(word if word in ("of", "and", "the") else word.capitalize() for word in key.split("_"))
