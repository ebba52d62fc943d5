"""What each model costs, yields and keeps over the horizon, in three points each, and month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assay.core.market.draws import Array, Correlation, Draws, Spread, summarise
from assay.core.market.hiring_models.break_even import BreakEven, break_even
from assay.core.market.hiring_models.costing import (
    MONTHS_A_YEAR,
    WEEKS_A_YEAR,
    Course,
    Draft,
    Staffing,
    draft_model,
    first_draws,
    follow,
    mix,
)
from assay.core.market.hiring_models.desk import Desk, Question
from assay.core.market.hiring_models.model import Basis, HiringModel, StatedPrice

IN_HOUSE = "full_time"
PARTNER = "agency"
FREELANCE = "freelance"
_POINTS_OF_A_LINE = 24
_DRAWS_OF_A_LINE = 4_000
_LEAST_OUTPUT = 1e-9


@dataclass(frozen=True, slots=True)
class Points:
    """The points that 10, 50 and 90% of the draws lie below; ``None`` where there is no output to divide by."""

    p10: float | None
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class LinePoint:
    """Middle cost so far, US dollars, and middle cost of a productive year, at one month."""

    month: int
    cost: float
    per_year: float | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One model over the horizon. Cost is US dollars, ``start_weeks`` weeks, ``kept`` a share (0-1)."""

    model: str
    cost: Spread
    productive_years: Spread
    per_year: Points
    start_weeks: Spread
    kept: Spread
    line: tuple[LinePoint, ...]
    share_cheapest: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """The month from which a productive year of ``cheaper`` costs less than one of ``dearer``, in the middle."""

    month: float
    cheaper: str
    dearer: str


@dataclass(frozen=True, slots=True)
class Outlooks:
    """All models over one horizon, drawn with the same luck, the hourly break-even, and where in-house overtakes."""

    models: tuple[Outlook, ...]
    break_even: BreakEven
    crossings: tuple[Crossing, ...]
    seed: int
    draws: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """A model ready to be followed: its own numbers, or those of the two halves of a mix."""

    model: HiringModel
    own: Draft
    inside: Draft | None
    share: Array
    loss: Array
    kept: Array
    lead_is_here: bool

    def first(self, count: int) -> "_Plan":
        """Return the same with its first ``count`` draws alone."""
        return _Plan(
            self.model,
            first_draws(draft=self.own, count=count),
            first_draws(draft=self.inside, count=count) if self.inside else None,
            self.share[:count],
            self.loss[:count],
            self.kept[:count],
            self.lead_is_here,
        )

    def course(self, months: float) -> Course:
        if self.inside is None:
            return follow(draft=self.own, months=months)
        inside = follow(draft=self.inside, months=months, is_here=self.lead_is_here)
        outside = follow(draft=self.own, months=months)
        return mix(inside=inside, outside=outside, share=self.share, loss=self.loss)


def project_models(*, desk: Desk, question: Question, seed: int, size: int) -> Outlooks:
    """Return every model's outlook over the question's horizon from ``size`` draws."""
    staffing = _staffing(desk, question, seed, size)
    plans = _plans(desk, question, staffing)
    courses = [plan.course(question.months) for plan in plans]
    costs = np.stack([_per_year(course) for course in courses])
    cheapest = _shares_cheapest(costs)
    lines = _lines(plans, question.months)
    models = tuple(
        Outlook(
            model=plan.model.id,
            cost=summarise(course.cost),
            productive_years=summarise(course.productive),
            per_year=_points(cost),
            start_weeks=summarise(plan.own.start * WEEKS_A_YEAR / MONTHS_A_YEAR),
            kept=summarise(plan.kept),
            line=line,
            share_cheapest=float(share),
        )
        for plan, course, cost, share, line in zip(plans, courses, costs, cheapest, lines, strict=True)
    )
    return Outlooks(models, _break_even(desk, question, staffing), find_crossings(models=models), seed, size)


def find_crossings(*, models: Sequence[Outlook]) -> tuple[Crossing, ...]:
    """Return each month at which in-house overtakes another model, or falls behind it, on straight lines between."""
    inside = next((one for one in models if one.model == IN_HOUSE), None)
    if inside is None:
        return ()
    found = [one for other in models if other.model != IN_HOUSE for one in _crossings(inside, other)]
    return tuple(sorted(found, key=lambda one: one.month))


