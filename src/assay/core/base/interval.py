"""A closed range of numbers with the share of belief it is meant to hold: how uncertainty travels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A range ``[low, high]`` that should hold the true value with probability ``coverage`` (0-1).

    Raises ``ValueError`` when the ends are upside down or the coverage is not a probability.
    """

    low: float
    high: float
    coverage: float = 0.8

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"interval is upside down: {self.low} > {self.high}")
        if not 0.0 < self.coverage < 1.0:
            raise ValueError(f"coverage must lie between 0 and 1, not {self.coverage}")
