"""From levels to a score of 0-100 that is the exact sum of its parts, with the interval of what is not known."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.core.base.interval import Interval
from assay.core.evidence.profile import Observation, believe
from assay.core.roles.role import CompetencyBar, Role
from assay.core.screening.levels import LevelShown
from assay.core.screening.result import CompetencyResult
from assay.core.screening.rules import Rules

_CENTS = 100


@dataclass(frozen=True, slots=True)
class Scored:
    """The score, its interval, its parts by competency, and the points of each claim by index."""

    score: float
    interval: Interval
    competencies: tuple[CompetencyResult, ...]
    points: Mapping[int, float]


def score_levels(*, levels: Mapping[str, LevelShown], role: Role, rules: Rules) -> Scored:
    """Return the score under a role. Points are hundredths, so that claims add up to parts and parts to the score."""
    results: list[CompetencyResult] = []
    cents_by_claim: dict[int, int] = {}
    below, above = 0.0, 0.0
    for bar in role.competencies:
        shown = levels.get(bar.competency)
        result, cents = _competency(bar, shown, rules)
        results.append(result)
        if shown is not None:
            for index, part in zip(shown.claims, split_whole(whole=cents, shares=shown.shares), strict=True):
                cents_by_claim[index] = cents_by_claim.get(index, 0) + part
        below += (result.points - _points(bar, result.interval.low, rules)) ** 2
        above += (_points(bar, result.interval.high, rules) - result.points) ** 2
    score = sum(round(result.points * _CENTS) for result in results) / _CENTS
    low = max(0.0, round(score - math.sqrt(below), 1))
    high = min(100.0, round(score + math.sqrt(above), 1))
    return Scored(
        score=score,
        interval=Interval(low=min(low, score), high=max(high, score), coverage=rules.coverage),
        competencies=tuple(results),
        points={index: cents / _CENTS for index, cents in cents_by_claim.items()},
    )


def split_whole(*, whole: int, shares: Sequence[float]) -> tuple[int, ...]:
    """Divide a whole number by ``shares`` (which sum to 1) into whole numbers that sum to it exactly."""
    exact = [whole * share for share in shares]
    parts = [math.floor(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return tuple(parts)


def _competency(bar: CompetencyBar, shown: LevelShown | None, rules: Rules) -> tuple[CompetencyResult, int]:
    level = round(shown.level, 2) if shown is not None else 0.0
    observations = len(shown.claims) if shown is not None else 0
    reliability = round(rules.trust.reliability(observations=observations), 3)
    seen = [Observation(level=level, reliability=reliability)] if observations else []
    belief = believe(prior=rules.prior, observations=seen, coverage=rules.coverage)
    interval = Interval(
        low=round(min(belief.interval.low, level), 2),
        high=round(max(belief.interval.high, level), 2),
        coverage=rules.coverage,
    )
    cents = round(_points(bar, level, rules) * _CENTS)
    result = CompetencyResult(
        competency=bar.competency,
        label=bar.label,
        level=level,
        interval=interval,
        reliability=reliability,
        bar=bar.level,
        weight=round(bar.weight, 4),
        points=cents / _CENTS,
        claim_ids=tuple(sorted(shown.claims)) if shown is not None else (),
    )
    return result, cents


def _points(bar: CompetencyBar, level: float, rules: Rules) -> float:
    """Return the points of a level: most of them on the way to the bar, the rest from there to level 4."""
    to_bar = rules.scoring.share_to_bar
    return 100.0 * bar.weight * (to_bar * min(1.0, level / bar.level) + (1.0 - to_bar) * level / 4.0)
