"""Points for archetypes and for levels: rules that hold add up, and each says why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assay.core.roles.compiling.conditions import Facts, Value, holds
from assay.core.roles.compiling.intake import Answers, Question, QuestionKind
from assay.core.roles.compiling.rulebook import CompilerRules, PointRule


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something counts: the rule, its sentence, the points it moved (0 where none), and facts of the field."""

    rule: str
    says: str
    points: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One archetype's points with the reasons, and how low and high the open questions could still bring them."""

    archetype: str
    points: int
    low: int
    high: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The points if one question were answered otherwise, everything else as it is."""

    question: str
    answer: Value
    points: Mapping[str, int]


def points_of(*, rules: Sequence[PointRule], facts: Facts) -> dict[str, int]:
    """Return the sum of points for each target that any rule that holds names."""
    totals: dict[str, int] = {}
    for rule in rules:
        if holds(condition=rule.when, facts=facts):
            for target, points in rule.points.items():
                totals[target] = totals.get(target, 0) + points
    return totals


def reasons_for(*, rules: Sequence[PointRule], facts: Facts, target: str) -> tuple[Reason, ...]:
    """Return the rules that moved a target, the strongest first, then by id."""
    found = [
        Reason(rule.id, rule.says, rule.points[target], rule.facts)
        for rule in rules
        if rule.points.get(target) and holds(condition=rule.when, facts=facts)
    ]
    return tuple(sorted(found, key=lambda reason: (-abs(reason.points), -reason.points, reason.rule)))


def rank_archetypes(*, rules: CompilerRules, points: Mapping[str, int]) -> tuple[str, ...]:
    """Return all archetypes, most points first; their order settles a tie."""
    return tuple(sorted(rules.archetypes, key=lambda one: (-points.get(one, 0), rules.archetypes[one].order)))


def find_alternatives(*, rules: CompilerRules, answers: Answers) -> tuple[Alternative, ...]:
    """Return the points for every single other answer: an option chosen, added or taken away, a number stepped."""
    found = []
    for question in rules.questions:
        others = tuple(_others(question, answers.get(question.id)))
        if not others:
            continue
        touched = [rule for rule in rules.scoring if question.id in rule.looks_at]
        rest = points_of(rules=[rule for rule in rules.scoring if question.id not in rule.looks_at], facts=answers)
        for other in others:
            moved = points_of(rules=touched, facts={**answers, question.id: other})
            points = {one: rest.get(one, 0) + moved.get(one, 0) for one in rules.archetypes}
            found.append(Alternative(question.id, other, points))
    return tuple(found)


def find_standings(
    *, rules: CompilerRules, answers: Answers, alternatives: Sequence[Alternative]
) -> tuple[Standing, ...]:
    """Return every archetype with points, reasons and the range that open questions leave, best first.

    The range adds up, question by question, the most that any single answer to an open one could take or give.
    """
    points = points_of(rules=rules.scoring, facts=answers)
    low, high = dict(points), dict(points)
    for question in rules.questions:
        if question.id in answers:
            continue
        tried = [one.points for one in alternatives if one.question == question.id]
        for archetype in rules.archetypes:
            moves = [one.get(archetype, 0) - points.get(archetype, 0) for one in tried]
            low[archetype] = low.get(archetype, 0) + min(0, *moves, 0)
            high[archetype] = high.get(archetype, 0) + max(0, *moves, 0)
    return tuple(
        Standing(
            archetype=one,
            points=points.get(one, 0),
            low=low.get(one, 0),
            high=high.get(one, 0),
            reasons=reasons_for(rules=rules.scoring, facts=answers, target=one),
        )
        for one in rank_archetypes(rules=rules, points=points)
    )


def _others(question: Question, answer: Value | None) -> Iterator[Value]:
    """Yield each single other answer to a question."""
    match question.kind:
        case QuestionKind.ONE:
            yield from (option.id for option in question.options if option.id != answer)
        case QuestionKind.NUMBER:
            yield from (step for step in question.steps if step != answer)
        case QuestionKind.MANY:
            yield from _toggled(question, answer if isinstance(answer, tuple) else ())
        case _:
            return


def _toggled(question: Question, chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    alone = {option.id for option in question.options if option.is_exclusive}
    for option in question.options:
        if option.id in chosen:
            left = tuple(part for part in chosen if part != option.id)
            if left:
                yield left
        elif option.is_exclusive:
            yield (option.id,)
        else:
            wanted = {*chosen, option.id} - alone
            yield tuple(one.id for one in question.options if one.id in wanted)
