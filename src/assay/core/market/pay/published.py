"""Published salary figures beside the posted data: kept apart, each with its fact id, their disagreements said."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.market.pay.levels import Level


@dataclass(frozen=True, slots=True)
class PublishedPay:
    """One published figure (``high`` is ``None``) or range in US dollars a year; with ``open_top`` it goes on upward.

    No ``families`` means all titles. ``kind`` is base, total or pay (not said which).
    """

    fact: str
    table: str
    what: str
    kind: str
    low: float
    high: float | None
    open_top: bool
    families: tuple[str, ...]
    years_low: int
    years_high: int
    metro: str

    def speaks_of(self, *, family: str, level: Level, metro: str) -> bool:
        """Return whether the figure is about these titles, years that the level covers, and this city or any."""
        return (
            (not self.families or family in self.families)
            and level.covers(years_low=self.years_low, years_high=self.years_high)
            and (not self.metro or self.metro == metro)
        )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Published facts that cannot all be so, in words."""

    facts: str
    text: str
    families: tuple[str, ...]
    years_low: int
    years_high: int


def published_for(*, rows: Sequence[PublishedPay], family: str, level: Level, metro: str) -> tuple[PublishedPay, ...]:
    """Return the published rows that speak of a question, in the order of the tables."""
    return tuple(row for row in rows if row.speaks_of(family=family, level=level, metro=metro))


def contradictions_for(*, known: Sequence[Contradiction], family: str, level: Level) -> tuple[Contradiction, ...]:
    """Return the contradictions that touch a family and a level."""
    return tuple(
        one
        for one in known
        if (not one.families or family in one.families)
        and level.covers(years_low=one.years_low, years_high=one.years_high)
    )
