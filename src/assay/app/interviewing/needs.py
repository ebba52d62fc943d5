"""What a role asks interviews to look at, and what screening already reads from documents."""

from functools import cache

from assay.app.screening.rules import load_rules
from assay.core.evidence.profile import Trust
from assay.core.interviewing.planning import Need, PlanRules
from assay.core.interviewing.suggesting import BankQuestion, TalkShape
from assay.core.roles.role import MustHave, Role
from assay.knowledge.evidence.sheets import load_competencies, load_reliability
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.knowledge.interviewing.sheets import load_bank


def needs_of(*, role: Role) -> tuple[Need, ...]:
    """Return the competencies of a role, those behind its must-haves marked, musts first and then by weight."""
    musts = {competency for must in role.must_haves for competency in _competencies_of(must)}
    needs = [
        Need(bar.competency, bar.label, bar.weight, bar.level, bar.competency in musts) for bar in role.competencies
    ]
    return tuple(sorted(needs, key=lambda need: (not need.is_must, -need.weight)))


@cache
def read_from_documents() -> frozenset[str]:
    """Return the competencies that screening can say anything about."""
    return frozenset(competency for kind in load_rules().kinds for competency, _ in kind.competencies)


@cache
def competency_labels() -> dict[str, str]:
    """Return the name of each competency by its key."""
    return {note.id: note.label for note in load_competencies().competencies}


@cache
def plan_rules() -> PlanRules:
    """Return what plans are weighed by."""
    sheet = load_planning()
    return PlanRules(sheet.most_measured, sheet.most_focus, sheet.candidate_minutes, sheet.weight_to_measure)


@cache
def talk_shapes() -> tuple[TalkShape, ...]:
    """Return the talks that a suggested plan is made of."""
    return tuple(TalkShape(one.format, one.title, one.purpose, one.minutes) for one in load_planning().talks)


@cache
def bank_questions() -> tuple[BankQuestion, ...]:
    """Return the bank as choosing sees it."""
    return tuple(
        BankQuestion(one.id, one.ask, one.competency, one.formats, one.seniorities, one.minutes)
        for one in load_bank().questions
    )


@cache
def interview_trust() -> Trust:
    """Return how far one interviewer's rating is trusted."""
    note = load_reliability().observers["interview"]
    return Trust(note.base, note.most, note.growth)


def _competencies_of(must: MustHave) -> tuple[str, ...]:
    """Return what a must-have stands on: its own competency, and what each of its claim kinds informs most."""
    kinds = load_rules().kind_by_id
    shares = [kinds[kind].competencies for kind in must.claim_kinds if kind in kinds]
    informed = [max(share, key=lambda one: one[1])[0] for share in shares if share]
    return tuple(dict.fromkeys([*([must.competency] if must.competency else []), *informed]))
