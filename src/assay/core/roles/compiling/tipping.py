"""What would tip the result: single other answers under which another archetype leads, the smallest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.compiling.rulebook import CompilerRules
from assay.core.roles.compiling.scoring import Alternative, points_of, rank_archetypes


@dataclass(frozen=True, slots=True)
class Tip:
    """Answering ``question`` with ``answer`` instead makes ``archetype`` lead by ``margin`` points.

    ``moved`` is how many points the change moves in all; ``was`` is the answer now, ``None`` when it is open.
    """

    question: str
    was: Value | None
    answer: Value
    archetype: str
    margin: int
    moved: int


def find_tips(*, rules: CompilerRules, answers: Answers, alternatives: Sequence[Alternative]) -> tuple[Tip, ...]:
    """Return the single changes that flip the lead: for each question and new lead the one that moves least.

    A mere tie is no flip.
    """
    points = points_of(rules=rules.scoring, facts=answers)
    lead = rank_archetypes(rules=rules, points=points)[0]
    found: dict[tuple[str, str], Tip] = {}
    for other in alternatives:
        first, second = rank_archetypes(rules=rules, points=other.points)[:2]
        margin = other.points.get(first, 0) - other.points.get(second, 0)
        if first == lead or margin == 0:
            continue
        tip = Tip(
            question=other.question,
            was=answers.get(other.question),
            answer=other.answer,
            archetype=first,
            margin=margin,
            moved=sum(abs(other.points.get(one, 0) - points.get(one, 0)) for one in rules.archetypes),
        )
        held = found.get((tip.question, tip.archetype))
        if held is None or tip.moved < held.moved:
            found[tip.question, tip.archetype] = tip
    place = {question.id: number for number, question in enumerate(rules.questions)}
    order = {one.id: one.order for one in rules.archetypes.values()}
    return tuple(sorted(found.values(), key=lambda tip: (tip.moved, place[tip.question], order[tip.archetype])))
