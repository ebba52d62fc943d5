"""Conditions as data: tests of facts, joined by all, any and not. What is unknown is neither true nor false."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | tuple[str, ...]
Facts = Mapping[str, Value]


class Operation(StrEnum):
    """How a fact is compared. ``differs``, ``more_than`` and ``less_than`` compare with another fact by its name."""

    IS = "is"
    IS_ONE_OF = "is_one_of"
    HAS = "has"
    HAS_ANY = "has_any"
    COUNTS = "counts"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    KNOWN = "known"
    UNKNOWN = "unknown"
    DIFFERS = "differs"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


OF_TWO_FACTS = frozenset({Operation.DIFFERS, Operation.MORE_THAN, Operation.LESS_THAN})
_NUMERIC: dict[Operation, Callable[[float, float], bool]] = {
    Operation.AT_LEAST: lambda left, right: left >= right,
    Operation.AT_MOST: lambda left, right: left <= right,
    Operation.ABOVE: lambda left, right: left > right,
    Operation.BELOW: lambda left, right: left < right,
    Operation.MORE_THAN: lambda left, right: left > right,
    Operation.LESS_THAN: lambda left, right: left < right,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a fact; ``value`` is empty for ``known`` and ``unknown``."""

    fact: str
    operation: Operation
    value: Value = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; false as soon as one is false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True as soon as one part is; false when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false; unknown when it is unknown."""

    part: "Condition"


Condition = Comparison | AllOf | AnyOf | Not


def holds(*, condition: Condition, facts: Facts) -> bool | None:
    """Say whether a condition is true of the facts; ``None`` when that hangs on a fact that is not known."""
    match condition:
        case Comparison():
            return _tested(condition, facts)
        case Not(part):
            inner = holds(condition=part, facts=facts)
            return None if inner is None else not inner
        case AllOf(parts):
            return _joined((holds(condition=part, facts=facts) for part in parts), decides=False)
        case AnyOf(parts):
            return _joined((holds(condition=part, facts=facts) for part in parts), decides=True)


def facts_of(*, condition: Condition) -> frozenset[str]:
    """Return the names of all facts that a condition looks at."""
    match condition:
        case Comparison(fact, operation, value):
            return frozenset({fact, str(value)} if operation in OF_TWO_FACTS else {fact})
        case Not(part):
            return facts_of(condition=part)
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*(facts_of(condition=part) for part in parts))


def _joined(truths: Iterator[bool | None], *, decides: bool) -> bool | None:
    """Return ``decides`` as soon as one truth is that; else unknown if one was unknown; else the opposite."""
    found: bool | None = not decides
    for truth in truths:
        if truth is decides:
            return decides
        if truth is None:
            found = None
    return found


def _tested(comparison: Comparison, facts: Facts) -> bool | None:
    known = comparison.fact in facts
    if comparison.operation is Operation.KNOWN:
        return known
    if comparison.operation is Operation.UNKNOWN:
        return not known
    if not known:
        return None
    wanted: Value | None = comparison.value
    if comparison.operation in OF_TWO_FACTS:
        wanted = facts.get(str(comparison.value))
    return None if wanted is None else _compared(facts[comparison.fact], comparison.operation, wanted)


def _compared(value: Value, operation: Operation, wanted: Value) -> bool | None:
    match operation:
        case Operation.IS:
            return value == wanted
        case Operation.DIFFERS:
            return value != wanted
        case Operation.IS_ONE_OF:
            return isinstance(wanted, tuple) and value in wanted
        case Operation.HAS:
            return isinstance(value, tuple) and wanted in value
        case Operation.HAS_ANY:
            return isinstance(value, tuple) and isinstance(wanted, tuple) and not set(wanted).isdisjoint(value)
        case Operation.COUNTS:
            return isinstance(value, tuple) and isinstance(wanted, int | float) and len(value) >= wanted
        case _:
            return _measured(value, operation, wanted)


def _measured(value: Value, operation: Operation, wanted: Value) -> bool | None:
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return bool(_NUMERIC[operation](value, wanted))
    return None
