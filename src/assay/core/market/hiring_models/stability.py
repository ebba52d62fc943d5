"""How firmly a model comes first: the share of many slightly different weights under which it stays there."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.core.market.hiring_models.criteria import Criterion

_LEAST_SHAPE = 1e-9
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Shaking:
    """How many weights are drawn, how tightly around the chosen ones, and under which share a win counts as close."""

    draws: int
    concentration: float
    close_below: float


def first_shares(
    *,
    models: Sequence[str],
    criteria: Sequence[Criterion],
    statements: Mapping[str, float | None],
    weights: Mapping[str, float],
    shaking: Shaking,
    seed: int,
) -> dict[str, float]:
    """Return the share (0-1) of weight draws in which each model comes first; models that tie share a draw.

    Weights are drawn from a Dirichlet with mean at the chosen ones. Each criterion has a stream of its own, made from
    the seed and its id, so that neither the order of criteria nor of models changes the result.
    """
    used = [one for one in sorted(criteria, key=lambda one: one.id) if weights.get(one.id, 1.0) > 0]
    if not models or not used:
        return {model: 1 / len(models) for model in models} if models else {}
    chosen = np.array([weights.get(one.id, 1.0) for one in used])
    shapes = np.maximum(chosen / chosen.sum() * shaking.concentration, _LEAST_SHAPE)
    drawn = np.stack(
        [
            _generator(seed, one.id).standard_gamma(shape, size=shaking.draws)
            for one, shape in zip(used, shapes, strict=True)
        ]
    )
    truths = np.array([statements.get(one.id) or 0.0 for one in used])
    fits = np.array([[one.fits[model] for one in used] for model in models], dtype=np.float64)
    total = drawn.sum(axis=0)
    scores = (fits * truths) @ (drawn / np.where(total > 0, total, 1.0))
    is_first = scores >= scores.max(axis=0) - _ROUNDING
    shares = (is_first / is_first.sum(axis=0)).mean(axis=1)
    return {model: float(share) for model, share in zip(models, shares, strict=True)}


def _generator(seed: int, name: str) -> np.random.Generator:
    digest = hashlib.sha256(f"weights:{seed}:{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
