"""What has to be asked and told where a job is, and how long what was sent may be kept."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assay.core.base.source import Source

ANYWHERE = "*"


class Basis(StrEnum):
    """What a place's rules rest on: being told (``notice``), or agreeing (``consent``)."""

    NOTICE = "notice"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """What is asked of applicants in one place.

    ``statement`` is what they tick, ``notice`` the paragraphs shown with it, ``months`` how long data of somebody who
    was not hired is kept after the end, ``pool_months`` how long if they agree to be kept for other jobs (0: not
    offered). ``verify`` says what a lawyer should look at.
    """

    place: str
    name: str
    basis: Basis
    statement: str
    notice: tuple[str, ...]
    months: int
    pool_months: int
    version: str
    source: Source
    verify: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one form asks for: the rule that binds most, and all places it was chosen from."""

    rule: PlaceRule
    places: tuple[str, ...]


def rule_for(*, places: Sequence[str], rules: Mapping[str, PlaceRule], groups: Mapping[str, Sequence[str]]) -> Asked:
    """Return what to ask for a job in these places (``DE``, ``US-CA``, ``EU``).

    Each place has its own rule, its country's, that of a group it belongs to, or the careful default. Where several
    apply, agreement goes before notice and the shorter time before the longer: nobody is promised less than is due.
    """
    chosen = [_rule(place, rules, groups) for place in dict.fromkeys(places)] or [rules[ANYWHERE]]
    rule = min(chosen, key=lambda one: (one.basis is not Basis.CONSENT, one.months, one.place))
    return Asked(rule=rule, places=tuple(dict.fromkeys(places)))


def _rule(place: str, rules: Mapping[str, PlaceRule], groups: Mapping[str, Sequence[str]]) -> PlaceRule:
    country = place.partition("-")[0]
    for code in (place, country):
        if code in rules:
            return rules[code]
    return next(
        (rules[group] for group, members in groups.items() if country in members and group in rules), rules[ANYWHERE]
    )


def months_after(*, day: date, months: int) -> date:
    """Return the day that many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
