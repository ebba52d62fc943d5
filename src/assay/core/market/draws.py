"""Uncertain inputs as values, and repeatable draws from them.

A number nobody knows exactly is written as a distribution. ``Draws`` turns distributions into samples with *common
random numbers*: each named input has a stream of its own that depends on the seed and its name alone. So a new input
does not disturb the others, and two scenarios of one seed meet the same luck: what differs between them is only what
was changed.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log, log10, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from assay.core.market.inverse_cdf import beta_quantiles, normal_quantiles

Array = NDArray[np.float64]

DEFAULT_SIZE = 20_000
LARGEST_SIZE = 1_000_000
LARGEST_SEED = 2**63 - 1
_Z90 = 1.2815515655446004
_LARGEST = 1e15


class DistributionError(ValueError):
    """Raised when a distribution or a draw makes no sense; ``field`` is the part to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number that is taken as known. Raises ``DistributionError`` when it is not a finite number."""

    value: float

    def __post_init__(self) -> None:
        _check_finite(value=self.value)

    def quantiles(self, shares: Array) -> Array:
        """Return the same value for each share."""
        return np.full_like(shares, self.value)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything from ``low`` to ``high``, all alike. Raises ``DistributionError`` when the ends are upside down."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _check_finite(low=self.low, high=self.high)
        _check_order(low=self.low, high=self.high)

    def quantiles(self, shares: Array) -> Array:
        """Return the values below which ``shares`` (0-1) of the cases lie."""
        return self.low + (self.high - self.low) * shares


@dataclass(frozen=True, slots=True)
class Pert:
    """From ``low`` to ``high`` with ``mode`` the likeliest; ``lamb`` says how much the likeliest outweighs the ends.

    The PERT distribution: a Beta with mean ``(low + lamb * mode + high) / (lamb + 2)``. Raises ``DistributionError``
    when the three are not in order or ``lamb`` is not above 0.
    """

    low: float
    mode: float
    high: float
    lamb: float = 4.0

    def __post_init__(self) -> None:
        _check_finite(low=self.low, mode=self.mode, high=self.high, lamb=self.lamb)
        _check_order(low=self.low, mode=self.mode, high=self.high)
        if not 0 < self.lamb <= 100:
            message = f"The weight of the likeliest value is {self.lamb:g}; give above 0, at most 100 (4 is usual)."
            raise DistributionError(field="lamb", message=message)

    def quantiles(self, shares: Array) -> Array:
        """Return the values below which ``shares`` (0-1) of the cases lie, to 1e-6 of the range at the usual weight."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(shares, self.low)
        alpha = 1 + self.lamb * (self.mode - self.low) / width
        beta = 1 + self.lamb * (self.high - self.mode) / width
        return self.low + width * beta_quantiles(shares=shares, alpha=alpha, beta=beta)


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A positive number skewed to the right, such as pay: 10% of cases lie below ``p10`` and 10% above ``p90``.

    With ``p50`` the two halves may differ in width, so that all three points are met; without it the middle is the
    geometric mean of the two. Raises ``DistributionError`` when a point is not above 0 or they are not in order.
    """

    p10: float
    p90: float
    p50: float | None = None

    def __post_init__(self) -> None:
        points = {"p10": self.p10, "p90": self.p90}
        if self.p50 is not None:
            points = {"p10": self.p10, "p50": self.p50, "p90": self.p90}
        _check_finite(**points)
        for name, value in points.items():
            if value <= 0:
                raise DistributionError(field=name, message=f"{name} is {value:g}; it must be above 0.")
        _check_order(**points)

    @property
    def middle(self) -> float:
        """The value that half of the cases lie below."""
        return sqrt(self.p10 * self.p90) if self.p50 is None else self.p50

    def quantiles(self, shares: Array) -> Array:
        """Return the values below which ``shares`` (0-1, ends excluded) of the cases lie."""
        score = normal_quantiles(shares)
        below = log(self.middle / self.p10) / _Z90
        above = log(self.p90 / self.middle) / _Z90
        return self.middle * np.exp(np.where(score < 0, below, above) * score)


@dataclass(frozen=True, slots=True)
class Chance:
    """Something that happens (1) or not (0). Raises ``DistributionError`` when ``share`` is not within 0-1."""

    share: float

    def __post_init__(self) -> None:
        _check_finite(share=self.share)
        if not 0 <= self.share <= 1:
            raise DistributionError(field="share", message=f"The chance is {self.share:g}; give 0 to 1.")

    def quantiles(self, shares: Array) -> Array:
        """Return 1 in the upper ``share`` of the cases and 0 in the others."""
        return (shares > 1 - self.share).astype(np.float64)


Distribution = Fixed | Uniform | Pert | LogNormal | Chance


def point_of(*, distribution: Distribution, share: float) -> float:
    """Return the value below which ``share`` (0-1) of a distribution's cases lie, such as its median at 0.5."""
    return float(distribution.quantiles(np.array([share], dtype=np.float64))[0])


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two inputs that rise together: ``rho`` is their rank correlation (Spearman), above -1 and below 1.

    ``second`` follows ``first``; what is drawn for ``first`` does not change. Raises ``DistributionError``.
    """

    first: str
    second: str
    rho: float

    def __post_init__(self) -> None:
        if not -1 < self.rho < 1:
            message = f"The rank correlation is {self.rho:g}; give a number above -1 and below 1."
            raise DistributionError(field="rho", message=message)
        if self.first == self.second:
            raise DistributionError(field="second", message=f"“{self.first}” cannot follow itself.")


@dataclass(frozen=True, slots=True)
class Draws:
    """Samples of named inputs, the same for the same seed, size and name, whatever else is drawn.

    Each stream is stratified (a Latin hypercube: one value from each of ``size`` equal slices, in shuffled order),
    which steadies the quantiles. Raises ``DistributionError`` for a seed or size out of range, or an input that
    follows two others or one that follows.
    """

    seed: int
    size: int = DEFAULT_SIZE
    correlations: tuple[Correlation, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.seed <= LARGEST_SEED:
            raise DistributionError(field="seed", message=f"The seed must be a whole number from 0 to {LARGEST_SEED}.")
        if not 2 <= self.size <= LARGEST_SIZE:
            raise DistributionError(field="size", message=f"Draw from 2 to {LARGEST_SIZE:,} times, not {self.size:,}.")
        followers = [pair.second for pair in self.correlations]
        leaders = {pair.first for pair in self.correlations}
        if len(set(followers)) < len(followers) or leaders & set(followers):
            message = "An input can follow one other, which itself follows none."
            raise DistributionError(field="correlations", message=message)

    def uniforms(self, name: str) -> Array:
        """Return the stream of an input: ``size`` numbers inside 0-1, read-only."""
        own = _stream(self.seed, name, self.size)
        pair = next((one for one in self.correlations if one.second == name), None)
        if pair is None or pair.rho == 0:
            return own
        return _following(_stream(self.seed, pair.first, self.size), own, pair.rho)

    def sample(self, name: str, distribution: Distribution) -> Array:
        """Return ``size`` values of an input."""
        if isinstance(distribution, Fixed):
            return np.full(self.size, distribution.value)
        return distribution.quantiles(self.uniforms(name))


@dataclass(frozen=True, slots=True)
class Spread:
    """What a sample shows: the points that 10, 50 and 90% of its values lie below, and its mean."""

    p10: float
    p50: float
    p90: float
    mean: float


def summarise(values: Array) -> Spread:
    """Return the spread of a sample. Raises ``ValueError`` when it is empty or holds something that is no number."""
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("a spread needs at least one value, all of them finite")
    low, middle, high = (float(point) for point in np.quantile(values, (0.1, 0.5, 0.9)))
    return Spread(low, middle, high, float(values.mean()))


def round_figures(value: float, *, figures: int = 2) -> float:
    """Return a number rounded to so many significant figures, for people to read: 287,412 becomes 290,000."""
    if value == 0 or not isfinite(value):
        return value
    return round(value, figures - 1 - floor(log10(abs(value))))


def rank_correlation(*, x: Array, y: Array) -> float:
    """Return Spearman's rank correlation of two samples of one length; 0 when either never changes."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0
    first, second = (ranks - ranks.mean() for ranks in (_ranks(x), _ranks(y)))
    return float((first * second).sum() / sqrt(float((first * first).sum() * (second * second).sum())))


