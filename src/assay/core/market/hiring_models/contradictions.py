"""Answers that cannot all be right: between statements, with the horizon, and with answered facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementPair:
    """Two statements that cannot both be at least this true (0-1)."""

    first: str
    second: str
    least: float
    message: str


@dataclass(frozen=True, slots=True)
class HorizonConflict:
    """A statement that does not go with a horizon above, or of at most, so many months; ``{months}`` is filled in."""

    statement: str
    least: float
    months: int
    is_above: bool
    message: str


@dataclass(frozen=True, slots=True)
class FactConflict:
    """A statement that does not go with an answered fact."""

    statement: str
    least: float
    fact: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All that is checked."""

    pairs: tuple[StatementPair, ...] = ()
    horizons: tuple[HorizonConflict, ...] = ()
    facts: tuple[FactConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that disagree, by their ids, and what to do about it."""

    between: tuple[str, ...]
    message: str


def find_contradictions(
    *, conflicts: Conflicts, statements: Mapping[str, float | None], facts: Mapping[str, str], months: int
) -> tuple[Contradiction, ...]:
    """Return the contradictions in a set of answers, in the order of the data."""
    return tuple(_found(conflicts, statements, facts, months))


def _found(
    conflicts: Conflicts, statements: Mapping[str, float | None], facts: Mapping[str, str], months: int
) -> Iterator[Contradiction]:
    def is_true(name: str, least: float) -> bool:
        return (statements.get(name) or 0.0) >= least

    for pair in conflicts.pairs:
        if is_true(pair.first, pair.least) and is_true(pair.second, pair.least):
            yield Contradiction((pair.first, pair.second), pair.message)
    for one in conflicts.horizons:
        if is_true(one.statement, one.least) and (months > one.months) == one.is_above:
            spoken = f"{months} month" if months == 1 else f"{months} months"
            yield Contradiction((one.statement, "months"), one.message.replace("{months}", spoken))
    for other in conflicts.facts:
        if is_true(other.statement, other.least) and facts.get(other.fact) == other.value:
            yield Contradiction((other.statement, other.fact), other.message)
