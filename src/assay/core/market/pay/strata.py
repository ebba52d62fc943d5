"""Shrunken quantile strata: each cell's own quantiles, drawn towards those of the wider group that it stands in.

Pay in logarithms. From the widest group to the narrowest, ``q = w * q_own + (1 - w) * q_wider`` with
``w = n / (n + k)``, so that a thin cell borrows from its neighbours and a full one speaks for itself. Away from home,
``q_wider`` is first moved by what the level, and then the title, make of the median at home: a region with no posted
lead still pays a lead more than a junior.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from assay.core.market.pay.postings import Floats, Integers, PostedPay
from assay.core.market.pay.rules import SHARES, PayRules

_POINTS = np.array(SHARES)
_MIDDLE = 2


class Pool(StrEnum):
    """A group of rows that a quantile is taken over, from the widest to the narrowest."""

    EVERYWHERE = "everywhere"
    REGION = "region"
    LEVEL_REGION = "level_region"
    FAMILY_LEVEL_REGION = "family_level_region"
    FAMILY_LEVEL_COUNTRY = "family_level_country"


NARROWING = (Pool.REGION, Pool.LEVEL_REGION, Pool.FAMILY_LEVEL_REGION, Pool.FAMILY_LEVEL_COUNTRY)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is asked for: a family of titles, a level in the data's code, a country."""

    family: str
    level: str
    country: str


@dataclass(frozen=True, slots=True)
class PoolShare:
    """One pool behind an estimate: its rows, the adverts they came from, its share of the answer (0-1), its median.

    ``log_median`` is the median of the pool on its own; ``None`` where it has no row.
    """

    pool: Pool
    rows: int
    adverts: int
    share: float
    log_median: float | None


@dataclass(frozen=True, slots=True)
class SortedRows:
    """Rows of one pool in order of pay, with the advert of each."""

    log_pay: Floats
    advert: Integers

    def without(self, fold: int, folds: int) -> "SortedRows":
        """Return the rows without those of a fold's adverts."""
        kept = self.advert % folds != fold
        return SortedRows(log_pay=self.log_pay[kept], advert=self.advert[kept])


_NOTHING = SortedRows(log_pay=np.empty(0), advert=np.empty(0, dtype=np.int64))


class Strata:
    """Rows grouped by every pool, each group in order of pay, so that a quantile is a look-up."""

    def __init__(self, *, postings: PostedPay, rules: PayRules) -> None:
        self.rules = rules
        self._region = {country: rules.region_of(str(country)) for country in np.unique(postings.country)}
        regions = np.array([self._region[country] for country in postings.country])
        self._known: dict[tuple[str, Pool, int | None], tuple[int, Floats]] = {}
        self._pools = {pool: _grouped(postings, regions, pool) for pool in (Pool.EVERYWHERE, *NARROWING)}

    def rows(self, *, pool: Pool, cell: Cell) -> SortedRows:
        """Return the rows of a pool that a cell stands in."""
        return self._pools[pool].get(_key(pool, cell, self.rules.region_of(cell.country)), _NOTHING)

    def groups(self, *, pool: Pool) -> tuple[tuple[Cell, SortedRows], ...]:
        """Return every group of a pool with a cell that stands in it, in order of their names."""
        return tuple((self._example(pool, key), self._pools[pool][key]) for key in sorted(self._pools[pool]))

    def start(self, *, cell: Cell) -> Floats:
        """Return the quantiles of all rows, which the first step of a cell's answer begins with."""
        return self._own(Pool.EVERYWHERE, cell, None)[1]

    def quantiles(self, *, cell: Cell, leave_out: int | None = None) -> Floats:
        """Return five quantiles of log pay, sorted; ``leave_out`` is a fold whose adverts do not count."""
        return np.sort(self.steps(cell=cell, leave_out=leave_out)[-1])

    def steps(self, *, cell: Cell, leave_out: int | None = None) -> list[Floats]:
        """Return the five quantiles of log pay after each pool of ``NARROWING``, the answer last."""
        moves = self._moves(cell, leave_out)
        answer = self._own(Pool.EVERYWHERE, cell, leave_out)[1]
        found = []
        for pool, move in zip(NARROWING, moves, strict=True):
            rows, own = self._own(pool, cell, leave_out)
            weight = rows / (rows + self.rules.shrinkage) if rows else 0.0
            answer = weight * own + (1 - weight) * (answer + move)
            found.append(answer)
        return found

    def moves(self, *, cell: Cell) -> tuple[float, ...]:
        """Return by how much the wider answer is moved before each pool of ``NARROWING`` counts; 0 at home."""
        return self._moves(cell, None)

    def shares(self, *, cell: Cell) -> tuple[PoolShare, ...]:
        """Return every pool behind a cell's estimate, narrowest first; the shares sum to 1.

        A country that is a region of its own is the same rows twice: its family's pool is named once.
        """
        found: list[PoolShare] = []
        rest = 1.0
        for pool in (*reversed(NARROWING), Pool.EVERYWHERE):
            part = self.rows(pool=pool, cell=cell)
            rows = len(part.log_pay)
            weight = 1.0 if pool is Pool.EVERYWHERE else rows / (rows + self.rules.shrinkage)
            share, rest = rest * weight, rest * (1 - weight)
            if pool is Pool.FAMILY_LEVEL_REGION and rows == found[0].rows:
                found[0] = replace(found[0], share=found[0].share + share)
                continue
            median = float(sorted_quantiles(part.log_pay)[_MIDDLE]) if rows else None
            found.append(PoolShare(pool, rows, len(np.unique(part.advert)), share, median))
        return tuple(found)

    def _example(self, pool: Pool, key: str) -> Cell:
        """Return a cell of a group; what the group does not tell apart is left empty."""
        if pool is Pool.FAMILY_LEVEL_COUNTRY:
            return Cell(*key.split("|"))
        *names, region = key.split("|")
        country = min(str(one) for one, where in self._region.items() if where == region)
        family, level = ("", "", *names)[-2:]
        return Cell(family, level, country)

    def _moves(self, cell: Cell, leave_out: int | None) -> tuple[float, ...]:
        home = self.rules.home_country
        if self.rules.region_of(cell.country) == self.rules.region_of(home):
            return (0.0,) * len(NARROWING)
        region, level, title, _ = self.steps(cell=Cell(cell.family, cell.level, home), leave_out=leave_out)
        return (0.0, float(level[_MIDDLE] - region[_MIDDLE]), float(title[_MIDDLE] - level[_MIDDLE]), 0.0)

    def _own(self, pool: Pool, cell: Cell, leave_out: int | None) -> tuple[int, Floats]:
        """Return the rows of a pool and its own quantiles, remembered; zeros where it is empty."""
        key = (_key(pool, cell, self.rules.region_of(cell.country)), pool, leave_out)
        if key not in self._known:
            part = self.rows(pool=pool, cell=cell)
            part = part if leave_out is None else part.without(leave_out, self.rules.folds)
            rows = len(part.log_pay)
            self._known[key] = (rows, sorted_quantiles(part.log_pay) if rows else np.zeros(len(SHARES)))
        return self._known[key]