def _ranks(values: Array) -> Array:
    """Return ranks from 0 up; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Array = last - (counts + 1) / 2
    return shared[inverse]


@lru_cache(maxsize=96)
def _stream(seed: int, name: str, size: int) -> Array:
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    # Raw output of the bit generator, which numpy promises not to change, unlike what its Generator makes of it.
    raw = np.random.PCG64(int.from_bytes(digest[:16], "big")).random_raw(2 * size)
    order = np.argsort(raw[:size], kind="stable")
    within = ((raw[size:] >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    stream = (order + within) / size
    stream.flags.writeable = False
    return stream


def _following(leader: Array, own: Array, rho: float) -> Array:
    """Return ``own``'s values in an order whose ranks correlate with the leader's (a Gaussian copula, re-ranked)."""
    linear = 2 * sin(pi * rho / 6)
    score = linear * normal_quantiles(leader) + sqrt(1 - linear * linear) * normal_quantiles(own)
    stream = np.empty_like(own)
    stream[np.argsort(score, kind="stable")] = np.sort(own)
    return stream


def _check_finite(**parts: float) -> None:
    for name, value in parts.items():
        if not isfinite(value) or abs(value) > _LARGEST:
            raise DistributionError(field=name, message=f"{name} is {value:g}; give a number people could mean.")


def _check_order(**parts: float) -> None:
    names = list(parts)
    for before, after in zip(names, names[1:], strict=False):
        if parts[before] > parts[after]:
            message = f"{before} is {parts[before]:g}, above {after} at {parts[after]:g}; {before} must not be higher."
            raise DistributionError(field=before, message=message)
