"""Where the desk's base pay starts: the requisition's band, else the middle of posted pay for the role."""

from dataclasses import dataclass

from assay.app.market.pay.catalogue import estimate_pay
from assay.app.requisitions.prefill import Prefill
from assay.core.market.draws import round_figures
from assay.core.market.pay.question import PayQuestionError
from assay.knowledge.loading import KnowledgeError

_CURRENCY = "USD"
_USUAL = ("ml-engineer", "senior", "US")


@dataclass(frozen=True, slots=True)
class BaseStart:
    """A base pay to start from, US dollars a year (``None`` when there is none), and where it comes from in words."""

    amount: float | None
    words: str


GIVEN = BaseStart(None, "Base pay of the seat, US dollars a year.")


def suggest_base(*, known: Prefill) -> BaseStart:
    """Return the base pay to start from for what a requisition knows; without one, a senior ML engineer in the US."""
    if known.currency == _CURRENCY and known.base_low and known.base_high:
        middle = float(known.base_low + known.base_high) / 2
        return BaseStart(round(middle), "The middle of the band that is set for this requisition.")
    family = known.family or _USUAL[0]
    level, country = known.level or _USUAL[1], known.country or _USUAL[2]
    try:
        found = estimate_pay(family=family, level=level, country=country, metro=known.metro or "", currency=_CURRENCY)
    except (PayQuestionError, KnowledgeError):
        return GIVEN
    middle = round_figures(found.quantiles[50], figures=3)
    about = f"{found.family_label}, {found.level.label.lower()}, {found.place.label}"
    return BaseStart(middle, f"The middle of posted pay for {about}. Type your own over it.")
