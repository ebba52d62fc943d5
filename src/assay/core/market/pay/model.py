"""The fitted pay model: quantiles of posted base pay for a cell, honestly wide, with the interval of its median."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assay.core.base.interval import Interval
from assay.core.market.pay.postings import Floats, Integers, PostedPay
from assay.core.market.pay.rules import PERCENTILES, PayRules
from assay.core.market.pay.spread import spreads
from assay.core.market.pay.strata import NARROWING, Cell, Pool, PoolShare, Strata

_OUTER_COVERAGE = 0.8
_INTERVAL_COVERAGE = 0.9
_LEAST_MEASURED = 100
_Group = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class CellPay:
    """Posted base pay of a cell in US dollars a year.

    ``quantiles`` holds p10, p25, p50, p75, p90; ``shares`` the pools behind them, narrowest first; ``median`` the
    90% interval of p50 (adverts resampled, and the spread between groups as far as it leans on wider ones);
    ``widened`` the part by which p10 and p90 were moved outward.
    """

    cell: Cell
    quantiles: dict[int, float]
    median: Interval
    shares: tuple[PoolShare, ...]
    widened: float
    years: tuple[int, ...]
    region: str

    @property
    def rows(self) -> int:
        """How many range ends the narrowest pool holds: this family, level and country."""
        return self.shares[0].rows


class PayModel:
    """Quantile strata with measured widths. Build it with :func:`fit_pay`."""

    def __init__(
        self,
        *,
        strata: Strata,
        widths: dict[_Group, float],
        between: Mapping[tuple[bool, Pool], float],
        years: tuple[int, ...],
    ) -> None:
        self.strata = strata
        self.years = years
        self.between = between
        self._widths = widths

    def quantiles(self, *, cell: Cell) -> Floats:
        """Return p10, p25, p50, p75 and p90 of log pay; only the outer two are widened."""
        points = self.strata.quantiles(cell=cell)
        wider = self.widening(cell=cell)
        points[0] -= wider
        points[-1] += wider
        return points

    def widening(self, *, cell: Cell) -> float:
        """Return by how much, in log pay, p10 is moved down and p90 up: measured for the level, else for all levels."""
        is_home = cell.country == self.strata.rules.home_country
        return self._widths.get((is_home, cell.level), self._widths[is_home, ""])

    def pay(self, *, cell: Cell) -> CellPay:
        """Return what is posted for a cell, with everything that explains it."""
        points = np.exp(self.quantiles(cell=cell))
        return CellPay(
            cell=cell,
            quantiles={share: float(point) for share, point in zip(PERCENTILES, points, strict=True)},
            median=self._median_interval(cell),
            shares=self.strata.shares(cell=cell),
            widened=float(np.expm1(self.widening(cell=cell))),
            years=self.years,
            region=self.strata.rules.region_of(cell.country),
        )

    def _median_interval(self, cell: Cell) -> Interval:
        """Return a 90% interval of the cell's median: adverts resampled, both ends of a range together.

        As far as a step leans on the wider group, it also holds how far such groups lie from their wider ones: with no
        row of its own the whole of it, with many next to nothing.
        """
        strata, rules = self.strata, self.strata.rules
        draws = rules.interval_draws
        is_home = rules.region_of(cell.country) == rules.region_of(rules.home_country)
        is_alone = rules.stands_alone(cell.country)
        medians = np.full(draws, np.median(strata.rows(pool=Pool.EVERYWHERE, cell=cell).log_pay))
        wider_rows = -1
        for place, (pool, move) in enumerate(zip(NARROWING, strata.moves(cell=cell), strict=True)):
            part = strata.rows(pool=pool, cell=cell)
            rows = len(part.log_pay)
            weight = rows / (rows + rules.shrinkage) if rows else 0.0
            own = medians
            if rows > rules.steady_rows:
                own = np.full(draws, np.median(part.log_pay))
            elif rows:
                own = _resampled_medians(part.log_pay, part.advert, draws=draws, seed=rules.seed + place)
            is_wider = pool is Pool.FAMILY_LEVEL_COUNTRY and (is_alone or 0 < rows == wider_rows)
            apart = 0.0 if is_wider else self.between[is_home, pool]
            noise = np.random.Generator(np.random.PCG64([rules.seed, place])).standard_normal(draws)
            medians = weight * own + (1 - weight) * (medians + move + apart * noise)
            wider_rows = rows
        tail = (1 - _INTERVAL_COVERAGE) / 2
        low, high = np.exp(np.quantile(medians, (tail, 1 - tail)))
        return Interval(low=float(low), high=float(high), coverage=_INTERVAL_COVERAGE)


def fit_pay(*, postings: PostedPay, rules: PayRules) -> PayModel:
    """Fit the model to the latest ``rules.window_years`` years of the postings."""
    first = postings.last_year - rules.window_years + 1
    used = postings.chosen(postings.year >= first)
    strata = Strata(postings=used, rules=rules)
    years = tuple(int(year) for year in np.unique(used.year))
    return PayModel(strata=strata, widths=_widths(used, strata), between=spreads(strata=strata), years=years)


def _widths(postings: PostedPay, strata: Strata) -> dict[_Group, float]:
    """Return the split-conformal widening at home and elsewhere: each fold is predicted from the others.

    By level where at least ``_LEAST_MEASURED`` rows were predicted, and for all levels together under "".
    """
    rules = strata.rules
    misses: dict[_Group, list[Floats]] = {(True, ""): [], (False, ""): []}
    rows = postings.chosen(np.isin(postings.family, list(rules.calibrated)))
    names, which = np.unique(np.stack((rows.family, rows.level, rows.country)), axis=1, return_inverse=True)
    group = which.ravel() * rules.folds + rows.advert % rules.folds
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(names.shape[1] * rules.folds + 1))
    for index in np.flatnonzero(np.diff(starts)):
        pay = rows.log_pay[order[starts[index] : starts[index + 1]]]
        cell = Cell(*(str(name) for name in names[:, index // rules.folds]))
        points = strata.quantiles(cell=cell, leave_out=int(index % rules.folds))
        missed = np.maximum(points[0] - pay, pay - points[-1])
        for level in (cell.level, ""):
            misses.setdefault((cell.country == rules.home_country, level), []).append(missed)
    return {
        (is_home, level): _conformal(parts)
        for (is_home, level), parts in misses.items()
        if not level or sum(map(len, parts)) >= _LEAST_MEASURED
    }


def _conformal(parts: list[Floats]) -> float:
    """Return the move outward that would have covered 80% of the rows left out; never a move inward."""
    if not parts:
        return 0.0
    misses = np.concatenate(parts)
    share = min(1.0, _OUTER_COVERAGE * (1 + 1 / len(misses)))
    return max(0.0, float(np.quantile(misses, share)))


def _resampled_medians(log_pay: Floats, advert: Integers, *, draws: int, seed: int) -> Floats:
    """Return medians of ``draws`` samples of adverts with replacement; ``log_pay`` is in order."""
    names, which = np.unique(advert, return_inverse=True)
    raw = np.random.PCG64(seed).random_raw(draws * len(names)) % np.uint64(len(names))
    picks = raw.astype(np.int64).reshape(draws, len(names)) + np.arange(draws)[:, None] * len(names)
    counts = np.bincount(picks.ravel(), minlength=draws * len(names)).reshape(draws, len(names))
    weights = np.cumsum(counts[:, which], axis=1)
    middle = (weights < weights[:, -1:] / 2).sum(axis=1)
    return np.asarray(log_pay[np.minimum(middle, len(log_pay) - 1)], dtype=np.float64)
