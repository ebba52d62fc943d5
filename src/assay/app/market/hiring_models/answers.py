"""Answers as people write them, in a file or in flags, read into a question; and a template to start from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from assay.core.market.draws import Distribution, DistributionError, Fixed, LogNormal, Pert
from assay.core.market.hiring_models.desk import Desk, Question
from assay.core.market.hiring_models.question import QuestionError
from assay.knowledge.loading import convert_mapping, read_mapping

DEFAULT_SEED = 2026
DEFAULT_MONTHS = 24
TRUTHS: Mapping[str, float | None] = {
    "no": 0.0,
    "not true": 0.0,
    "partly": 0.5,
    "yes": 1.0,
    "true": 1.0,
    "unknown": None,
    "don't know": None,
}
Truth = bool | float | str | None


class SignalAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody sets as threshold of a sign, and what was seen."""

    threshold: float | None = None
    seen: float | None = None


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file of answers. ``base`` is US dollars a year: one number, or p10, p50 and p90.

    ``change`` holds numbers of a model by ``model.number``: one value, or low, likely and high.
    """

    base: float | tuple[float, float, float]
    months: int = DEFAULT_MONTHS
    seed: int = DEFAULT_SEED
    statements: dict[str, Truth] = {}
    facts: dict[str, str | bool | None] = {}
    weights: dict[str, float] = {}
    change: dict[str, float | tuple[float, float, float]] = {}
    signals: dict[str, SignalAnswer] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the seed to answer it by."""

    question: Question
    seed: int
    answers: Answers = field(repr=False)


def read_answers(*, path: Path) -> dict[str, Any]:
    """Return the content of a file of answers; raises ``KnowledgeError`` with the line."""
    return read_mapping(path=path)


def ask(*, content: Mapping[str, Any], desk: Desk, name: str = "answers") -> Asked:
    """Return the question that a mapping of answers asks.

    Raises ``KnowledgeError`` for a wrong shape and ``QuestionError`` for a value that makes no sense.
    """
    answers = convert_mapping(content=dict(content), shape=Answers, name=name)
    question = Question(
        statements={key: _truth(key, value) for key, value in answers.statements.items()},
        facts={key: _fact(value) for key, value in answers.facts.items() if value not in (None, "", "unknown")},
        weights=answers.weights,
        months=answers.months,
        base=_base(answers.base, desk.base_spread),
        changed={_place(key): _changed(key, value) for key, value in answers.change.items()},
        thresholds={key: one.threshold for key, one in answers.signals.items() if one.threshold is not None},
        seen={key: one.seen for key, one in answers.signals.items() if one.seen is not None},
    )
    return Asked(question, answers.seed, answers)


def to_mapping(answers: Answers) -> dict[str, Any]:
    """Return answers as plain values, as they are kept and as a file holds them."""
    mapping: dict[str, Any] = msgspec.to_builtins(answers)
    return mapping


def _truth(key: str, value: Truth) -> float | None:
    if value is None or isinstance(value, float | int):
        return None if value is None else float(value)
    spoken = value.strip().lower()
    if spoken in TRUTHS:
        return TRUTHS[spoken]
    try:
        return float(spoken)
    except ValueError:
        message = f"“{value[:60]}” says nothing about how true it is. Give 0 to 1, or one of: {', '.join(TRUTHS)}."
        raise QuestionError(field=key, message=message) from None


def _fact(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def _base(value: float | tuple[float, float, float], spread: tuple[float, float]) -> Distribution:
    try:
        if isinstance(value, tuple):
            return LogNormal(value[0], value[2], value[1])
        return LogNormal(value * spread[0], value * spread[1], value)
    except DistributionError as error:
        message = "Base pay is a number above 0, US dollars a year; three numbers must rise: p10, p50, p90."
        raise QuestionError(field="base", message=message) from error


def _place(key: str) -> tuple[str, str]:
    model, _, name = key.partition(".")
    return model, name


def _changed(key: str, value: float | tuple[float, float, float]) -> Distribution:
    try:
        return Fixed(value) if isinstance(value, float | int) else Pert(*value)
    except DistributionError as error:
        raise QuestionError(field=key, message=f"{key}: {error}") from error
