"""A model's place, with all that explains it."""

from dataclasses import dataclass

from assay.core.market.hiring_models.criteria import Term
from assay.core.market.hiring_models.vetoes import Standing, Status

_WORDS = {Status.NEEDS_ANSWER: "needs your answer", Status.VETOED: "ruled out"}


def announced(*, label: str, status: Status) -> str:
    """Return a model's name as an answer may give it: never without the word when something is open or against it."""
    return label if status is Status.CLEAR else f"{label} ({_WORDS[status]})"


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

    @property
    def announced(self) -> str:
        """The name of the model with what is open or against it."""
        return announced(label=self.label, status=self.standing.status)
