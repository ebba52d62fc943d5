"""The organisation's own offers and pay as a third source, whose weight grows with how many and how recent they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, isfinite, log

from assay.core.market.pay.question import PayQuestionError
from assay.core.market.pay.rules import PERCENTILES, SHARES

_DAYS = 365.25
_MOST = 1e12


@dataclass(frozen=True, slots=True)
class OwnWeights:
    """How much own observations count: a weight by kind, halved every ``half_life_years``; ``k`` effective ones weigh
    as much as the market. Older than ``oldest_years`` does not count; fewer than ``least_for_spread`` show a middle
    only."""

    kinds: Mapping[str, float]
    k: float
    half_life_years: float
    oldest_years: float
    least_for_spread: int


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """One own observation in the money and place that is asked about. Raises ``PayQuestionError`` unless above 0."""

    kind: str
    amount: float
    observed_on: date

    def __post_init__(self) -> None:
        if not isfinite(self.amount) or not 0 < self.amount < _MOST:
            raise PayQuestionError(field="annual_base", message="Base pay a year must be a number above 0.")


@dataclass(frozen=True, slots=True)
class OwnPay:
    """What the own observations say, and what market and own say together.

    ``effective`` is the sum of the weights; ``weight = effective / (effective + k)`` is the part that the own ones
    have in ``combined``. ``quantiles`` is ``None`` while there is nothing to go by. Unless ``has_own_spread``, only its
    middle is their own: the distances around it are the market's.
    """

    count: int
    effective: float
    weight: float
    quantiles: Mapping[int, float] | None
    combined: Mapping[int, float]
    points: tuple[OwnPoint, ...]
    notes: tuple[str, ...]
    has_own_spread: bool = False


def combine_own(*, market: Mapping[int, float], points: Sequence[OwnPoint], rules: OwnWeights, today: date) -> OwnPay:
    """Return own pay beside the market's quantiles and both together, in logarithms of money."""
    weighted = [(point, weight_of(point=point, rules=rules, today=today)) for point in points]
    used = [(point, weight) for point, weight in weighted if weight > 0]
    effective = sum(weight for _, weight in used)
    share = effective / (effective + rules.k)
    own = _own_quantiles(used, market, rules) if used else None
    combined = dict(market)
    if own is not None:
        mixed = sorted(exp(share * log(own[one]) + (1 - share) * log(market[one])) for one in PERCENTILES)
        combined = dict(zip(PERCENTILES, mixed, strict=True))
    kept = tuple(point for point, _ in used)
    notes = _notes(kept, len(points) - len(kept), effective, share, rules)
    return OwnPay(len(kept), effective, share, own, combined, kept, notes, len(kept) >= rules.least_for_spread)


def weight_of(*, point: OwnPoint, rules: OwnWeights, today: date) -> float:
    """Return how much an observation counts (0-1): its kind's weight, halved every half-life; 0 when too old.

    Raises ``PayQuestionError`` for a kind that there is no weight for, or a day in the future.
    """
    if point.kind not in rules.kinds:
        message = f"There is no kind “{point.kind[:40]}”. Use one of: {', '.join(rules.kinds)}."
        raise PayQuestionError(field="kind", message=message)
    if point.observed_on > today:
        raise PayQuestionError(field="observed_on", message=f"{point.observed_on.isoformat()} is in the future.")
    age = (today - point.observed_on).days / _DAYS
    return float(0.0 if age > rules.oldest_years else rules.kinds[point.kind] * 0.5 ** (age / rules.half_life_years))


def _own_quantiles(
    used: list[tuple[OwnPoint, float]], market: Mapping[int, float], rules: OwnWeights
) -> dict[int, float]:
    """Return weighted quantiles; with too few for a spread, the market's spread around the own middle."""
    ordered = sorted((log(point.amount), weight) for point, weight in used)
    middle = exp(_weighted_quantile(ordered, 0.5))
    if len(used) < rules.least_for_spread:
        return {share: market[share] * middle / market[50] for share in PERCENTILES}
    return {
        percent: exp(_weighted_quantile(ordered, share)) for percent, share in zip(PERCENTILES, SHARES, strict=True)
    }


def _weighted_quantile(ordered: list[tuple[float, float]], share: float) -> float:
    """Return a quantile of (value, weight) pairs in order, by straight lines between the middles of the weights."""
    total = sum(weight for _, weight in ordered)
    before = 0.0
    places = []
    for value, weight in ordered:
        places.append(((before + weight / 2) / total, value))
        before += weight
    if share <= places[0][0]:
        return places[0][1]
    for (left, low), (right, high) in zip(places, places[1:], strict=False):
        if share <= right:
            return low + (high - low) * (share - left) / (right - left)
    return places[-1][1]


def _notes(
    points: tuple[OwnPoint, ...], left_out: int, effective: float, share: float, rules: OwnWeights
) -> tuple[str, ...]:
    if not points and not left_out:
        return ("No own offers for this title, level and country yet: the market speaks alone.",)
    notes = [f"{len(points)} of your own count as {effective:.1f}, so they have {share:.0%} of the combined figure."]
    if points and len(points) < rules.least_for_spread:
        notes.append("Too few for a spread of their own: the market's spread is set around your middle.")
    if left_out:
        notes.append(f"{left_out} are older than {rules.oldest_years:g} years and do not count.")
    if any(point.kind == "offer_declined" for point in points):
        notes.append("Declined offers pull the figure down although they may have been too low: look at them singly.")
    return tuple(notes)
