"""What a model costs and yields over a horizon, draw by draw, with the same luck for every model.

An input of one name has one stream of luck, whichever model it belongs to: when the search is slow for one, it is slow
for all. So a difference between two models is a difference between the models.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from assay.core.market.draws import Array, Distribution, Draws
from assay.core.market.hiring_models.model import Basis, HiringModel

WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12
_MOST_LEAVINGS = 400


@dataclass(frozen=True, slots=True)
class Draft:
    """One model with the numbers that were drawn for it; ``kept`` is a share, ``start`` months, money US dollars."""

    start: Array
    ramp: Array
    leaving: Array
    gap: Array
    monthly: Array
    start_cost: Array
    refill_cost: Array
    oversight: Array
    output: Array
    kept: Array
    luck: Array


@dataclass(frozen=True, slots=True)
class Course:
    """Cost in US dollars and productive years up to a horizon, one of each for each draw."""

    cost: Array
    productive: Array


@dataclass(frozen=True, slots=True)
class Staffing:
    """What a cost is drawn from: base pay, the draws, hours of a productive year, and inputs somebody changed."""

    draws: Draws
    base: Distribution
    productive_hours: float
    changed: Mapping[tuple[str, str], Distribution]

    def value(self, model: HiringModel, name: str) -> Array:
        """Return the draws of one input of one model, zeros when the model has no such input."""
        given = model.inputs.get(name)
        distribution = self.changed.get((model.id, name), given.distribution if given else None)
        if distribution is None:
            return np.zeros(self.draws.size)
        return self.draws.sample(name, distribution)

    def base_pay(self) -> Array:
        """Return the draws of base pay, US dollars a year."""
        return self.draws.sample("base", self.base)


def draft_model(*, model: HiringModel, staffing: Staffing, is_here: bool = False) -> Draft:
    """Draw the numbers of a model that is not a mix. ``is_here`` is for a person who works for you already:
    no search, no fee and no ramp at the start.
    """
    base = staffing.base_pay()
    weeks = staffing.value(model, "search_weeks") + staffing.value(model, "notice_weeks")
    monthly, fee, size = _running(model, staffing, base)
    nothing = np.zeros_like(base)
    return Draft(
        start=nothing if is_here else weeks * MONTHS_A_YEAR / WEEKS_A_YEAR,
        ramp=staffing.value(model, "ramp_months"),
        leaving=staffing.value(model, "leaving"),
        gap=staffing.value(model, "gap_weeks") * MONTHS_A_YEAR / WEEKS_A_YEAR,
        monthly=monthly,
        start_cost=nothing if is_here else fee,
        refill_cost=fee,
        oversight=staffing.value(model, "oversight") * base / MONTHS_A_YEAR,
        output=staffing.value(model, "efficiency") * staffing.value(model, "utilisation") * size,
        kept=staffing.value(model, "kept"),
        luck=staffing.draws.uniforms("who leaves"),
    )


def first_draws(*, draft: Draft, count: int) -> Draft:
    """Return the first ``count`` draws of a draft: draws come in random order, so that any part stands for all."""
    return Draft(**{field.name: getattr(draft, field.name)[:count] for field in fields(draft)})


def follow(*, draft: Draft, months: float, is_here: bool = False) -> Course:
    """Return cost and productive years of a model from the decision to ``months`` later.

    Half of the ramp is lost (it is linear). Whoever leaves costs a gap without pay and output, another fee and another
    half ramp; how many leave is Poisson around the yearly chance.
    """
    active = np.maximum(months - draft.start, 0.0)
    left = count_leavings(luck=draft.luck, expected=draft.leaving * active / MONTHS_A_YEAR)
    away = np.minimum(left * draft.gap, active)
    first_ramp = np.zeros_like(active) if is_here else ramp_loss(active=active, ramp=draft.ramp)
    lost = away + first_ramp + left * draft.ramp / 2
    worked = np.maximum(active - lost, 0.0)
    started = (active > 0).astype(np.float64)
    cost = (
        draft.monthly * (active - away)
        + started * draft.start_cost
        + left * draft.refill_cost
        + draft.oversight * active
    )
    return Course(cost, worked / MONTHS_A_YEAR * draft.output)


def ramp_loss(*, active: Array, ramp: Array) -> Array:
    """Return the months lost while output rises in a straight line from nothing to full over ``ramp`` months."""
    inside = np.minimum(active, ramp)
    whole = np.where(ramp > 0, ramp, 1.0)
    lost: Array = inside - inside * inside / (2 * whole)
    return lost


def count_leavings(*, luck: Array, expected: Array) -> Array:
    """Return how many people leave: the Poisson quantile of ``luck`` (0-1) around ``expected``, draw by draw."""
    count = np.zeros_like(expected)
    chance = np.exp(-expected)
    reached = chance.copy()
    for step in range(1, _MOST_LEAVINGS):
        is_more = luck > reached
        if not is_more.any():
            break
        count += is_more
        chance = chance * expected / step
        reached += chance
        if step > expected.max() and chance.max() < 1e-12:
            break
    return count


def mix(*, inside: Course, outside: Course, share: Array, loss: Array) -> Course:
    """Return a convex mix of two courses, its output less what two people lose to coordination."""
    return Course(
        share * inside.cost + (1 - share) * outside.cost,
        (share * inside.productive + (1 - share) * outside.productive) * (1 - loss),
    )


def _running(model: HiringModel, staffing: Staffing, base: Array) -> tuple[Array, Array, Array]:
    """Return cost a month, fee for each start, and size in full-time people."""

    def value(name: str) -> Array:
        return staffing.value(model, name)

    nothing, whole = np.zeros_like(base), np.ones_like(base)
    if model.basis is Basis.EMPLOYEE:
        return base * (value("loaded") + value("equity")) / MONTHS_A_YEAR, value("fee") * base, whole
    if model.basis is Basis.HOURLY:
        hours = value("hours_week") * value("weeks_year")
        cost = value("rate") * hours * (1 + value("platform")) / MONTHS_A_YEAR
        return cost, nothing, hours / staffing.productive_hours
    if model.basis is Basis.WEEKLY:
        return value("price_week") * WEEKS_A_YEAR / MONTHS_A_YEAR, nothing, whole
    if model.basis is Basis.MONTHLY:
        return value("price_month"), nothing, whole
    local = base * value("pay_ratio")
    return local * (1 + value("contributions")) / MONTHS_A_YEAR + value("fee_month"), value("fee") * local, whole
