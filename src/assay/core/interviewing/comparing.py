"""Cards side by side: who rated what, how far apart they are, where people should talk."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivenRating:
    """A rating of a handed-in card; ``level`` is None for "not assessed"."""

    rating_id: int
    card_id: int
    competency: str
    level: int | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One competency over the cards in their order: a rating or None where the card says nothing.

    ``low`` and ``high`` are the outermost levels (0-4), None when nobody rated it.
    """

    competency: str
    cells: tuple[GivenRating | None, ...]
    low: int | None
    high: int | None
    is_far_apart: bool


def lay_grid(
    *, ratings: Sequence[GivenRating], card_ids: Sequence[int], order: Sequence[str], far_apart: int
) -> tuple[GridRow, ...]:
    """Return a row for each competency that any card names, those of ``order`` first.

    Two ratings ``far_apart`` or more levels from each other make a row worth a talk.
    """
    held = {(rating.competency, rating.card_id): rating for rating in ratings}
    named = {rating.competency for rating in ratings}
    rows = []
    for competency in [*(one for one in order if one in named), *sorted(named - set(order))]:
        cells = tuple(held.get((competency, card_id)) for card_id in card_ids)
        levels = [cell.level for cell in cells if cell is not None and cell.level is not None]
        low, high = (min(levels), max(levels)) if levels else (None, None)
        apart = low is not None and high is not None and high - low >= far_apart
        rows.append(GridRow(competency, cells, low, high, apart))
    return tuple(rows)
