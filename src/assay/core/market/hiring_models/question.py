"""Whether a question can be answered at all: bounds on weights, truths, horizon, pay and changed inputs."""

from collections.abc import Iterator
from math import isfinite

from assay.core.market.draws import Distribution, point_of
from assay.core.market.hiring_models.desk import Desk, Question

LONGEST = 600
LEAST_BASE = 1_000.0
LARGEST_BASE = 100_000_000.0
_LIMITS = {
    "rate": (1.0, 10_000.0),
    "price_week": (1.0, 100_000.0),
    "price_month": (1.0, 1_000_000.0),
    "fee_month": (0.0, 100_000.0),
    "hours_week": (1.0, 80.0),
    "weeks_year": (1.0, 52.0),
    "search_weeks": (0.0, 520.0),
    "notice_weeks": (0.0, 104.0),
    "gap_weeks": (0.0, 520.0),
    "ramp_months": (0.0, 60.0),
    "leaving": (0.0, 3.0),
    "loaded": (1.0, 5.0),
    "efficiency": (0.01, 3.0),
    "utilisation": (0.01, 1.0),
    "pay_ratio": (0.01, 3.0),
}
_OTHER = (0.0, 1.0)


class QuestionError(ValueError):
    """Raised when a question makes no sense; ``field`` is the input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_question(*, question: Question, desk: Desk) -> None:
    """Make sure that a question can be answered. Raises ``QuestionError`` for the first thing that is wrong."""
    for field, message in _problems(question, desk):
        raise QuestionError(field=field, message=message)


def input_limits(name: str) -> tuple[float, float]:
    """Return the least and the largest value that an input may be changed to."""
    return _LIMITS.get(name, _OTHER)


def _problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    if question.months < 1:
        yield "months", "A horizon of 0 months has nothing to compare. Give 1 to 600 months."
    if question.months > LONGEST:
        yield "months", f"{question.months:,} months is more than fifty years. Give 1 to {LONGEST} months."
    low, high = (point_of(distribution=question.base, share=share) for share in (0.01, 0.99))
    if low < LEAST_BASE or high > LARGEST_BASE:
        yield "base", f"Base pay must lie between {LEAST_BASE:,.0f} and {LARGEST_BASE:,.0f} US dollars a year."
    yield from _statement_problems(question, desk)
    yield from _weight_problems(question, desk)
    yield from _fact_problems(question, desk)
    yield from _input_problems(question, desk)
    yield from _signal_problems(question, desk)


def _statement_problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    known = {one.id for one in desk.criteria}
    for name, truth in question.statements.items():
        if name not in known:
            yield name, f"There is no statement “{name[:60]}”. Known: {', '.join(sorted(known))}."
        elif truth is not None and not 0 <= truth <= 1:
            yield name, f"How true a statement is goes from 0 (not true) to 1 (true), not {truth:g}."


def _weight_problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    known = {one.id for one in desk.criteria}
    for name, weight in question.weights.items():
        if name not in known:
            yield f"weight.{name}", f"There is no statement “{name[:60]}” to weigh. Known: {', '.join(sorted(known))}."
        elif not isfinite(weight) or not 0 <= weight <= desk.largest_weight:
            message = f"A weight goes from 0 (does not count) to {desk.largest_weight:g}, not {weight:g}."
            yield f"weight.{name}", message + (" To turn a statement round, say that it is not true." * (weight < 0))
    if all(question.weights.get(name, 1.0) == 0 for name in known):
        yield "weights", "All weights are 0, so nothing counts. Give at least one statement a weight."


def _fact_problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    facts = {one.id: one for one in desk.facts}
    for name, answer in question.facts.items():
        fact = facts.get(name)
        if fact is None:
            yield f"fact.{name}", f"There is no fact “{name[:60]}”. Known: {', '.join(facts)}."
        elif answer not in fact.options:
            message = f"{fact.label} Answer with one of: {', '.join(fact.options)}. Leave it out if you don't know."
            yield f"fact.{name}", message


def _input_problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    inputs = {(model.id, name) for model in desk.models for name in model.inputs}
    for (model, name), distribution in question.changed.items():
        field = f"{model}.{name}"
        if (model, name) not in inputs:
            yield field, f"There is no number “{field[:80]}”. The questions list what can be changed."
            continue
        least, largest = input_limits(name)
        low, high = _reach(distribution)
        if low < least or high > largest:
            yield field, f"{desk.model(model).inputs[name].label}: give {least:g} to {largest:,g}."


def _signal_problems(question: Question, desk: Desk) -> Iterator[tuple[str, str]]:
    known = {one.id for one in desk.signals}
    for name, value in (*question.thresholds.items(), *question.seen.items()):
        if name not in known:
            yield f"signal.{name}", f"There is no sign “{name[:60]}”. Known: {', '.join(sorted(known))}."
        elif not isfinite(value) or not 0 <= value <= 1_000_000_000:
            yield f"signal.{name}", "Give a number from 0 to 1,000,000,000."


def _reach(distribution: Distribution) -> tuple[float, float]:
    return point_of(distribution=distribution, share=0.001), point_of(distribution=distribution, share=0.999)
