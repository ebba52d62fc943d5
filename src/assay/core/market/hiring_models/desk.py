"""All that the desk knows: models, criteria, vetoes, contradictions and signs, as one value with a version."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.market.draws import Distribution
from assay.core.market.hiring_models.contradictions import Conflicts
from assay.core.market.hiring_models.criteria import Criterion
from assay.core.market.hiring_models.model import HiringModel
from assay.core.market.hiring_models.signals import Signal
from assay.core.market.hiring_models.stability import Shaking
from assay.core.market.hiring_models.vetoes import Fact, Veto


@dataclass(frozen=True, slots=True)
class Desk:
    """The knowledge that a comparison stands on. ``base_spread`` holds p10 and p90 as multiples of a typed-in base."""

    version: str
    models: tuple[HiringModel, ...]
    criteria: tuple[Criterion, ...]
    themes: Mapping[str, str]
    facts: tuple[Fact, ...]
    vetoes: tuple[Veto, ...]
    conflicts: Conflicts
    signals: tuple[Signal, ...]
    shaking: Shaking
    largest_weight: float
    productive_hours: float
    base_spread: tuple[float, float]
    rate_follows_base: float

    def model(self, model_id: str) -> HiringModel:
        """Return a model by its id; raises ``KeyError``."""
        return next(one for one in self.models if one.id == model_id)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: how true each statement is, answered facts, weights, horizon and base pay.

    ``statements`` give 0 (not true) to 1 (true), ``None`` for "don't know"; ``facts`` leave out what nobody answered;
    ``base`` is US dollars a year; ``changed`` replaces inputs by the id of the model and of the input.
    """

    statements: Mapping[str, float | None]
    facts: Mapping[str, str]
    weights: Mapping[str, float]
    months: int
    base: Distribution
    changed: Mapping[tuple[str, str], Distribution]
    thresholds: Mapping[str, float]
    seen: Mapping[str, float]
