"""How likely the bar is met: of each competency, of each must-have, and of all must-haves together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.evidence.scale import Distribution


class Odds(StrEnum):
    """A probability in words, the same words everywhere."""

    ALMOST_CERTAIN = "almost_certain"
    LIKELY = "likely"
    OPEN = "open"
    DOUBTFUL = "doubtful"
    HARDLY = "hardly"

    @property
    def label(self) -> str:
        """The words people see."""
        return ("Almost certain", "Likely", "Open", "Doubtful", "Hardly")[list(Odds).index(self)]


@dataclass(frozen=True, slots=True)
class Bar:
    """A competency that a role asks for: the level (0-4) to reach and its weight (0-1; those of a role sum to 1)."""

    competency: str
    label: str
    level: float
    weight: float


@dataclass(frozen=True, slots=True)
class Must:
    """A must-have as levels show it: met by any of these competencies reaching its level.

    ``any_of`` is empty for one that no level shows (a tool, a licence); it is then nobody's to put a number on.
    """

    id: str
    label: str
    any_of: tuple[tuple[str, float], ...]

    def ways(self) -> dict[str, float]:
        """Return each competency that can meet it with the lowest level that does."""
        ways: dict[str, float] = {}
        for name, level in self.any_of:
            ways[name] = min(level, ways.get(name, level))
        return ways


@dataclass(frozen=True, slots=True)
class MustOdds:
    """How likely a must-have is met (0-1), or ``None`` when no level shows it."""

    must: Must
    chance: float | None


@dataclass(frozen=True, slots=True)
class JointOdds:
    """How likely all must-haves with a number are met together (0-1).

    ``chance`` takes the competencies as independent of each other. If strengths go together, as they mostly do, it is
    more, up to ``most``; if they exclude each other it is less, down to ``least``. ``counted`` and ``uncounted`` are
    how many must-haves have a number, and how many none.
    """

    chance: float
    least: float
    most: float
    counted: int
    uncounted: int


def odds_of(*, chance: float) -> Odds:
    """Return the words for a probability (0-1)."""
    for odds, least in ((Odds.ALMOST_CERTAIN, 0.9), (Odds.LIKELY, 0.7), (Odds.OPEN, 0.3), (Odds.DOUBTFUL, 0.1)):
        if chance >= least:
            return odds
    return Odds.HARDLY


def must_chance(*, must: Must, beliefs: Mapping[str, Distribution]) -> float | None:
    """Return how likely a must-have is met (0-1): any one way suffices, and the ways are taken as independent."""
    if not must.any_of:
        return None
    missed = math.prod(1.0 - beliefs[name].share_from(level=level) for name, level in must.ways().items())
    return 1.0 - missed


def joint_odds(*, musts: Sequence[Must], beliefs: Mapping[str, Distribution]) -> JointOdds:
    """Return how likely all must-haves are met together. Two that ask the same of one competency are one question."""
    chances = [must_chance(must=must, beliefs=beliefs) for must in musts]
    known = [chance for chance in chances if chance is not None]
    highest: dict[str, float] = {}
    together = 1.0
    for must in musts:
        ways = must.ways()
        if len(ways) == 1:
            ((name, level),) = ways.items()
            highest[name] = max(level, highest.get(name, level))
    for must in musts:
        ways = must.ways()
        # A way that is a must of its own at that level or higher meets this one as well.
        if len(ways) > 1 and not any(highest.get(name, -1.0) >= level for name, level in ways.items()):
            together *= must_chance(must=must, beliefs=beliefs) or 0.0
    together *= math.prod(beliefs[name].share_from(level=level) for name, level in highest.items())
    return JointOdds(
        chance=together if known else 1.0,
        least=max(0.0, math.fsum(known) - (len(known) - 1)) if known else 1.0,
        most=min(known, default=1.0),
        counted=len(known),
        uncounted=len(chances) - len(known),
    )