def _crossings(one: Outlook, other: Outlook) -> Iterator[Crossing]:
    gaps = [
        (mine.month, mine.per_year - theirs.per_year)
        for mine, theirs in zip(one.line, other.line, strict=True)
        if mine.per_year is not None and theirs.per_year is not None
    ]
    for (month, gap), (next_month, next_gap) in pairwise(gaps):
        if gap != 0 and gap * next_gap <= 0:
            at = month + (next_month - month) * gap / (gap - next_gap)
            cheaper, dearer = (one.model, other.model) if gap > 0 else (other.model, one.model)
            yield Crossing(at, cheaper, dearer)


def _staffing(desk: Desk, question: Question, seed: int, size: int) -> Staffing:
    together = Correlation(first="base", second="rate", rho=desk.rate_follows_base)
    draws = Draws(seed=seed, size=size, correlations=(together,))
    return Staffing(draws, question.base, desk.productive_hours, question.changed)


def _plans(desk: Desk, question: Question, staffing: Staffing) -> list[_Plan]:
    nothing = np.zeros(staffing.draws.size)
    drafts = {
        model.id: draft_model(model=model, staffing=staffing) for model in desk.models if model.basis is not Basis.MIX
    }
    is_here = question.facts.get("lead_here") == "yes"
    plans = []
    for model in desk.models:
        if model.basis is not Basis.MIX:
            own = drafts[model.id]
            plans.append(_Plan(model, own, None, nothing, nothing, own.kept, lead_is_here=False))
            continue
        inside = drafts[IN_HOUSE]
        if is_here:
            inside = draft_model(model=desk.model(IN_HOUSE), staffing=staffing, is_here=True)
        share, loss, kept = (staffing.value(model, name) for name in ("lead_share", "pair_loss", "kept"))
        plans.append(_Plan(model, drafts[PARTNER], inside, share, loss, kept, lead_is_here=is_here))
    return plans


def _per_year(course: Course) -> Array:
    has_output = course.productive > _LEAST_OUTPUT
    cost = np.full_like(course.cost, np.inf)
    np.divide(course.cost, course.productive, out=cost, where=has_output)
    return cost


def _points(values: Array) -> Points:
    low, middle, high = (_finite(point) for point in np.quantile(values, (0.1, 0.5, 0.9), method="inverted_cdf"))
    return Points(low, middle, high)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _shares_cheapest(costs: Array) -> Array:
    """Return the share of draws in which each model's productive year is the cheapest; ties are shared."""
    is_least = (costs <= costs.min(axis=0)) & np.isfinite(costs)
    count = np.maximum(is_least.sum(axis=0), 1)
    shares: Array = (is_least / count).mean(axis=1)
    return shares


def _lines(plans: Sequence[_Plan], months: int) -> list[tuple[LinePoint, ...]]:
    count = min(months, _POINTS_OF_A_LINE)
    at = sorted({max(1, round(months * step / count)) for step in range(1, count + 1)})
    return [tuple(_line_point(plan, month) for month in at) for plan in (one.first(_DRAWS_OF_A_LINE) for one in plans)]


def _line_point(plan: _Plan, month: int) -> LinePoint:
    course = plan.course(month)
    return LinePoint(month, float(np.median(course.cost)), _points(_per_year(course)).p50)


def _break_even(desk: Desk, question: Question, staffing: Staffing) -> BreakEven:
    model, freelance = desk.model(IN_HOUSE), desk.model(FREELANCE)
    base = staffing.base_pay()
    usual = float(np.median(staffing.value(freelance, "rate")))
    stated = [end for price in freelance.stated_prices if _is_own_rate(price) for end in (price.low, price.high)]
    return break_even(
        base=base,
        loaded=staffing.value(model, "loaded"),
        fee=staffing.value(model, "fee") * base,
        ramp_months=staffing.value(model, "ramp_months"),
        hours=desk.productive_hours,
        rates=tuple(sorted({round(usual), *stated, 180.0, 220.0})),
    )


def _is_own_rate(price: StatedPrice) -> bool:
    """Say whether a stated price is an hourly rate of independent people: rates of other bases do not compare."""
    return "an hour" in price.unit and price.basis == "independent"
