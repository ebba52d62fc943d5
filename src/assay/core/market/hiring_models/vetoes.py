"""What rules a model out whatever its score. A fact nobody answered leaves it open, never clear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    """How a fact is held against a value."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"


class Status(StrEnum):
    """Whether a model may be chosen: nothing against it, an answer is missing, or ruled out."""

    CLEAR = "clear"
    NEEDS_ANSWER = "needs_answer"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True)
class Fact:
    """A question of fact with the answers it can have, by id."""

    id: str
    label: str
    help: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact."""

    fact: str
    operator: Operator
    values: tuple[str, ...]

    def holds(self, facts: Mapping[str, str]) -> bool | None:
        """Say whether the condition holds, or ``None`` when nobody answered the fact."""
        answer = facts.get(self.fact)
        if answer is None:
            return None
        is_among = answer in self.values
        return not is_among if self.operator is Operator.IS_NOT else is_among


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason to rule models out when all its conditions hold: what it says, which law, what would lift it."""

    id: str
    label: str
    models: tuple[str, ...]
    conditions: tuple[Condition, ...]
    says: str
    law: str
    lifts: str
    reference: str


@dataclass(frozen=True, slots=True)
class OpenVeto:
    """A veto that may apply, and the facts whose answers would settle it."""

    veto: Veto
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a model may be chosen, the vetoes that hold and those that wait for an answer."""

    model: str
    status: Status
    vetoes: tuple[Veto, ...]
    waiting: tuple[OpenVeto, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to be answered before this model is clear, in order of first mention."""
        return tuple(dict.fromkeys(fact for one in self.waiting for fact in one.facts))


def judge_model(*, model: str, vetoes: Sequence[Veto], facts: Mapping[str, str]) -> Standing:
    """Return a model's standing. One condition that fails settles a veto; else a missing answer leaves it open."""
    holding, waiting = [], []
    for veto in vetoes:
        if model not in veto.models:
            continue
        results = [(condition, condition.holds(facts)) for condition in veto.conditions]
        if any(result is False for _, result in results):
            continue
        missing = tuple(dict.fromkeys(condition.fact for condition, result in results if result is None))
        if missing:
            waiting.append(OpenVeto(veto, missing))
        else:
            holding.append(veto)
    status = Status.VETOED if holding else Status.NEEDS_ANSWER if waiting else Status.CLEAR
    return Standing(model, status, tuple(holding), tuple(waiting))
