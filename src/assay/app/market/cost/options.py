"""What can be chosen on the cost desk, and what a requisition already knows of its question."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assay.app.market.pay.catalogue import default_mapping, family_labels, metro_steps
from assay.app.requisitions.prefill import Prefill
from assay.knowledge.market.cost.sheets import GroupNote, load_inputs, load_places

Choices = tuple[tuple[str, str], ...]
HORIZONS = (6, 12, 24, 36, 60)


@dataclass(frozen=True, slots=True)
class FormOptions:
    """The choices of the form, each as (value, words), and the groups of inputs in order."""

    families: Choices
    levels: Choices
    metros: Choices
    places: Choices
    currencies: Choices
    groups: tuple[GroupNote, ...]
    horizons: tuple[int, ...] = HORIZONS


def form_options() -> FormOptions:
    """Return what can be chosen."""
    places = load_places()
    return FormOptions(
        families=(("", "None: I give the base pay"), *family_labels().items()),
        levels=tuple((level.id, level.label) for level in default_mapping().levels),
        metros=(("", "The whole country"), *((name, name) for name in sorted(metro_steps()))),
        places=tuple((place.id, place.label) for place in places.places),
        currencies=(("", "That of the place"), *((code, code) for code in sorted(places.currencies))),
        groups=load_inputs().groups,
    )


def prefilled(*, known: Prefill) -> Mapping[str, str]:
    """Return what a requisition knows as fields of the form; what it does not know is left out."""
    places = {place.id: place for place in load_places().places}
    fields: dict[str, str] = {}
    if known.country:
        fields["place"] = known.country if known.country in places else "OTHER"
    place = places.get(fields.get("place", "US"))
    if known.currency and place is not None and not place.years and known.currency in load_places().currencies:
        fields["currency"] = known.currency
    is_same_money = place is not None and known.currency in (None, fields.get("currency") or place.currency)
    for name, value in (("family", known.family), ("level", known.level), ("metro", known.metro)):
        if value:
            fields[name] = value
    for name, count in (("months", known.months), ("headcount", known.headcount)):
        if count:
            fields[name] = str(count)
    if known.base_low and known.base_high and is_same_money:
        middle = (known.base_low + known.base_high) / 2
        amounts = (known.base_low, middle, known.base_high)
        fields |= {f"base_{number}": _whole(amount) for number, amount in enumerate(amounts, 1)}
        fields["family"] = ""
    return fields


def _whole(amount: Decimal) -> str:
    return f"{amount:,.0f}"
