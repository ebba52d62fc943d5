"""One senior against several juniors: the same work from either, and what decides between them."""

import numpy as np

from assay.core.market.cost.answer import JuniorsAnswer, TeamOption, money_spread
from assay.core.market.cost.ownership import Ownership, ownership_cost
from assay.core.market.cost.scenario import Sample, Scenario
from assay.core.market.draws import Array, Spread, summarise

_LEAST_OUTPUT = 1e-3
_CLEAR, _LIKELY = 0.8, 0.6
_NEARLY_ALL, _MANY = 0.99, 100
_NOTES = (
    "A junior's output counts after what supervision of them uses up; both are yours to set.",
    "Several juniors without anybody senior beside them have nobody to decide what to build or to notice what is "
    "wrong (F129, F131): then put supervision and yield lower than feels polite.",
    "Where a model touches customers, money or safety, a mistake can cost more than all of this (F132).",
)


def compare_juniors(*, scenario: Scenario, sample: Sample, senior: Ownership) -> JuniorsAnswer:
    """Compare one senior with ``scenario.juniors`` juniors over the horizon, per year of a senior's work done.

    Junior's work = productive years × output of a senior's × (1 − supervision). Number to match
    = senior's work ÷ one junior's work. Break-even yield = (junior's cost per productive year ÷ senior's)
    ÷ (1 − supervision). The same luck is drawn for both.
    """
    junior = ownership_cost(sample=_as_junior(sample), law=scenario.law, months=scenario.months)
    number = scenario.juniors
    kept = np.maximum(1 - sample["supervision"], 0.0)
    output = junior.productive_years * sample["junior_yield"] * kept
    done = senior.productive_years
    price_of_senior, price_of_junior = senior.total * output, junior.total * done
    cheaper = np.where(np.isclose(price_of_senior, price_of_junior), 0.5, price_of_senior < price_of_junior)
    yield_at_par = _ratio(junior.total, junior.productive_years) / np.maximum(_ratio(senior.total, done), _LEAST_OUTPUT)
    share = float(np.mean(cheaper))
    match, even = summarise(_ratio(done, output)), summarise(_ratio(yield_at_par, kept))
    given = scenario.find("junior_yield").typical
    return JuniorsAnswer(
        senior=_option("One senior", senior.total, done, scenario),
        juniors=_option(_named(number), number * junior.total, number * output, scenario),
        number=number,
        senior_is_cheaper=share,
        juniors_do_more=float(np.mean(number * output > done)),
        juniors_to_match=match,
        break_even_yield=even,
        given_yield=given,
        verdict=_verdict(share, number),
        sentences=_sentences(share, match, even, given),
        notes=_NOTES,
    )


def _as_junior(sample: Sample) -> Sample:
    return {**sample, "base": sample["base"] * sample["junior_pay"], "ramp": sample["junior_ramp"]}


def _named(number: int) -> str:
    return "One junior" if number == 1 else f"{number} juniors"


def _option(label: str, cost: Array, output: Array, scenario: Scenario) -> TeamOption:
    enough = float(np.median(output)) >= scenario.limits.least_productive_years / 2
    per_output = money_spread(_ratio(cost, output)) if enough else None
    return TeamOption(label, money_spread(cost), summarise(output), per_output)


def _ratio(above: Array, below: Array) -> Array:
    return np.asarray(above / np.maximum(below, _LEAST_OUTPUT), dtype=np.float64)


def _sentences(share: float, match: Spread, even: Spread, given: float) -> tuple[str, ...]:
    needed = f"{match.p50:.1f}" if match.p50 < _MANY else f"more than {_MANY}"
    return (
        f"The senior costs less for the same work in {share_words(share)} of draws.",
        f"Both cost the same where a junior does {even.p50:.0%} of a senior's work (80% of draws: {even.p10:.0%} to "
        f"{even.p90:.0%}); {given:.0%} is put in.",
        f"It takes {needed} juniors to do one senior's work.",
    )


def share_words(share: float) -> str:
    """Return a share of draws in words; draws never make anything certain."""
    if share > _NEARLY_ALL:
        return "over 99%"
    return "under 1%" if share < 1 - _NEARLY_ALL else f"{share:.0%}"


def _verdict(share: float, number: int) -> str:
    others = "the junior" if number == 1 else f"{number} juniors"
    if 1 - _LIKELY < share < _LIKELY:
        return "Too close to call: with these yields a year of work costs about the same either way."
    first, second = ("the senior", others) if share >= 0.5 else (others, "the senior")
    how = "clearly" if max(share, 1 - share) >= _CLEAR else "more likely than not"
    return f"A year of work costs {how} less from {first} than from {second}."
