"""Base pay for a scenario: somebody's own figure, or what is posted for a family, a level and a place."""

from dataclasses import dataclass

from assay.app.market.pay.catalogue import estimate_pay
from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostError
from assay.core.market.pay.question import PayQuestionError

_OWN = (Source(title="Your own figure"),)


@dataclass(frozen=True, slots=True)
class BasePay:
    """Base pay a year: one to three amounts and where they come from. From the market they are the points that 10, 50
    and 90% of posted pay lie below."""

    points: tuple[float, ...]
    from_market: bool
    sources: tuple[Source, ...]
    note: str = ""


def own_base(points: tuple[float, ...]) -> BasePay:
    """Return somebody's own figures as they are."""
    return BasePay(points=points, from_market=False, sources=_OWN)


def base_from_market(*, family: str, level: str, country: str, currency: str, metro: str = "") -> BasePay:
    """Return what is posted, rounded to whole units. Raises ``CostError`` naming the field that is not known."""
    try:
        found = estimate_pay(family=family, level=level, country=country, metro=metro, currency=currency)
    except PayQuestionError as error:
        raise CostError(field=error.field, message=str(error)) from error
    thin = " Thin data: little of it is about this very cell." if found.is_thin else ""
    note = (
        f"Posted base pay for {found.family_label}, {found.level.label.lower()}, {found.place.label} "
        f"({found.n:,} range ends; half of them below the middle figure, a tenth outside on each side).{thin}"
    )
    points = tuple(float(round(found.quantiles[share])) for share in (10, 50, 90))
    return BasePay(points=points, from_market=True, sources=found.sources, note=note)
