"""The settings of the pay model, which come as data."""

from collections.abc import Mapping
from dataclasses import dataclass

SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)
PERCENTILES = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class PayRules:
    """How the model pools: ``shrinkage`` is the number of rows at which a cell counts as much as what it stands in.

    ``window_years`` latest years are used. ``regions`` gives the region of each country that has one; all others are
    ``other_region``. Below ``thin_rows`` a cell is called thin. ``folds`` parts measure how wide p10-p90 must be.
    ``interval_draws`` resamples with ``seed`` give the interval of the median; a pool of more than
    ``steady_rows`` rows is held still in them. ``calibrated`` families measure the width.
    """

    regions: Mapping[str, str]
    other_region: str
    home_country: str
    calibrated: frozenset[str]
    shrinkage: float = 25.0
    window_years: int = 2
    thin_rows: int = 30
    folds: int = 5
    interval_draws: int = 200
    steady_rows: int = 5000
    seed: int = 20261121

    def region_of(self, country: str) -> str:
        """Return the id of the region that a country is pooled with."""
        return self.regions.get(country, self.other_region)

    def stands_alone(self, country: str) -> bool:
        """Return whether a country is a region of its own."""
        region = self.region_of(country)
        return region != self.other_region and list(self.regions.values()).count(region) == 1
