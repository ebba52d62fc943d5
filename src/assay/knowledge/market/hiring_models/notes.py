"""The shapes of the four files on hiring models."""

from datetime import date
from typing import Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote

GradeName = Literal["measured", "published", "quoted", "vendor claim", "assumption"]
Side = Literal["at_least", "at_most", "above"]


class _Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all notes share: they are never changed, and an unknown field is a mistake."""


class NumberNote(_Shape, frozen=True):
    """One number with its source and grade."""

    value: float
    source: str
    grade: GradeName


class SpreadNote(_Shape, frozen=True):
    """How far a single number is taken to reach, as multiples of it."""

    low: float
    high: float
    source: str
    grade: GradeName


class InputNote(_Shape, frozen=True):
    """One uncertain input: its distribution (``kind`` and ``values``), unit, grade and source."""

    label: str
    kind: Literal["fixed", "uniform", "pert", "lognormal"]
    values: tuple[float, ...]
    unit: str
    grade: GradeName
    source: str


class StatedTimeNote(_Shape, frozen=True):
    """A time somebody states, with both ends of the clock it belongs to."""

    what: str
    low: float
    high: float
    unit: str
    starts: str
    ends: str
    source: str
    grade: GradeName


class StatedPriceNote(_Shape, frozen=True):
    """A price somebody states, with what it is charged for."""

    what: str
    low: float
    high: float
    unit: str
    basis: str
    source: str
    grade: GradeName


class RiskNote(_Shape, frozen=True):
    """One risk of one model: which kind, how high, why."""

    id: str
    level: Literal["low", "medium", "high"]
    text: str
    fact_ids: tuple[str, ...]


class ModelNote(_Shape, frozen=True):
    """One way to staff a seat."""

    id: str
    label: str
    about: str
    best_for: str
    fact_ids: tuple[str, ...]
    contract: str
    basis: Literal["employee", "hourly", "weekly", "monthly", "abroad", "mix"]
    stated_times: tuple[StatedTimeNote, ...]
    stated_prices: tuple[StatedPriceNote, ...]
    inputs: dict[str, InputNote]
    risks: tuple[RiskNote, ...]


class LabelNote(_Shape, frozen=True):
    """A name for people, and a line on it."""

    label: str
    about: str


class ModelSheet(_Shape, frozen=True):
    """``models.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[SourceNote, ...]
    clock: str
    productive_hours: NumberNote
    base_spread: SpreadNote
    rate_follows_base: NumberNote
    models: tuple[ModelNote, ...]
    contracts: dict[str, LabelNote]
    risk_kinds: dict[str, LabelNote]


class StabilityNote(_Shape, frozen=True):
    """How weights are shaken, and under which share of firsts a win counts as close."""

    draws: int
    close_below: float
    concentration: float
    about: str


class CriterionNote(_Shape, frozen=True):
    """One statement, and how well each model fits where it is true (-2 to 2)."""

    id: str
    label: str
    theme: str
    statement: str
    because: str
    fits: dict[str, int]
    fact_ids: tuple[str, ...]


class ContradictionNote(_Shape, frozen=True):
    """Two statements that cannot both be this true."""

    first: str
    second: str
    least: float
    message: str


class HorizonConflictNote(_Shape, frozen=True):
    """A statement that does not go with a horizon on one side of so many months."""

    statement: str
    least: float
    months: int
    side: Side
    message: str


class FactConflictNote(_Shape, frozen=True):
    """A statement that does not go with an answered fact."""

    statement: str
    least: float
    fact: str
    value: str
    message: str


class CriteriaSheet(_Shape, frozen=True):
    """``criteria.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[SourceNote, ...]
    stability: StabilityNote
    largest_weight: float
    themes: dict[str, str]
    criteria: tuple[CriterionNote, ...]
    contradictions: tuple[ContradictionNote, ...]
    horizon_conflicts: tuple[HorizonConflictNote, ...]
    fact_conflicts: tuple[FactConflictNote, ...]


class FactNote(_Shape, frozen=True):
    """One question of fact, with the answers it can have."""

    id: str
    label: str
    help: str
    options: dict[str, str]


class VetoNote(_Shape, frozen=True):
    """What rules models out: conditions ``[fact, op, value]`` that all must hold, the law, and what would lift it."""

    id: str
    label: str
    models: tuple[str, ...]
    when: tuple[tuple[str, Literal["is", "is_not", "in"], str | tuple[str, ...]], ...]
    says: str
    law: str
    lifts: str
    reference: str


class VetoSheet(_Shape, frozen=True):
    """``vetoes.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[SourceNote, ...]
    facts: tuple[FactNote, ...]
    vetoes: tuple[VetoNote, ...]


class SignalNote(_Shape, frozen=True):
    """One sign to change: how it is seen, in which unit, and from where on it counts."""

    id: str
    label: str
    towards: Literal["inside", "outside"]
    how: str
    unit: str
    direction: Literal["at_least", "at_most"]
    threshold: float | Literal["break_even_rate"]
    fact_ids: tuple[str, ...]


class SignalSheet(_Shape, frozen=True):
    """``signals.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[SourceNote, ...]
    signals: tuple[SignalNote, ...]


class HiringModelKnowledge(_Shape, frozen=True):
    """The four files together; ``version`` names each of theirs."""

    version: str
    models: ModelSheet
    criteria: CriteriaSheet
    vetoes: VetoSheet
    signals: SignalSheet
