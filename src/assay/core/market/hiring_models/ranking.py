"""A model's place, with all that explains it."""

from dataclasses import dataclass

from assay.core.market.hiring_models.criteria import Term
from assay.core.market.hiring_models.vetoes import Standing


@dataclass(frozen=True, slots=True)
class Ranked:
    """One model: its place (``None`` when ruled out), points, terms, share of weight draws it leads, and standing."""

    model: str
    label: str
    place: int | None
    points: float
    terms: tuple[Term, ...]
    share_first: float
    standing: Standing
