"""How likely the bar is met: of each competency, of each must-have, and of all must-haves together."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.evidence.scale import Distribution

# The competencies that meet a must-have, each with the lowest level that does.
_Ways = frozenset[tuple[str, float]]
# The probability (0-1) of each way.
_Shares = Mapping[tuple[str, float], float]


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
    return _met(
        frozenset(must.ways().items()),
        {(name, level): beliefs[name].share_from(level=level) for name, level in must.ways().items()},
    )


def distinct(*, musts: Sequence[Must]) -> tuple[Must, ...]:
    """Return must-haves with each question once: of those that the same levels meet, the first."""
    first: dict[_Ways, Must] = {}
    for must in musts:
        first.setdefault(frozenset(must.ways().items()), must)
    return tuple(must for must in musts if not must.any_of or must is first[frozenset(must.ways().items())])


def joint_odds(*, musts: Sequence[Must], beliefs: Mapping[str, Distribution]) -> JointOdds:
    """Return how likely all must-haves are met together, exactly also where they share competencies.

    Of must-haves that ask the same only one counts, and one that another implies costs nothing.
    """
    counted = sum(1 for must in musts if must.any_of)
    asked = [must for must in distinct(musts=musts) if must.any_of]
    chances = [chance for must in asked if (chance := must_chance(must=must, beliefs=beliefs)) is not None]
    questions = frozenset(frozenset(must.ways().items()) for must in asked)
    shares = {way: beliefs[way[0]].share_from(level=way[1]) for ways in questions for way in ways}
    together = _all_met(questions, shares, {})
    most = min(chances, default=1.0)
    least = max(0.0, math.fsum(chances) - (len(chances) - 1)) if chances else 1.0
    return JointOdds(
        chance=min(most, together), least=least, most=most, counted=counted, uncounted=len(musts) - counted
    )


def _all_met(asked: frozenset[_Ways], shares: _Shares, known: dict[frozenset[_Ways], float]) -> float:
    """Return how likely each of ``asked`` is met by one of its ways. ``known`` keeps what was worked out on the way.

    The competency that most of them share is taken band by band between the levels asked of it; within a band it is
    settled, and what is left shares less. Without one that is shared, chances multiply.
    """
    asked = _strictest(asked)
    if asked not in known:
        uses = Counter(name for ways in asked for name, _ in ways)
        # By name among equals, so that the same question always takes the same steps.
        name, times = min(uses.items(), key=lambda use: (-use[1], use[0]), default=("", 0))
        known[asked] = (
            math.fsum(
                chance * (0.0 if left is None else _all_met(left, shares, known))
                for chance, left in _bands(name, asked, shares)
                if chance > 0.0
            )
            if times > 1
            else math.prod(_met(ways, shares) for ways in asked)
        )
    return known[asked]


def _bands(name: str, asked: frozenset[_Ways], shares: _Shares) -> Iterator[tuple[float, frozenset[_Ways] | None]]:
    """Yield the chance of each band of a competency with what is still asked there, ``None`` where one is missed."""
    levels = sorted({level for ways in asked for one, level in ways if one == name})
    above = [1.0, *(shares[name, level] for level in levels), 0.0]
    for index, reached in enumerate([-math.inf, *levels]):
        rest = frozenset(
            frozenset(way for way in ways if way[0] != name)
            for ways in asked
            if not any(one == name and level <= reached for one, level in ways)
        )
        yield above[index] - above[index + 1], None if frozenset() in rest else rest


def _strictest(asked: frozenset[_Ways]) -> frozenset[_Ways]:
    """Leave out what another one implies: each of its ways is a way here too, at that level or a lower one."""
    return frozenset(ways for ways in asked if not any(other != ways and _implies(other, ways) for other in asked))


def _implies(strict: _Ways, wide: _Ways) -> bool:
    enough = dict(wide)
    return all(enough.get(name, math.inf) <= level for name, level in strict)


def _met(ways: _Ways, shares: _Shares) -> float:
    return 1.0 - math.prod(1.0 - shares[way] for way in ways)
