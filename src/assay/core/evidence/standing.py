"""What is known about one candidate against one role: beliefs, odds, what nobody measured yet, what contradicts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.evidence.belief import BeliefRules, CompetencyBelief, believe_all
from assay.core.evidence.measurement import Observer
from assay.core.evidence.musts import Bar, JointOdds, Must, MustOdds, joint_odds, must_chance
from assay.core.evidence.population import PopulationRules, prior_for
from assay.core.evidence.seen import Seen
from assay.core.evidence.steps import doubt


class Covered(StrEnum):
    """How a competency was measured so far."""

    UNMEASURED = "unmeasured"
    DOCUMENT_ONLY = "document_only"
    BY_PEOPLE = "by_people"


@dataclass(frozen=True, slots=True)
class KnownCompetency:
    """One competency: the belief, how it was measured, and against the bar if the role sets one.

    ``chance`` (0-1) is how likely the bar is met; ``bar`` and ``chance`` are ``None`` for a competency that only a
    must-have asks about.
    """

    belief: CompetencyBelief
    covered: Covered
    bar: Bar | None
    chance: float | None


@dataclass(frozen=True, slots=True)
class KnownMust:
    """A must-have: its odds, and the best measurement of any of the ways to meet it."""

    odds: MustOdds
    covered: Covered


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known about one candidate: competencies in the role's order, must-haves, the doubt left (bits)."""

    competencies: tuple[KnownCompetency, ...]
    musts: tuple[KnownMust, ...]
    joint: JointOdds
    doubt: float


def standing_of(
    *,
    bars: Sequence[Bar],
    musts: Sequence[Must],
    seen: Sequence[Seen],
    seniority: str,
    is_sent_on: bool,
    population: PopulationRules,
    rules: BeliefRules,
) -> Standing:
    """Return what is known after ``seen``, in whatever order it came; measurements of nothing asked are left out.

    Competencies are taken as independent of each other beforehand and in their errors. ``is_sent_on`` says that a
    person sent the candidate on to the interviews.
    """
    by_competency: dict[str, list[Seen]] = defaultdict(list)
    for item in seen:
        by_competency[item.competency].append(item)
    asked = dict.fromkeys([bar.competency for bar in bars] + [name for must in musts for name, _ in must.any_of])
    beliefs: dict[str, CompetencyBelief] = {}
    for name in asked:
        mine = by_competency[name]
        is_shifted = is_sent_on and not any(item.observer is Observer.RESUME_SCREEN for item in mine)
        prior = prior_for(rules=population, seniority=seniority, competency=name, is_sent_on=is_shifted)
        beliefs[name] = believe_all(competency=name, prior=prior, seen=mine, rules=rules)
    distributions = {name: belief.distribution for name, belief in beliefs.items()}
    bar_of = {bar.competency: bar for bar in bars}
    covered = {name: coverage_of(observers={item.observer for item in by_competency[name]}) for name in asked}
    return Standing(
        competencies=tuple(_known(belief, covered[name], bar_of.get(name)) for name, belief in beliefs.items()),
        musts=tuple(
            KnownMust(MustOdds(must, must_chance(must=must, beliefs=distributions)), _must_covered(must, covered))
            for must in musts
        ),
        joint=joint_odds(musts=musts, beliefs=distributions),
        doubt=doubt(musts=musts, bars=bars, beliefs=distributions),
    )


def coverage_of(*, observers: Collection[Observer]) -> Covered:
    """Return how something was measured from who measured it."""
    if not observers:
        return Covered.UNMEASURED
    return Covered.DOCUMENT_ONLY if set(observers) == {Observer.RESUME_SCREEN} else Covered.BY_PEOPLE


def _known(belief: CompetencyBelief, covered: Covered, bar: Bar | None) -> KnownCompetency:
    chance = None if bar is None else belief.distribution.share_from(level=bar.level)
    return KnownCompetency(belief=belief, covered=covered, bar=bar, chance=chance)


def _must_covered(must: Must, covered: Mapping[str, Covered]) -> Covered:
    order = list(Covered)
    return max((covered[name] for name, _ in must.any_of), key=order.index, default=Covered.UNMEASURED)
