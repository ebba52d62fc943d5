"""A scenario: everything an answer depends on, checked once, and its draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostError, CostInput, Grade
from assay.core.market.draws import Array, Correlation, Distribution, Draws

Sample = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an employer pays by law: ``rate`` on the wages of a year from ``above`` to ``up_to``."""

    id: str
    label: str
    rate: float
    grade: Grade
    sources: tuple[Source, ...]
    above: float = 0.0
    up_to: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The ends of what may be asked, and the weeks at which the cost of delay is drawn."""

    months: tuple[int, int]
    headcount: tuple[int, int]
    juniors: tuple[int, int]
    delay_step: int
    delay_last: int
    least_productive_years: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked: a base pay, its inputs, the law of a place and year, a horizon in months from opening the seat.

    ``opens`` is the year and month the seat opens; ``starts`` are months after that in which people start, one for
    each of ``headcount`` seats, or empty for when somebody typically starts. Raises ``CostError``.
    """

    base: CostInput
    inputs: tuple[CostInput, ...]
    law: tuple[Contribution, ...]
    place: str
    law_year: int
    currency: str
    months: int
    opens: tuple[int, int]
    limits: Limits
    seed: int
    draws: int
    version: str
    headcount: int = 1
    juniors: int = 2
    starts: tuple[int, ...] = ()
    correlations: tuple[Correlation, ...] = ()

    def __post_init__(self) -> None:
        _check_whole("months", self.months, self.limits.months, "months, up to five years; beyond that pay, law and "
                     "team are anybody's guess")  # fmt: skip
        _check_whole("headcount", self.headcount, self.limits.headcount, "seats")
        _check_whole("juniors", self.juniors, self.limits.juniors, "juniors")
        if self.starts and len(self.starts) != self.headcount:
            message = (
                f"Give a start month for each of the {self.headcount} seats, or none; there are {len(self.starts)}."
            )
            raise CostError(field="starts", message=message)
        if any(not 0 <= start < self.months for start in self.starts):
            message = f"Each start must fall within the {self.months} months from opening the seat."
            raise CostError(field="starts", message=message)

    def find(self, input_id: str) -> CostInput:
        """Return an input by its id; raises ``KeyError`` when there is none."""
        return next((one for one in (self.base, *self.inputs) if one.id == input_id), None) or _missing(input_id)

    @property
    def spreads(self) -> dict[str, Distribution]:
        """The spread of each input by id, base pay first."""
        return {one.id: one.distribution for one in (self.base, *self.inputs)}


def sample_scenario(*, scenario: Scenario) -> dict[str, Array]:
    """Return the draws of every input, by id: the same for the same seed, whatever else is in the scenario."""
    draws = Draws(seed=scenario.seed, size=scenario.draws, correlations=scenario.correlations)
    return {name: draws.sample(name, spread) for name, spread in scenario.spreads.items()}


def contributions_by_law(*, wages: Array, law: tuple[Contribution, ...]) -> Array:
    """Return what the employer pays by law on yearly wages: each line's rate between its threshold and its ceiling."""
    total = np.zeros_like(wages)
    for line in law:
        ceiling = np.inf if line.up_to is None else line.up_to
        total += line.rate * np.maximum(np.minimum(wages, ceiling) - line.above, 0.0)
    return total


def _check_whole(field: str, value: int, ends: tuple[int, int], what: str) -> None:
    least, most = ends
    if not least <= value <= most:
        raise CostError(field=field, message=f"{value:,} does not work here: give {least} to {most} {what}.")


def _missing(input_id: str) -> CostInput:
    raise KeyError(input_id)
