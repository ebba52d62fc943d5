"""The transparent score: each statement adds weight x truth x fit to each model, and every term is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Criterion:
    """A statement about the work, and how well each model fits where it is true (-2 very badly to 2 very well).

    Criteria of one ``theme`` are about the same thing and are shown together.
    """

    id: str
    label: str
    theme: str
    statement: str
    because: str
    fits: Mapping[str, int]
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What one statement adds to one model: ``points = weight * truth * fit``. ``truth`` is ``None`` if unanswered."""

    criterion: str
    label: str
    truth: float | None
    weight: float
    fit: int
    points: float


@dataclass(frozen=True, slots=True)
class ModelScore:
    """The sum of a model's terms, and the terms."""

    model: str
    points: float
    terms: tuple[Term, ...]


def score_model(
    *,
    model: str,
    criteria: Sequence[Criterion],
    statements: Mapping[str, float | None],
    weights: Mapping[str, float],
) -> ModelScore:
    """Return ``S(m) = sum_i w_i x_i f_im`` with each term (the table of compensation note 4).

    A statement nobody answered adds nothing. A criterion without a weight weighs 1.
    """
    terms = []
    for criterion in criteria:
        truth = statements.get(criterion.id)
        weight = weights.get(criterion.id, 1.0)
        fit = criterion.fits[model]
        points = 0.0 if truth is None else weight * truth * fit
        terms.append(Term(criterion.id, criterion.label, truth, weight, fit, points))
    return ModelScore(model, fsum(term.points for term in terms), tuple(terms))
