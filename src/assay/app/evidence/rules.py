"""Turn the knowledge files into the rules that profiles are worked out by, and a role into what is asked."""

from functools import cache

from assay.app.screening.rules import load_rules
from assay.core.evidence.belief import BeliefRules
from assay.core.evidence.musts import Bar, Must
from assay.core.evidence.population import PopulationRules
from assay.core.evidence.profile import Prior
from assay.core.evidence.seen import SharedBy
from assay.core.roles.role import MustHave, Role
from assay.knowledge.evidence.sheets import load_competencies, load_profile_sheet, load_reliability


@cache
def belief_rules() -> BeliefRules:
    """Return how measurements are put together."""
    sheet, reliability = load_profile_sheet(), load_reliability()
    return BeliefRules(
        spread=reliability.prior.spread,
        coverage=reliability.coverage,
        shared={
            SharedBy.DOCUMENT: sheet.shared.document,
            SharedBy.OBSERVER: sheet.shared.observer,
            SharedBy.CONVERSATION: sheet.shared.conversation,
        },
        contradiction=sheet.contradiction,
    )


@cache
def population_rules() -> PopulationRules:
    """Return what is believed of applicants beforehand."""
    sheet = load_profile_sheet()
    return PopulationRules(
        seniorities={str(name): Prior(note.middle, note.spread) for name, note in sheet.seniorities.items()},
        competencies=sheet.competencies,
        sent_on=sheet.sent_on,
    )


@cache
def competency_labels() -> dict[str, str]:
    """Return the name of each competency by its id."""
    return {note.id: note.label for note in load_competencies().competencies}


@cache
def competency_anchors() -> dict[str, tuple[str, ...]]:
    """Return what each level from 0 to 4 of a competency looks like, by its id."""
    return {note.id: note.anchors for note in load_competencies().competencies}


def bars_of(*, role: Role) -> tuple[Bar, ...]:
    """Return the competencies that a role asks for, in its order."""
    return tuple(Bar(bar.competency, bar.label, bar.level, bar.weight) for bar in role.competencies)


def musts_of(*, role: Role) -> tuple[Must, ...]:
    """Return the must-haves of a role as levels show them."""
    return tuple(Must(must.id, must.label, _ways(must, role)) for must in role.must_haves)


def _ways(must: MustHave, role: Role) -> tuple[tuple[str, float], ...]:
    """Return the levels that meet a must-have: its own, or work really done in what each claim kind informs most.

    Where the role itself asks for less than that level, its bar is enough.
    """
    bars = {bar.competency: bar.level for bar in role.competencies}
    kinds = load_rules().kind_by_id
    done = load_profile_sheet().must_level
    ways: dict[str, float] = {}
    for kind in must.claim_kinds:
        shares = kinds[kind].competencies if kind in kinds else ()
        if shares:
            name = max(shares, key=lambda share: share[1])[0]
            ways[name] = min(done, bars.get(name, done))
    if must.competency:
        ways[must.competency] = must.level or bars.get(must.competency, done)
    return tuple(ways.items())