def sorted_quantiles(log_pay: Floats) -> Floats:
    """Return the five quantiles of values that are in order, by straight lines between them."""
    place = (len(log_pay) - 1) * _POINTS
    below = place.astype(np.int64)
    above = np.minimum(below + 1, len(log_pay) - 1)
    part = place - below
    return np.asarray(log_pay[below] * (1 - part) + log_pay[above] * part, dtype=np.float64)


def _key(pool: Pool, cell: Cell, region: str) -> str:
    parts = {
        Pool.EVERYWHERE: (),
        Pool.REGION: (region,),
        Pool.LEVEL_REGION: (cell.level, region),
        Pool.FAMILY_LEVEL_REGION: (cell.family, cell.level, region),
        Pool.FAMILY_LEVEL_COUNTRY: (cell.family, cell.level, cell.country),
    }
    return "|".join(parts[pool])


def _grouped(postings: PostedPay, regions: NDArray[np.str_], pool: Pool) -> dict[str, SortedRows]:
    codes, names = _codes(postings, regions, pool)
    order = np.lexsort((postings.advert, postings.log_pay, codes))
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    log_pay, advert = postings.log_pay[order], postings.advert[order]
    return {
        name: SortedRows(log_pay=log_pay[first:last], advert=advert[first:last])
        for name, first, last in zip(names, starts, starts[1:], strict=False)
    }


def _codes(postings: PostedPay, regions: NDArray[np.str_], pool: Pool) -> tuple[Integers, list[str]]:
    columns = {
        Pool.EVERYWHERE: (),
        Pool.REGION: (regions,),
        Pool.LEVEL_REGION: (postings.level, regions),
        Pool.FAMILY_LEVEL_REGION: (postings.family, postings.level, regions),
        Pool.FAMILY_LEVEL_COUNTRY: (postings.family, postings.level, postings.country),
    }[pool]
    codes = np.zeros(len(postings), dtype=np.int64)
    names = [""]
    for column in columns:
        values, inverse = np.unique(column, return_inverse=True)
        codes = codes * len(values) + inverse
        names = [f"{name}|{value}" if name else str(value) for name in names for value in values]
    kept, inverse = np.unique(codes, return_inverse=True)
    return np.asarray(inverse, dtype=np.int64), [names[code] for code in kept]
