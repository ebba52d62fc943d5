"""What is believed of one competency after everything that was seen, and what each measurement has to do with it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assay.core.base.interval import Interval
from assay.core.evidence.profile import Prior
from assay.core.evidence.scale import Distribution, below, likelihood, normal_prior, update
from assay.core.evidence.seen import Seen, SharedBy, Weighed, weigh


@dataclass(frozen=True, slots=True)
class BeliefRules:
    """How measurements are put together.

    ``spread`` (levels) is that of the people in whom reliabilities were stated; ``coverage`` (0-1) what an interval
    should hold; ``shared`` the correlation (0-1) of errors that have something in common; ``contradiction`` how many
    joint standard errors apart two measurements must lie to contradict each other.
    """

    spread: float
    coverage: float
    shared: Mapping[SharedBy, float]
    contradiction: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one measurement has to do with a belief.

    ``share`` (0-1) is its part of all that the belief rests on, the prior included; ``pull`` (levels) how much higher
    the middle lies than it would without it; ``news`` (0-1) how much of it others of the same source left to say.
    """

    seen: Seen
    share: float
    pull: float
    news: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two measurements that lie further apart than their errors explain.

    ``gap`` is in levels; ``chance`` (0-1) how often errors alone would part two such measurements as far; ``widened``
    (1 or more) by what factor every error was widened for it.
    """

    lower: Seen
    higher: Seen
    gap: float
    chance: float
    widened: float


@dataclass(frozen=True, slots=True)
class CompetencyBelief:
    """The belief about one competency: the distribution, its middle and interval (0-4), and where it comes from."""

    competency: str
    prior: Prior
    distribution: Distribution
    level: float
    interval: Interval
    prior_share: float
    prior_level: float
    parts: tuple[Part, ...]
    disagreement: Disagreement | None


def believe_all(*, competency: str, prior: Prior, seen: Sequence[Seen], rules: BeliefRules) -> CompetencyBelief:
    """Return the belief after all measurements of one competency. Their order does not matter.

    Raises ``ValueError`` when measurements without error contradict each other beyond measure.
    """
    weighed = weigh(seen=seen, spread=rules.spread, shared=rules.shared)
    disagreement = _disagreement(weighed, rules)
    widened = disagreement.widened if disagreement else 1.0
    start = normal_prior(middle=prior.middle, spread=prior.spread)
    factors = [
        likelihood(level=item.seen.level, error=item.discounted_error * widened, is_whole=item.seen.is_whole)
        for item in weighed
    ]
    after = _all_of(start, factors)
    level = after.level
    precisions = [item.precision / widened**2 for item in weighed]
    before = 1.0 / prior.spread**2
    total = before + math.fsum(precisions)
    parts = tuple(
        Part(item.seen, weight / total, level - _all_of(start, factors[:at] + factors[at + 1 :]).level, item.news)
        for at, (item, weight) in enumerate(zip(weighed, precisions, strict=True))
    )
    return CompetencyBelief(
        competency=competency,
        prior=prior,
        distribution=after,
        level=level,
        interval=after.interval(coverage=rules.coverage),
        prior_share=before / total,
        prior_level=start.level,
        parts=parts,
        disagreement=disagreement,
    )


def _all_of(start: Distribution, factors: Sequence[tuple[float, ...]]) -> Distribution:
    belief = start
    for factor in factors:
        belief = update(belief=belief, by=factor)
    return belief


def _disagreement(weighed: Sequence[Weighed], rules: BeliefRules) -> Disagreement | None:
    """Return the worst pair, if it is bad enough, and how far all errors are widened for it (Birge's ratio)."""
    pairs = list(combinations(weighed, 2))
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: (_apart(pair), pair[0].seen.key, pair[1].seen.key))
    apart = _apart((one, other))
    if apart < rules.contradiction:
        return None
    total = math.fsum(item.precision for item in weighed)
    middle = math.fsum(item.precision * item.seen.level for item in weighed) / total
    misfit = math.fsum(item.precision * (item.seen.level - middle) ** 2 for item in weighed) / (len(weighed) - 1)
    lower, higher = sorted((one.seen, other.seen), key=lambda seen: (seen.level, seen.key))
    return Disagreement(
        lower=lower,
        higher=higher,
        gap=higher.level - lower.level,
        chance=2.0 * below(-apart),
        widened=max(1.0, math.sqrt(misfit)),
    )


def _apart(pair: tuple[Weighed, Weighed]) -> float:
    one, other = pair
    return abs(one.seen.level - other.seen.level) / math.hypot(one.error, other.error)
