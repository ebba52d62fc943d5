"""The whole answer: who may win, who leads and how firmly, what it costs, what could turn it, and the advice."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.market.draws import DEFAULT_SIZE
from assay.core.market.hiring_models.advice import Advice, advise
from assay.core.market.hiring_models.contradictions import Contradiction, find_contradictions
from assay.core.market.hiring_models.criteria import ModelScore, score_model
from assay.core.market.hiring_models.desk import Desk, Question
from assay.core.market.hiring_models.outlook import IN_HOUSE, Outlooks, project_models
from assay.core.market.hiring_models.question import check_question
from assay.core.market.hiring_models.ranking import Ranked
from assay.core.market.hiring_models.sensitivity import Turns, find_turns
from assay.core.market.hiring_models.signals import SignalReading, Towards, read_signals
from assay.core.market.hiring_models.stability import first_shares
from assay.core.market.hiring_models.vetoes import Standing, Status, judge_model


@dataclass(frozen=True, slots=True)
class Comparison:
    """The six models ranked, costed and explained. ``ranking`` holds those that may be chosen first, best first."""

    version: str
    seed: int
    months: int
    ranking: tuple[Ranked, ...]
    advice: Advice
    outlooks: Outlooks
    turns: Turns
    signals: tuple[SignalReading, ...]
    contradictions: tuple[Contradiction, ...]
    unanswered: tuple[str, ...]

    def ranked(self, model: str) -> Ranked:
        """Return a model's place; raises ``KeyError`` for a model there is not."""
        for one in self.ranking:
            if one.model == model:
                return one
        raise KeyError(model)


def compare_models(*, desk: Desk, question: Question, seed: int, size: int = DEFAULT_SIZE) -> Comparison:
    """Answer a question: vetoes first, then points, then how firm the lead is; cost beside them.

    The same desk, question and seed give the same answer. Raises ``QuestionError`` for what makes no sense.
    """
    check_question(question=question, desk=desk)
    standings = {
        model.id: judge_model(model=model.id, vetoes=desk.vetoes, facts=question.facts) for model in desk.models
    }
    scores = [
        score_model(model=model.id, criteria=desk.criteria, statements=question.statements, weights=question.weights)
        for model in desk.models
    ]
    able = _by_points([one for one in scores if standings[one.model].status is not Status.VETOED])
    ranking = _rank(desk, question, seed, standings, scores, able)
    outlooks = project_models(desk=desk, question=question, seed=seed, size=size)
    turns = find_turns(
        scores=able,
        criteria=desk.criteria,
        statements=question.statements,
        weights=question.weights,
        largest_weight=desk.largest_weight,
    )
    contradictions = find_contradictions(
        conflicts=desk.conflicts, statements=question.statements, facts=question.facts, months=question.months
    )
    advice = advise(desk=desk, ranking=ranking, outlooks=outlooks, has_contradiction=bool(contradictions))
    return Comparison(
        version=desk.version,
        seed=seed,
        months=question.months,
        ranking=ranking,
        advice=advice,
        outlooks=outlooks,
        turns=turns,
        signals=_signals(desk, question, advice, outlooks),
        contradictions=contradictions,
        unanswered=tuple(one.id for one in desk.criteria if question.statements.get(one.id) is None),
    )


def _by_points(scores: Sequence[ModelScore]) -> list[ModelScore]:
    return sorted(scores, key=lambda one: -round(one.points, 9))


def _rank(
    desk: Desk,
    question: Question,
    seed: int,
    standings: dict[str, Standing],
    scores: Sequence[ModelScore],
    able: Sequence[ModelScore],
) -> tuple[Ranked, ...]:
    shares = first_shares(
        models=[one.model for one in able],
        criteria=desk.criteria,
        statements=question.statements,
        weights=question.weights,
        shaking=desk.shaking,
        seed=seed,
    )
    places = {one.model: place for place, one in enumerate(able, 1)}
    vetoed = _by_points([one for one in scores if one.model not in places])
    return tuple(
        Ranked(
            model=one.model,
            label=desk.model(one.model).label,
            place=places.get(one.model),
            points=one.points,
            terms=one.terms,
            share_first=shares.get(one.model, 0.0),
            standing=standings[one.model],
        )
        for one in (*able, *vetoed)
    )


def _signals(desk: Desk, question: Question, advice: Advice, outlooks: Outlooks) -> tuple[SignalReading, ...]:
    """Return the signs that point away from the model advised: inside when it is outside help, and the reverse."""
    towards: tuple[Towards, ...] = (Towards.INSIDE, Towards.OUTSIDE)
    if advice.recommended is not None:
        towards = (Towards.OUTSIDE,) if advice.recommended == IN_HOUSE else (Towards.INSIDE,)
    return read_signals(
        signals=desk.signals,
        towards=towards,
        break_even_rate=outlooks.break_even.rate.p50,
        thresholds=question.thresholds,
        seen=question.seen,
    )
