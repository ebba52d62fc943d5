"""What the levels add up to: each dimension as a point and what the unknown could make of it, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.core.base.source import Source
from assay.core.readiness.questionnaire import (
    HIGHEST_LEVEL,
    ConditionRule,
    Dimension,
    HardStop,
    Question,
    Questionnaire,
)

Levels = Mapping[str, int | None]
_HAIR = 1e-9


class Verdict(StrEnum):
    """The answer to "should we hire?", from worst to best in the order of their definition."""

    PREPARE_FIRST = "prepare_first"
    NOT_ENOUGH_KNOWN = "not_enough_known"
    HIRE_WITH_CONDITIONS = "hire_with_conditions"
    HIRE = "hire"

    @property
    def label(self) -> str:
        """The words people see for it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def rank(self) -> int:
        """0 for the worst to 3 for the best."""
        return tuple(Verdict).index(self)


class DimensionState(StrEnum):
    """Where a dimension stands between its two lines."""

    READY = "ready"
    WORKABLE = "workable"
    WEAK = "weak"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """A dimension in levels 0-4: the point over what is known (``None`` when nothing is), and the range
    ``low`` to ``high`` it could take if everything unknown were at its worst or its best.

    ``answered`` is the share (0-1) of its weight that is known.
    """

    dimension: Dimension
    point: float | None
    low: float
    high: float
    answered: float
    state: DimensionState


