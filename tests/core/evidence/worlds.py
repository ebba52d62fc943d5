"""Simulated candidates whose true levels are known, and observers who see them with errors. Every draw is seeded."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.core.evidence.belief import BeliefRules, CompetencyBelief, believe_all
from assay.core.evidence.measurement import Observer
from assay.core.evidence.profile import Prior
from assay.core.evidence.scale import GRID, STEP, normal_prior
from assay.core.evidence.seen import Seen, SharedBy, error_of
from assay.knowledge.evidence.sheets import load_profile_sheet, load_reliability

SHEET = load_profile_sheet()
SENIOR = Prior(SHEET.seniorities["senior"].middle, SHEET.seniorities["senior"].spread)
SPREAD = load_reliability().prior.spread
INTERVIEW = load_reliability().observers["interview"].base
RULES = BeliefRules(
    spread=SPREAD,
    coverage=0.8,
    shared={shared: getattr(SHEET.shared, shared.value) for shared in SharedBy},
    contradiction=SHEET.contradiction,
)


@dataclass(frozen=True)
class World:
    """How candidates and observers behave; the defaults are what the rules assume.

    ``together`` is the correlation of the errors of all raters (they heard the same rumour), ``leniency`` what every
    rater adds, ``noise`` by what factor errors are larger than the reliability says.
    """

    leniency: float = 0.0
    together: float = 0.0
    noise: float = 1.0
    prior: Prior = SENIOR


@dataclass(frozen=True)
class Tally:
    """How beliefs did against the truth."""

    truths: np.ndarray
    lows: np.ndarray
    highs: np.ndarray
    ranks: np.ndarray
    chances: np.ndarray
    met: np.ndarray

    @property
    def held(self) -> float:
        """The share of truths that lie in the middle 80% of their belief."""
        return float(np.mean((self.ranks >= 0.1) & (self.ranks <= 0.9)))

    @property
    def shown_held(self) -> float:
        """The same as people see it, on 0 to 4: more, as whoever lies beyond an end is held there."""
        return float(np.mean((self.lows <= self.truths) & (self.truths <= self.highs)))

    @property
    def width(self) -> float:
        return float(np.mean(self.highs - self.lows))

    def deciles(self) -> list[tuple[float, float, int]]:
        """Mean chance said, share that met the bar, and count, for each tenth of the probabilities."""
        found = []
        for low in np.arange(0, 1, 0.1):
            inside = (self.chances >= low) & (self.chances < low + 0.1 + (1e-9 if low > 0.85 else 0))
            if inside.sum():
                found.append((float(self.chances[inside].mean()), float(self.met[inside].mean()), int(inside.sum())))
        return found


def draw_truths(*, prior: Prior, count: int, generator: np.random.Generator) -> np.ndarray:
    """Draw levels, beyond 0 and 4 too, from the very grid of the prior."""
    weights = np.array(normal_prior(middle=prior.middle, spread=prior.spread).weights)
    points = generator.choice(np.array(GRID), size=count, p=weights / weights.sum())
    return points + generator.uniform(-STEP / 2, STEP / 2, size=count)


def simulate(*, world: World, reliabilities: Sequence[float], count: int, seed: int, bar: float = 2.5) -> Tally:
    """Let one document (the first reliability; 0 for none) and interviewers (the others) see ``count`` candidates."""
    generator = np.random.default_rng(seed)
    truths = draw_truths(prior=world.prior, count=count, generator=generator)
    errors = np.array([error_of(reliability=one, spread=SPREAD) if one else 0.0 for one in reliabilities])
    own = generator.standard_normal((count, len(errors)))
    shared = generator.standard_normal((count, 1))
    noise = (np.sqrt(1 - world.together) * own + np.sqrt(world.together) * shared) * errors * world.noise
    beliefs = [_believe(truth, one, reliabilities, world) for truth, one in zip(truths, noise, strict=True)]
    return Tally(
        truths=np.clip(truths, 0, 4),
        lows=np.array([belief.interval.low for belief in beliefs]),
        highs=np.array([belief.interval.high for belief in beliefs]),
        ranks=np.array(
            [1 - belief.distribution.share_from(level=truth) for belief, truth in zip(beliefs, truths, strict=True)]
        ),
        chances=np.array([belief.distribution.share_from(level=bar) for belief in beliefs]),
        met=truths >= bar,
    )


def believe_in(
    *, truth: float, reliabilities: Sequence[float], middle: float, generator: np.random.Generator
) -> CompetencyBelief:
    """Let a document and interviewers see one candidate of a population around ``middle``, with fresh errors."""
    errors = np.array([error_of(reliability=one, spread=SPREAD) for one in reliabilities])
    noise = generator.standard_normal(len(errors)) * errors
    return _believe(truth, noise, reliabilities, World(prior=Prior(middle, SENIOR.spread)))


def _believe(truth: float, noise: np.ndarray, reliabilities: Sequence[float], world: World) -> CompetencyBelief:
    seen = []
    for at, (error, reliability) in enumerate(zip(noise, reliabilities, strict=True)):
        is_document = at == 0
        value = truth + error + (0.0 if is_document else world.leniency)
        level = min(max(value if is_document else float(np.floor(value + 0.5)), 0.0), 4.0)
        if reliability:
            seen.append(
                Seen(
                    key=f"{at}",
                    competency="serving",
                    level=level,
                    reliability=reliability,
                    observer=Observer.RESUME_SCREEN if is_document else Observer.INTERVIEW,
                    is_whole=not is_document,
                    shares=((SharedBy.DOCUMENT if is_document else SharedBy.OBSERVER, f"{at}"),),
                )
            )
    return believe_all(competency="serving", prior=world.prior, seen=seen, rules=RULES)
