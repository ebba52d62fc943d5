"""Conditions as they stand in knowledge files, read into values; a wrong one names its place and what to do."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from assay.core.roles.compiling.conditions import (
    OF_TWO_FACTS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operation,
    Value,
)
from assay.knowledge.loading import KnowledgeError

_WITHOUT_VALUE = {Operation.KNOWN, Operation.UNKNOWN}
_OF_NUMBERS = {Operation.AT_LEAST, Operation.AT_MOST, Operation.ABOVE, Operation.BELOW, Operation.COUNTS}
_OF_LISTS = {Operation.IS_ONE_OF, Operation.HAS_ANY}


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What conditions may look at: questions with the ids of their options, and facts that are worked out."""

    options: Mapping[str, Set[str]]
    derived: Set[str]


def read_condition(when: object, *, known: KnownFacts, place: str) -> Condition:
    """Return a condition: ``[fact, operation, value]``, or a mapping with one of ``all``, ``any``, ``not``.

    Raises ``KnowledgeError`` that starts with ``place``.
    """
    if isinstance(when, list):
        return _comparison(when, known, place)
    if isinstance(when, dict) and len(when) == 1:
        (word, inner), *_ = when.items()
        if word == "not":
            return Not(read_condition(inner, known=known, place=place))
        if word in ("all", "any") and isinstance(inner, list) and inner:
            parts = tuple(read_condition(part, known=known, place=place) for part in inner)
            return AllOf(parts) if word == "all" else AnyOf(parts)
    raise KnowledgeError(f"{place}: {when!r} is no condition. Write [fact, operation, value], or all, any or not.")


def _comparison(parts: list[object], known: KnownFacts, place: str) -> Comparison:
    fact, operation = _named(parts, known, place)
    if len(parts) != (2 if operation in _WITHOUT_VALUE else 3):
        raise KnowledgeError(f"{place}: {parts!r} has the wrong number of parts for {operation.value!r}. Correct it.")
    if operation in _WITHOUT_VALUE:
        return Comparison(fact, operation)
    return Comparison(fact, operation, _value(fact, operation, parts[2], known, place))


def _named(parts: list[object], known: KnownFacts, place: str) -> tuple[str, Operation]:
    fact, operation = [*map(str, parts[:2]), "", ""][:2]
    if fact not in known.options and fact not in known.derived:
        raise KnowledgeError(f"{place}: there is no question or fact {fact!r}. See intake.yaml.")
    if operation not in set(Operation):
        raise KnowledgeError(f"{place}: there is no operation {operation!r}. Use one of: {', '.join(Operation)}.")
    return fact, Operation(operation)


def _value(fact: str, operation: Operation, value: object, known: KnownFacts, place: str) -> Value:
    if operation in _OF_NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise KnowledgeError(f"{place}: {fact} {operation.value} needs a number, not {value!r}.")
        return value
    if operation in OF_TWO_FACTS:
        if value not in known.options and value not in known.derived:
            raise KnowledgeError(f"{place}: {fact} is compared with {value!r}, which is no question or fact.")
        return str(value)
    wanted = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    for one in wanted:
        if known.options.get(fact) and one not in known.options[fact]:
            raise KnowledgeError(f"{place}: {one!r} is none of the options of {fact!r}. Correct it.")
    return wanted if operation in _OF_LISTS else wanted[0]
