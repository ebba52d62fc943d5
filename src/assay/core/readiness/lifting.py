"""The few actions that matter: each is tried by lifting one answer and asking for the verdict again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assay.core.readiness.questionnaire import Question, Questionnaire
from assay.core.readiness.verdict import Levels, Standing, Verdict, judge

_HAIR = 1e-9


class EffectKind(StrEnum):
    """How much an action changes, from most to least."""

    VERDICT = "verdict"
    TOGETHER = "together"
    HARD_STOP = "hard_stop"
    CONDITION = "condition"
    DIMENSION = "dimension"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, and what it would change, judged on what is known.

    ``alone`` is the verdict with this action and nothing else, ``in_order`` with this one and all those before it in
    the list; ``effect`` says it in a sentence. The dimension moves from ``dimension_before`` to ``dimension_after``
    (levels 0-4) by this action alone.
    """

    question: Question
    level: int
    lifted_to: int
    alone: Verdict
    in_order: Verdict
    kind: EffectKind
    effect: str
    dimension_before: float
    dimension_after: float


@dataclass(frozen=True, slots=True)
class Way:
    """The smallest set found of answers to lift, in order, that turns the verdict on what is known into ``verdict``."""

    verdict: Verdict
    questions: tuple[Question, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The actions that matter, and the ways to each better verdict that lifting answers can reach."""

    actions: tuple[Action, ...]
    ways: tuple[Way, ...]


def plan_actions(*, questionnaire: Questionnaire, levels: Levels) -> Plan:
    """Return what to do about the answers that are known; what is unknown is to be found out first, not lifted.

    The list leads to the next better verdict by the fewest lifts found (greedy, then pruned), then on to the best,
    and is cut to the number the rules allow.
    """
    ways = _ways(questionnaire, levels)
    order = list(dict.fromkeys(question.id for way in ways for question in way.questions))
    order += [one for one in _leftovers(questionnaire, levels) if one not in order]
    before = _judged(questionnaire, levels)
    is_whole = judge(questionnaire=questionnaire, levels=levels).verdict is before.verdict
    actions: list[Action] = []
    reached = dict(levels)
    for question_id in order[: questionnaire.rules.most_actions]:
        reached[question_id] = questionnaire.rules.lift_to
        question = questionnaire.by_id[question_id]
        action = _action(question, questionnaire, levels, before, _judged(questionnaire, reached), actions)
        actions.append(action if is_whole else replace(action, effect=f"On what is known: {action.effect}"))
    return Plan(actions=tuple(actions), ways=ways)


def _judged(questionnaire: Questionnaire, levels: Levels) -> Standing:
    return judge(questionnaire=questionnaire, levels=levels, counts_unknown=False)


def _liftable(questionnaire: Questionnaire, levels: Levels) -> list[str]:
    top = questionnaire.rules.lift_to
    known = ((question.id, levels.get(question.id)) for question in questionnaire.questions)
    return [key for key, level in known if level is not None and level < top]


def _leftovers(questionnaire: Questionnaire, levels: Levels) -> list[str]:
    """Answers at 0 or 1 that no way needs: worth doing, lowest first."""
    low = [key for key in _liftable(questionnaire, levels) if (levels[key] or 0) <= 1]
    return sorted(low, key=lambda key: (levels[key] or 0, -questionnaire.by_id[key].weight))


def _ways(questionnaire: Questionnaire, levels: Levels) -> tuple[Way, ...]:
    """Return a way to each better verdict, each beginning with the one before it."""
    now = _judged(questionnaire, levels).verdict
    ways: list[Way] = []
    taken: list[str] = []
    for wanted in (Verdict.HIRE_WITH_CONDITIONS, Verdict.HIRE):
        if wanted.rank <= now.rank:
            continue
        found = _way(questionnaire, levels, taken, wanted)
        if found is None:
            break
        taken = found
        questions = tuple(questionnaire.by_id[key] for key in taken)
        ways.append(Way(wanted, questions, _way_text(now, wanted, len(questions))))
    return tuple(ways)


def _way(questionnaire: Questionnaire, levels: Levels, taken: Sequence[str], wanted: Verdict) -> list[str] | None:
    steps = list(taken)
    while _with(questionnaire, levels, steps).verdict.rank < wanted.rank:
        left = [key for key in _liftable(questionnaire, levels) if key not in steps]
        if not left:
            return None
        steps.append(min(left, key=lambda key: _distance(_with(questionnaire, levels, [*steps, key]), wanted)))
    for key in steps[len(taken) :]:
        fewer = [one for one in steps if one != key]
        if _with(questionnaire, levels, fewer).verdict.rank >= wanted.rank:
            steps = fewer
    return steps


def _with(questionnaire: Questionnaire, levels: Levels, lifted: Sequence[str]) -> Standing:
    top = questionnaire.rules.lift_to
    return _judged(questionnaire, {**levels, **dict.fromkeys(lifted, top)})


def _distance(standing: Standing, wanted: Verdict) -> tuple[int, float, int, float]:
    """How far a standing is from a verdict: stops, levels missing to the lower line, conditions, and to the upper."""
    lower = sum(_missing(one.point, one.dimension.prepare_below) for one in standing.dimensions)
    if wanted is not Verdict.HIRE:
        return (len(standing.stops), round(lower, 9), len(standing.conditions), 0.0)
    upper = sum(_missing(one.point, one.dimension.hire_from) for one in standing.dimensions)
    return (len(standing.stops), round(lower, 9), len(standing.conditions), round(upper, 9))


def _missing(point: float | None, line: float) -> float:
    return 0.0 if point is None else max(0.0, line - point)


def _action(
    question: Question,
    questionnaire: Questionnaire,
    levels: Levels,
    before: Standing,
    reached: Standing,
    earlier: Sequence[Action],
) -> Action:
    top = questionnaire.rules.lift_to
    after = _judged(questionnaire, {**levels, question.id: top})
    previous = earlier[-1].in_order if earlier else before.verdict
    low, high = (_point(standing, question.dimension) for standing in (before, after))
    kind = _kind(before, after, reached, previous)
    return Action(
        question=question,
        level=levels[question.id] or 0,
        lifted_to=top,
        alone=after.verdict,
        in_order=reached.verdict,
        kind=kind,
        effect=_effect(kind, question, questionnaire, (before, after, reached), (low, high)),
        dimension_before=low,
        dimension_after=high,
    )


def _kind(before: Standing, after: Standing, reached: Standing, previous: Verdict) -> EffectKind:
    if after.verdict.rank > before.verdict.rank:
        return EffectKind.VERDICT
    if reached.verdict.rank > previous.rank:
        return EffectKind.TOGETHER
    if len(after.stops) < len(before.stops):
        return EffectKind.HARD_STOP
    return EffectKind.CONDITION if len(after.conditions) < len(before.conditions) else EffectKind.DIMENSION


def _effect(
    kind: EffectKind,
    question: Question,
    questionnaire: Questionnaire,
    standings: tuple[Standing, Standing, Standing],
    points: tuple[float, float],
) -> str:
    before, after, reached = standings
    if kind is EffectKind.VERDICT:
        return f"This alone would turn “{_said(before.verdict)}” into “{_said(after.verdict)}”."
    if kind is EffectKind.TOGETHER:
        return f"With those above, this would turn “{_said(before.verdict)}” into “{_said(reached.verdict)}”."
    if kind is EffectKind.HARD_STOP:
        left = len(after.stops)
        rest = f"{left} more {'holds' if left == 1 else 'hold'}" if left else "none is left"
        return f"This would lift a hard stop; {rest}."
    if kind is EffectKind.CONDITION:
        left = len(after.conditions)
        rest = f"{left} {'is' if left == 1 else 'are'} left" if left else "none is left"
        return f"This would meet a condition; {rest}."
    label = next(one.label for one in questionnaire.dimensions if one.id == question.dimension)
    rise = f"{label} would rise from level {points[0]:.2f} to {points[1]:.2f}"
    return f"{rise}; by itself, “{_said(before.verdict)}” would stay."


def _point(standing: Standing, dimension: str) -> float:
    return next(one.point or 0.0 for one in standing.dimensions if one.dimension.id == dimension)


def _said(verdict: Verdict) -> str:
    return verdict.label.lower()


def _way_text(now: Verdict, wanted: Verdict, count: int) -> str:
    what = "Lifting one answer" if count == 1 else f"Lifting {count} answers"
    return f"{what} would turn “{_said(now)}” into “{_said(wanted)}”."