class ReasonKind(StrEnum):
    """What a reason speaks of."""

    HARD_STOP = "hard_stop"
    WEAK_DIMENSION = "weak_dimension"
    OPEN_HARD_STOP = "open_hard_stop"
    TOO_MANY_CONDITIONS = "too_many_conditions"
    TOO_LITTLE_ANSWERED = "too_little_answered"
    CONDITION = "condition"
    OPEN_CONDITION = "open_condition"
    DIMENSION_BELOW_HIRE = "dimension_below_hire"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a verdict in a sentence; ``about`` is the id of the question or dimension it rests on."""

    kind: ReasonKind
    text: str
    about: str
    sources: tuple[Source, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict with its reasons, the hard stops that hold, what ties hiring, and the dimensions.

    ``conditions`` are those with a time by which they must be met; ``gaps`` are dimensions under their hiring line.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    stops: tuple[Reason, ...]
    conditions: tuple[Reason, ...]
    gaps: tuple[Reason, ...]
    dimensions: tuple[DimensionResult, ...]


_READY = Reason(ReasonKind.READY, "Every dimension stands at its hiring line or above, and no condition is open.", "")


def judge(*, questionnaire: Questionnaire, levels: Levels, counts_unknown: bool = True) -> Standing:
    """Return the verdict on ``levels`` by question id, where ``None`` or absence is unknown.

    In order: a hard stop that holds, more known conditions than the rules allow, or a dimension that stays under its
    line even if all that is unknown were at its best, means prepare first. Then too much unknown means that not enough
    is known. Then a dimension whose point is under its line means prepare first; an open condition or a dimension under
    the hiring line means hire with conditions; otherwise hire. With ``counts_unknown`` off, what is unknown is left out
    of sight: the verdict then speaks of what is known alone.
    """
    dimensions = tuple(_dimension(one, questionnaire, levels) for one in questionnaire.dimensions)
    stops = tuple(_stop(stop, questionnaire.by_id[stop.question]) for stop in _holding(questionnaire, levels))
    weak = tuple(_weak(result) for result in dimensions if result.state is DimensionState.WEAK)
    conditions = _conditions(questionnaire, levels, counts_unknown=counts_unknown)
    gaps = tuple(_gap(result) for result in dimensions if result.state is DimensionState.WORKABLE)
    crowd = _crowd(questionnaire, conditions)
    unknown = _too_little(questionnaire, levels, dimensions) if counts_unknown else ()
    is_certain = any(result.high < result.dimension.prepare_below - _HAIR for result in dimensions)
    if stops or crowd or is_certain or (weak and not unknown):
        verdict, reasons = Verdict.PREPARE_FIRST, (*stops, *weak, *crowd)
    elif unknown:
        verdict, reasons = Verdict.NOT_ENOUGH_KNOWN, unknown
    elif conditions or gaps:
        verdict, reasons = Verdict.HIRE_WITH_CONDITIONS, (*conditions, *gaps)
    else:
        verdict, reasons = Verdict.HIRE, (_READY,)
    return Standing(verdict, reasons, stops, conditions, gaps, dimensions)


def filled(*, questionnaire: Questionnaire, levels: Levels, with_level: int) -> Levels:
    """Return ``levels`` with everything unknown set to ``with_level``: 0 for the worst case, 4 for the best."""
    known = {question.id: levels.get(question.id) for question in questionnaire.questions}
    return {key: with_level if level is None else level for key, level in known.items()}


def _dimension(dimension: Dimension, questionnaire: Questionnaire, levels: Levels) -> DimensionResult:
    questions = questionnaire.within(dimension.id)
    whole = sum(question.weight for question in questions)
    known = [(one.weight, level) for one in questions if (level := levels.get(one.id)) is not None]
    weight = sum(share for share, _ in known)
    earned = sum(share * level for share, level in known)
    point = earned / weight if known else None
    return DimensionResult(
        dimension=dimension,
        point=point,
        low=earned / whole,
        high=(earned + (whole - weight) * HIGHEST_LEVEL) / whole,
        answered=weight / whole,
        state=_state(dimension, point),
    )


def _state(dimension: Dimension, point: float | None) -> DimensionState:
    if point is None:
        return DimensionState.UNKNOWN
    if point < dimension.prepare_below - _HAIR:
        return DimensionState.WEAK
    return DimensionState.READY if point >= dimension.hire_from - _HAIR else DimensionState.WORKABLE


def _holding(questionnaire: Questionnaire, levels: Levels) -> tuple[HardStop, ...]:
    return tuple(
        stop
        for stop in questionnaire.rules.hard_stops
        if (level := levels.get(stop.question)) is not None and level <= stop.at_most
    )


def _stop(stop: HardStop, question: Question) -> Reason:
    return Reason(ReasonKind.HARD_STOP, stop.because, question.id, stop.sources)


def _weak(result: DimensionResult) -> Reason:
    line = result.dimension.prepare_below
    text = f"{result.dimension.label}: level {result.point:.2f} is under {line:g}, below which hiring has to wait."
    return Reason(ReasonKind.WEAK_DIMENSION, text, result.dimension.id)


def _too_little(
    questionnaire: Questionnaire, levels: Levels, dimensions: tuple[DimensionResult, ...]
) -> tuple[Reason, ...]:
    least = questionnaire.rules.minimum_answered
    stops = tuple(
        Reason(
            ReasonKind.OPEN_HARD_STOP,
            f"Nobody knows yet: {questionnaire.by_id[stop.question].ask}",
            stop.question,
            stop.sources,
        )
        for stop in questionnaire.rules.hard_stops
        if levels.get(stop.question) is None
    )
    thin = tuple(
        Reason(
            ReasonKind.TOO_LITTLE_ANSWERED,
            f"{result.dimension.label}: {result.answered:.0%} of it is known; it takes {least:.0%}.",
            result.dimension.id,
        )
        for result in dimensions
        if result.answered < least - _HAIR
    )
    return (*stops, *thin)


def _conditions(questionnaire: Questionnaire, levels: Levels, *, counts_unknown: bool) -> tuple[Reason, ...]:
    found = []
    for rule in questionnaire.rules.conditions:
        level = levels.get(rule.question)
        question = questionnaire.by_id[rule.question]
        if level is None and counts_unknown:
            found.append(_condition(ReasonKind.OPEN_CONDITION, rule, f"find out: {question.ask}"))
        elif level is not None and level <= rule.at_most:
            found.append(_condition(ReasonKind.CONDITION, rule, _decapitalised(question.lift.action)))
    return tuple(found)


def _crowd(questionnaire: Questionnaire, conditions: tuple[Reason, ...]) -> tuple[Reason, ...]:
    known = sum(one.kind is ReasonKind.CONDITION for one in conditions)
    most = questionnaire.rules.most_conditions
    if known <= most:
        return ()
    text = f"{known} conditions would be open at once; more than {most} is preparing under another name."
    return (Reason(ReasonKind.TOO_MANY_CONDITIONS, text, ""),)


def _gap(result: DimensionResult) -> Reason:
    line = result.dimension.hire_from
    text = f"{result.dimension.label}: level {result.point:.2f} is under the hiring line of {line:g}."
    return Reason(ReasonKind.DIMENSION_BELOW_HIRE, text, result.dimension.id)


def _condition(kind: ReasonKind, rule: ConditionRule, what: str) -> Reason:
    return Reason(kind, f"{rule.until}: {what}", rule.question, rule.sources, until=rule.until)


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
