"""Which single answer or weight would put another model first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.core.market.hiring_models.criteria import Criterion, ModelScore, score_model

_STEPS = (0.0, 0.5, 1.0)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class AnswerTurn:
    """If this statement were ``to`` true instead of ``now``, ``leader`` would come first."""

    criterion: str
    label: str
    now: float | None
    to: float
    leader: str


@dataclass(frozen=True, slots=True)
class WeightTurn:
    """If this statement weighed ``to`` instead of ``now``, ``leader`` would draw level or pass."""

    criterion: str
    label: str
    now: float
    to: float
    leader: str


@dataclass(frozen=True, slots=True)
class Turns:
    """The single changes that would turn the ranking, the smallest first."""

    answers: tuple[AnswerTurn, ...]
    weights: tuple[WeightTurn, ...]


def find_turns(
    *,
    scores: Sequence[ModelScore],
    criteria: Sequence[Criterion],
    statements: Mapping[str, float | None],
    weights: Mapping[str, float],
    largest_weight: float,
) -> Turns:
    """Return what would turn the ranking of ``scores`` (the models that may win, the first one leading)."""
    if len(scores) < 2:
        return Turns((), ())
    models = [one.model for one in scores]
    answers = [turn for one in criteria for turn in _answer_turns(one, models, criteria, statements, weights)]
    weighty = [turn for one in criteria if (turn := _weight_turn(one.id, scores, largest_weight))]
    return Turns(
        tuple(sorted(answers, key=lambda turn: (abs(turn.to - (turn.now or 0.0)), turn.criterion))),
        tuple(sorted(weighty, key=lambda turn: (abs(turn.to - turn.now), turn.criterion))),
    )


def _answer_turns(
    criterion: Criterion,
    models: Sequence[str],
    criteria: Sequence[Criterion],
    statements: Mapping[str, float | None],
    weights: Mapping[str, float],
) -> list[AnswerTurn]:
    """Return the nearest turn on each side of the present answer."""
    now = statements.get(criterion.id)
    found: list[AnswerTurn] = []
    for is_up in (False, True):
        steps = [step for step in _STEPS if (step > (now or 0.0)) == is_up and step != now]
        for step in sorted(steps, reverse=not is_up):
            leader = _leader(models, criteria, {**statements, criterion.id: step}, weights)
            if leader != models[0]:
                found.append(AnswerTurn(criterion.id, criterion.label, now, step, leader))
                break
    return found


def _leader(
    models: Sequence[str],
    criteria: Sequence[Criterion],
    statements: Mapping[str, float | None],
    weights: Mapping[str, float],
) -> str:
    points = {
        model: score_model(model=model, criteria=criteria, statements=statements, weights=weights).points
        for model in models
    }
    best = max(points.values())
    return next(model for model in models if points[model] >= best - _ROUNDING)


def _weight_turn(criterion: str, scores: Sequence[ModelScore], largest: float) -> WeightTurn | None:
    """Solve for the weight at which another model draws level: the gap is linear in one weight."""
    leader = scores[0]
    own = next(term for term in leader.terms if term.criterion == criterion)
    nearest: WeightTurn | None = None
    for other in scores[1:]:
        term = next(one for one in other.terms if one.criterion == criterion)
        slope = (own.truth or 0.0) * (own.fit - term.fit)
        if slope == 0:
            continue
        level = own.weight - (leader.points - other.points) / slope
        if not 0 <= level <= largest or level == own.weight:
            continue
        turn = WeightTurn(criterion, own.label, own.weight, level, other.model)
        if nearest is None or abs(level - own.weight) < abs(nearest.to - own.weight):
            nearest = turn
    return nearest
