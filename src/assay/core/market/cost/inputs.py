"""One input of the cost: its spread, its unit, where it comes from, and how somebody changes it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from assay.core.base.source import Source
from assay.core.market.draws import (
    Chance,
    Distribution,
    DistributionError,
    Fixed,
    LogNormal,
    Pert,
    Uniform,
    point_of,
    round_figures,
)


class CostError(ValueError):
    """Raised when a scenario makes no sense; ``field`` is the input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Unit(StrEnum):
    """What a number counts. Shares are of base pay, fractions of what the label names, rates are a year's."""

    SHARE = "share"
    FRACTION = "fraction"
    RATE = "rate"
    CHANCE = "chance"
    MULTIPLE = "multiple"
    MONEY = "money"
    MONEY_YEAR = "money_year"
    MONTHS = "months"
    WEEKS = "weeks"
    HOURS = "hours"
    COUNT = "count"

    @property
    def is_percent(self) -> bool:
        """Whether people read it as so many percent."""
        return self in (Unit.SHARE, Unit.FRACTION, Unit.RATE, Unit.CHANCE)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in the scenario's currency."""
        return self in (Unit.MONEY, Unit.MONEY_YEAR)


class Grade(StrEnum):
    """How well a number is founded, the weakest first; ``own`` is what the user put in."""

    ASSUMPTION = "assumption"
    PUBLISHED = "published"
    MEASURED = "measured"
    OWN = "own"

    @property
    def label(self) -> str:
        """The word people read."""
        return "yours" if self is Grade.OWN else self.value


@dataclass(frozen=True, slots=True)
class CostInput:
    """A named input; ``least`` and ``most`` are the ends it may be changed to."""

    id: str
    label: str
    group: str
    unit: Unit
    distribution: Distribution
    grade: Grade
    sources: tuple[Source, ...]
    most: float
    least: float = 0.0
    note: str = ""

    @property
    def points(self) -> tuple[float, ...]:
        """The numbers that make up its spread, in order: one, two or three."""
        return points_of(self.distribution)

    @property
    def typical(self) -> float:
        """Its median, or for a chance the chance itself."""
        if isinstance(self.distribution, Chance):
            return self.distribution.share
        return point_of(distribution=self.distribution, share=0.5)


def points_of(distribution: Distribution) -> tuple[float, ...]:
    """Return the numbers that make up a spread, in order."""
    match distribution:
        case Fixed(value):
            return (value,)
        case Chance(share):
            return (share,)
        case Uniform(low, high):
            return (low, high)
        case Pert(low, mode, high):
            return (low, mode, high)
        case LogNormal():
            return (distribution.p10, distribution.middle, distribution.p90)


def change_input(*, given: CostInput, values: tuple[float, ...]) -> CostInput:
    """Return an input with the user's numbers: one is taken as known, two are the ends, three low, likeliest, high.

    What is a lognormal stays one (its three numbers are the points that 10, 50 and 90% of cases lie below), a chance
    stays a chance. Numbers equal to the given ones change nothing. Raises ``CostError`` naming the input.
    """
    if values == given.points:
        return given
    check_ends(given=given, values=values)
    try:
        distribution = _distribution(given, values)
    except DistributionError as error:
        raise CostError(field=given.id, message=f"{given.label}: {error}") from error
    own = Source(title="Your own figure")
    return replace(given, distribution=distribution, grade=Grade.OWN, sources=(own,), note="")


def check_ends(*, given: CostInput, values: tuple[float, ...]) -> None:
    """Raise ``CostError`` unless each number lies within the input's ends and they rise from left to right."""
    if not 1 <= len(values) <= 3:
        raise CostError(field=given.id, message=f"{given.label}: give one, two or three numbers.")
    for value in values:
        if not isfinite(value):
            raise CostError(field=given.id, message=f"{given.label}: give a number.")
        if not given.least <= value <= given.most:
            least, most = (number_words(end, unit=given.unit) for end in (given.least, given.most))
            message = f"{given.label}: {number_words(value, unit=given.unit)} is out of range; give {least} to {most}."
            raise CostError(field=given.id, message=message)
    if list(values) != sorted(values):
        message = f"{given.label}: the numbers are upside down; write them from the lowest to the highest."
        raise CostError(field=given.id, message=message)


def _distribution(given: CostInput, values: tuple[float, ...]) -> Distribution:
    if isinstance(given.distribution, Chance):
        if len(values) > 1:
            raise DistributionError(field="share", message="give one number, the chance.")
        return Chance(values[0])
    if len(set(values)) == 1:
        return Fixed(values[0])
    if len(values) == 2:
        return Uniform(*values)
    if isinstance(given.distribution, LogNormal):
        return LogNormal(p10=values[0], p50=values[1], p90=values[2])
    return Pert(*values)


_LARGEST_WRITTEN_OUT = 1e15
_UNIT_WORDS = {
    Unit.MONTHS: " months",
    Unit.WEEKS: " weeks",
    Unit.HOURS: " hours",
    Unit.MULTIPLE: " base pays",
    Unit.COUNT: "",
}


def number_words(value: float, *, unit: Unit, currency: str = "") -> str:
    """Return a number as people write it: ``15%``, ``USD 6,000``, ``13 weeks``."""
    if unit.is_percent:
        return f"{round_figures(100 * value, figures=3):g}%"
    if unit.is_money:
        shown = f"{value:,.0f}" if abs(value) < _LARGEST_WRITTEN_OUT else f"{value:.3g}"
        return f"{currency} {shown}".strip()
    return f"{round_figures(value, figures=3):,g}{_UNIT_WORDS[unit]}"


def spread_words(*, given: CostInput, currency: str) -> str:
    """Return an input's spread in words, such as ``most likely 15%, from 10% to 22%``."""
    words = [number_words(point, unit=given.unit, currency=currency) for point in given.points]
    match given.distribution:
        case Fixed():
            return f"taken as {words[0]}"
        case Chance():
            return f"{words[0]} of cases"
        case Uniform():
            return f"anything from {words[0]} to {words[1]}"
        case Pert():
            return f"most likely {words[1]}, from {words[0]} to {words[2]}"
        case LogNormal():
            return f"half of cases below {words[1]}; a tenth below {words[0]}, a tenth above {words[2]}"
