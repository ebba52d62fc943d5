"""Where the desk's base pay starts: the requisition's band, else the middle of posted pay for the role."""

from dataclasses import dataclass
from datetime import date

from assay.app.market.pay.catalogue import estimate_pay
from assay.app.market.pay.rates import conversion_to
from assay.app.requisitions.prefill import Prefill
from assay.app.ui.formats import money
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


def suggest_base(*, known: Prefill, today: date) -> BaseStart:
    """Return the base pay to start from for what a requisition knows; without one, a senior ML engineer in the US.

    A band in another currency becomes US dollars at the latest daily rate, which the words name with its day.
    """
    if not (known.currency and known.base_low and known.base_high):
        return _posted(known)
    middle = (known.base_low + known.base_high) / 2
    if known.currency == _CURRENCY:
        return BaseStart(round(middle), "The middle of the band that is set for this requisition.")
    try:
        rate = conversion_to(currency=known.currency, on=None, today=today)
    except PayQuestionError:
        posted = _posted(known)
        lost = f"The band of this requisition is in {known.currency}, for which there is no daily rate: type it in USD."
        return BaseStart(posted.amount, f"{lost} Until then: {posted.words[0].lower()}{posted.words[1:]}")
    day = f" on {rate.on.isoformat()}" if rate.on else ""
    words = (
        f"The middle of the band that is set for this requisition, {money(middle, rate.currency)}, at "
        f"{rate.per_usd:.4g} {rate.currency} for a US dollar{day} ({rate.source})."
    )
    return BaseStart(round(float(middle) / rate.per_usd), words)


def _posted(known: Prefill) -> BaseStart:
    family = known.family or _USUAL[0]
    level, country = known.level or _USUAL[1], known.country or _USUAL[2]
    try:
        found = estimate_pay(family=family, level=level, country=country, metro=known.metro or "", currency=_CURRENCY)
    except (PayQuestionError, KnowledgeError):
        return GIVEN
    middle = round_figures(found.quantiles[50], figures=3)
    about = f"{found.family_label}, {found.level.label.lower()}, {found.place.label}"
    return BaseStart(middle, f"The middle of posted pay for {about}. Type your own over it.")
