"""Which step would tell most for each hour it asks of the candidate: expected doubt removed, worked out exactly."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from operator import mul

from assay.core.evidence.musts import Bar, Must, distinct, must_chance
from assay.core.evidence.scale import Distribution, likelihood, normalised
from assay.core.evidence.seen import error_of

_LEVELS = (0.0, 1.0, 2.0, 3.0, 4.0)
_MOST_WAYS = 3


class StepKind(StrEnum):
    """What can still be asked of a candidate."""

    INTERVIEW = "interview"
    QUESTION = "question"
    WORK_SAMPLE = "work_sample"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that could be done next: how long it takes the candidate, and what it would measure how reliably.

    ``reliabilities`` holds the reliability (0-1) of the rating of each competency that it looks at.
    """

    key: str
    kind: StepKind
    label: str
    hours: float
    reliabilities: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class StepWorth:
    """What a step is expected to tell: bits of doubt removed, in all and for each hour, and about what most.

    ``about`` names the must-haves (by label) and competencies (by id) it would tell something about, most first.
    """

    step: Step
    bits: float
    bits_per_hour: float
    about: tuple[tuple[str, float], ...]


def expected_reliability(*, reliability: float, minutes: float, full_minutes: float) -> float:
    """Return the reliability of a rating that rests on this many minutes of talk (Spearman and Brown).

    It never exceeds that of a rating with all the minutes it needs.
    """
    length = min(1.0, minutes / full_minutes)
    return length * reliability / (1.0 + (length - 1.0) * reliability)


def doubt(*, musts: Sequence[Must], bars: Sequence[Bar], beliefs: Mapping[str, Distribution]) -> float:
    """Return the doubt (bits) about the decision: that of every must-have, and that of all bars together by weight.

    One question that is as likely yes as no is one bit; the bars of a role count as much as one must-have, and
    must-haves that ask the same as one.
    """
    return math.fsum(amount for _, amount in _doubts(musts, bars, beliefs))


def rank_steps(
    *,
    steps: Sequence[Step],
    musts: Sequence[Must],
    bars: Sequence[Bar],
    beliefs: Mapping[str, Distribution],
    spread: float,
    least_gain: float,
) -> tuple[StepWorth, ...]:
    """Return the steps worth doing, the one that tells most per hour first, equals by key.

    Every rating that a step could end with is gone through, weighted by how likely it is; nothing is drawn at random.
    """
    worths = [_worth(step, musts, bars, beliefs, spread) for step in steps if step.hours > 0.0]
    worthy = [worth for worth in worths if worth.bits >= least_gain]
    return tuple(sorted(worthy, key=lambda worth: (-round(worth.bits_per_hour, 9), worth.step.key)))


def _worth(
    step: Step, musts: Sequence[Must], bars: Sequence[Bar], beliefs: Mapping[str, Distribution], spread: float
) -> StepWorth:
    outcomes = {
        name: _outcomes(beliefs[name], error_of(reliability=reliability, spread=spread))
        for name, reliability in step.reliabilities
        if name in beliefs and reliability > 0.0
    }
    gains: list[tuple[str, float]] = []
    for must in distinct(musts=musts):
        touched = [name for name in dict.fromkeys(name for name, _ in must.any_of) if name in outcomes][:_MOST_WAYS]
        if touched:
            gains.append((must.label, _must_gain(must, touched, outcomes, beliefs)))
    for bar in bars:
        if bar.competency in outcomes:
            now = entropy(chance=beliefs[bar.competency].share_from(level=bar.level))
            after = (
                odds * entropy(chance=belief.share_from(level=bar.level)) for odds, belief in outcomes[bar.competency]
            )
            gains.append((bar.competency, bar.weight * max(0.0, now - math.fsum(after))))
    bits = math.fsum(gain for _, gain in gains)
    about = tuple(sorted(gains, key=lambda item: (-round(item[1], 9), item[0])))
    return StepWorth(step=step, bits=bits, bits_per_hour=bits / step.hours, about=about)


def _must_gain(
    must: Must,
    touched: Sequence[str],
    outcomes: Mapping[str, Sequence[tuple[float, Distribution]]],
    beliefs: Mapping[str, Distribution],
) -> float:
    ways = must.ways()
    still = math.prod(
        1.0 - beliefs[name].share_from(level=level) for name, level in ways.items() if name not in touched
    )
    missed = [
        [(odds, 1.0 - belief.share_from(level=ways[name])) for odds, belief in outcomes[name]] for name in touched
    ]
    now = entropy(chance=must_chance(must=must, beliefs=beliefs) or 0.0)
    after = 0.0
    for combination in product(*missed):
        odds = math.prod(chance for chance, _ in combination)
        after += odds * entropy(chance=1.0 - still * math.prod(miss for _, miss in combination))
    return max(0.0, now - after)


def _outcomes(belief: Distribution, error: float) -> tuple[tuple[float, Distribution], ...]:
    """Return the ratings that a step could end with: how likely each is, and what would be believed after it."""
    found = []
    for level in _LEVELS:
        weights = tuple(map(mul, belief.weights, likelihood(level=level, error=error, is_whole=True)))
        chance = math.fsum(weights)
        if chance > 0.0:
            found.append((chance, normalised(weights)))
    return tuple(found)


def _doubts(musts: Sequence[Must], bars: Sequence[Bar], beliefs: Mapping[str, Distribution]) -> list[tuple[str, float]]:
    chances = [(must.label, must_chance(must=must, beliefs=beliefs)) for must in distinct(musts=musts)]
    asked = [(label, entropy(chance=chance)) for label, chance in chances if chance is not None]
    return asked + [
        (bar.competency, bar.weight * entropy(chance=beliefs[bar.competency].share_from(level=bar.level)))
        for bar in bars
    ]


def entropy(*, chance: float) -> float:
    """Return the doubt (0-1 bits) about something that is true with this probability (0-1)."""
    if chance <= 0.0 or chance >= 1.0:
        return 0.0
    return -chance * math.log2(chance) - (1.0 - chance) * math.log2(1.0 - chance)
