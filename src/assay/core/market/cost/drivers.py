"""What drives the total: how each input moves it, by rank over the draws and by itself from p10 to p90."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from assay.core.market.cost.answer import Driver, to_money
from assay.core.market.cost.inputs import CostInput, number_words
from assay.core.market.cost.scenario import Sample, Scenario
from assay.core.market.draws import Array, Chance, Draws, point_of, round_figures

_STRONG, _WEAK = 0.5, 0.1
_MOST_SENTENCES = 3


def rank_drivers(*, scenario: Scenario, total: Array, outcome: Callable[[Sample], Array]) -> tuple[Driver, ...]:
    """Return the inputs that move the total, the strongest first (by the size of their rank correlation).

    ``total`` are the draws of the outcome and ``outcome`` works it out from a sample. The rank correlation is
    Spearman's; the totals at p10 and p90 of one input hold every other input at its typical value. Inputs without
    spread, and those that the total does not depend on at all, are left out.
    """
    moving = [one for one in (scenario.base, *scenario.inputs) if _moves(one)]
    ends = _totals_at_ends(scenario, moving, outcome)
    draws = Draws(seed=scenario.seed, size=scenario.draws, correlations=scenario.correlations)
    ranks = _centred(np.argsort(np.argsort(total, kind="stable"), kind="stable").astype(np.float64))
    found = []
    for given, (at_low, at_high) in zip(moving, ends, strict=True):
        if at_low == at_high:
            continue
        # A stratified stream has one value in each slice, so the slice is the rank.
        own = _centred(np.floor(draws.uniforms(given.id) * scenario.draws))
        low, high = (number_words(point, unit=given.unit, currency=scenario.currency) for point in _ends(given))
        found.append(
            Driver(
                input_id=given.id,
                label=given.label,
                correlation=float((own * ranks).sum()),
                low_words=low,
                high_words=high,
                at_low=to_money(at_low),
                at_high=to_money(at_high),
                grade=given.grade,
            )
        )
    return tuple(sorted(found, key=lambda driver: (-abs(driver.correlation), driver.input_id)))


def typical_case(*, scenario: Scenario) -> Sample:
    """Return the sample of one case in which every input has its typical value."""
    return {one.id: np.array([one.typical]) for one in (scenario.base, *scenario.inputs)}


def driver_sentences(*, drivers: tuple[Driver, ...], currency: str) -> tuple[str, ...]:
    """Return in words what drives the total most, the strongest first."""
    if not drivers:
        return ("Every input is taken as known, so nothing drives the total.",)
    strong = [one for one in drivers[:_MOST_SENTENCES] if abs(one.correlation) >= _WEAK] or [drivers[0]]
    sentences = [_sentence(one, currency) for one in strong]
    if abs(drivers[0].correlation) < _STRONG:
        sentences.append("No single input decides: several of them move the total about as much.")
    if any(one.input_id == "fill_weeks" for one in strong):
        sentences.append("A later start costs less only because nobody is paid, and nothing gets done, until then.")
    guesses = [one.label.lower() for one in strong if one.grade.value == "assumption"]
    if guesses:
        sentences.append(
            f"An assumption of ours among them: {', '.join(guesses)}. Your own figure sharpens the answer most."
        )
    return tuple(sentences)


def _sentence(driver: Driver, currency: str) -> str:
    before, after = (_rounded(amount) for amount in (driver.at_low, driver.at_high))
    verb = "raises" if driver.at_high > driver.at_low else "lowers"
    return (
        f"{driver.label}: going from {driver.low_words} to {driver.high_words} {verb} the total from "
        f"{currency} {before} to {currency} {after}."
    )


def _rounded(amount: Decimal) -> str:
    return f"{round_figures(float(amount)):,.0f}"


def _moves(given: CostInput) -> bool:
    low, high = _ends(given)
    return low != high


def _ends(given: CostInput) -> tuple[float, float]:
    if isinstance(given.distribution, Chance):
        return (0.0, 1.0) if 0 < given.distribution.share < 1 else (given.distribution.share, given.distribution.share)
    low, high = (point_of(distribution=given.distribution, share=share) for share in (0.1, 0.9))
    return low, high


def _totals_at_ends(
    scenario: Scenario, moving: list[CostInput], outcome: Callable[[Sample], Array]
) -> list[tuple[float, float]]:
    """Work the outcome out once on two cases an input: it at p10 and at p90, all others typical."""
    cases = {one.id: np.full(2 * len(moving), one.typical) for one in (scenario.base, *scenario.inputs)}
    for place, given in enumerate(moving):
        cases[given.id][2 * place : 2 * place + 2] = _ends(given)
    totals = outcome(cases) if moving else np.array([])
    return [(float(totals[2 * place]), float(totals[2 * place + 1])) for place in range(len(moving))]


def _centred(ranks: Array) -> Array:
    # Plain sums: for vectors this short the threads of a BLAS cost more than they bring.
    away: Array = ranks - ranks.mean()
    length = float(np.sqrt((away * away).sum()))
    return away / length if length > 0 else away
